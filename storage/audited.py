"""What is kept of requests beside their trail, read to be held against it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from storage import db
from storage.db import Row
from storage.places import Break
from storage.requests import SCHEME
from storage.rows import marks

_NUMBER = re.compile(r"([A-Z]{2}-\d{4})-(\d{4,})")
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is kept; `sealed` where its digest is over every answer, as it is made today."""

    form: str
    digest: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What is compared of a request: forms and chain as the JSON that is stored, its versions in order, and
    the rows of its decisions, oldest first."""

    kind: str
    state: str
    applicant: str
    step: str
    version: int
    digest: str
    form: str
    chain: str
    versions: list[Version] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)


async def kept(matters: Sequence[str]) -> dict[str, Kept]:
    """Those of these matters that are requests, by number."""
    sql = (
        "SELECT id, number, kind, state, applicant, step, version, digest, form, chain FROM requests"
        f" WHERE number IN ({marks(len(matters))})"
    )
    rows = await db.rows(sql, *matters)
    found = {row["id"]: _kept(row) for row in rows}
    if found:
        among = f"WHERE request IN ({marks(len(found))})"
        sql = f"SELECT request, form, digest, scheme FROM versions {among} ORDER BY request, version"
        for row in await db.rows(sql, *found):
            version = Version(row["form"], row["digest"], row["scheme"] == SCHEME)
            found[row["request"]].versions.append(version)
        for row in await db.rows(f"SELECT * FROM decisions {among} ORDER BY id", *found):
            found[row["request"]].decisions.append(row)
    return {row["number"]: found[row["id"]] for row in rows}


def _kept(row: Row) -> Kept:
    return Kept(
        row["kind"], row["state"], row["applicant"], row["step"], row["version"], row["digest"],
        row["form"], row["chain"],
    )  # fmt: skip


def is_number(matter: str) -> bool:
    """Whether a matter must be a request."""
    return _NUMBER.fullmatch(matter) is not None


async def missing_number() -> Break | None:
    """The first number of a request that was given and is no more."""
    given = await db.rows("SELECT name, value FROM counters ORDER BY name")
    series = {row["name"]: bytearray(row["value"]) for row in given if is_number(f"{row['name']}-0001")}
    last = 0
    while rows := await db.rows(
        "SELECT id, number FROM requests WHERE id > ? ORDER BY id LIMIT ?", last, _PAGE
    ):
        _tick_off(series, (row["number"] for row in rows))
        last = rows[-1]["id"]
    for name, there in series.items():
        if (gap := there.find(0)) >= 0:
            return Break(f"{name}-{gap + 1:04d}", 0, "这个编号不见了")
    return None


def _tick_off(series: Mapping[str, bytearray], numbers: Iterable[str]) -> None:
    for number in numbers:
        parts = _NUMBER.fullmatch(number)
        there = series.get(parts[1]) if parts else None
        if parts and there and 0 < (n := int(parts[2])) <= len(there):
            there[n - 1] = 1
