"""Where a text or a link stands among the versions, and who was shown a request: what 溯源 looks up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import db
from storage.records import Platform
from storage.rows import load

WITHIN = 20_000
"""Versions that are searched, the newest: about ten years of a university's posts."""

MOST = 50
"""Candidates that are read and compared."""

_WITHIN = "id > (SELECT COALESCE(MAX(id), 0) FROM {table}) - ?"


@dataclass(frozen=True, slots=True)
class Found:
    """A version that holds some of what was looked for."""

    request: int
    version: int
    form: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A card with the matter that left for somebody, to which account, and when they read it if known."""

    person: str
    platform: Platform
    account: str
    step: str
    version: int
    sent_at: datetime
    read_at: datetime | None


async def holding(pieces: Sequence[str]) -> list[Found]:
    """Versions whose answers hold one of these pieces, those with the most of them first."""
    if not pieces:
        return []
    score = " + ".join("CASE WHEN form LIKE ? ESCAPE '!' THEN 1 ELSE 0 END" for _ in pieces)
    sql = (
        f"SELECT request, version, form FROM (SELECT id, request, version, form, {score} AS score"
        f" FROM versions WHERE {_WITHIN.format(table='versions')}) AS scored"
        " WHERE score > 0 ORDER BY score DESC, id DESC LIMIT ?"
    )
    found = await db.rows(sql, *map(_within, pieces), WITHIN, MOST)
    return [Found(row["request"], row["version"], load(row["form"])) for row in found]


async def linked(link: str) -> list[int]:
    """Requests whose receipt or answers name this link, the newest first."""
    sql = (
        f"SELECT id FROM requests WHERE {_WITHIN.format(table='requests')}"
        " AND (outcome LIKE ? ESCAPE '!' OR form LIKE ? ESCAPE '!') ORDER BY id DESC LIMIT ?"
    )
    return [row["id"] for row in await db.rows(sql, WITHIN, _within(link), _within(link), MOST)]


def _within(piece: str) -> str:
    for mark in "!%_":
        piece = piece.replace(mark, f"!{mark}")
    return f"%{piece}%"


async def seen(request: int) -> list[Seen]:
    """Every card of a request that showed its matter, in the order in which they left."""
    sql = (
        "SELECT person, platform, account, shown_step, shown_version, sent_at, read_at FROM letters"
        " WHERE request = ? AND shown_step IS NOT NULL AND sent_at IS NOT NULL ORDER BY sent_at, id"
    )
    return [
        Seen(
            person=row["person"],
            platform=Platform(row["platform"]),
            account=row["account"],
            step=row["shown_step"],
            version=row["shown_version"] or 0,
            sent_at=db.from_ms(row["sent_at"]),
            read_at=db.maybe_at(row["read_at"]),
        )
        for row in await db.rows(sql, request)
    ]
