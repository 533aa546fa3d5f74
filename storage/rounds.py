"""Rounds: what is asked of each unit at once, a return of 摸底 or the pack of a year, and who has theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.expressions import Subquery

from storage import db, turns
from storage import ledger_tables as tables
from storage.tables import Request

INVENTORY, INSPECTION, POWERS = "MD", "DC", "QL"
"""Kinds of rounds, by that of the requests which they open."""


@dataclass(frozen=True, slots=True)
class Round:
    """One inventory with its days, or one account of a year with the days that it is about, both included;
    and who opened it."""

    id: int
    name: str
    starts_on: date
    due_on: date
    opened_by: str
    opened_at: datetime
    kind: str = INVENTORY


@dataclass(frozen=True, slots=True)
class Return:
    """One unit of a round; without a request until its return was opened."""

    unit: str
    request: int | None
    number: str = ""
    state: str = ""
    step: str = ""


def _round(row: db.Row) -> Round:
    return Round(
        id=row["id"],
        name=row["name"],
        starts_on=date.fromisoformat(row["starts_on"]),
        due_on=date.fromisoformat(row["due_on"]),
        opened_by=row["opened_by"],
        opened_at=db.from_ms(row["opened_at"]),
        kind=row["kind"],
    )


async def turn(kind: str = INVENTORY) -> None:
    """To open a round, one after the other (`turns.take`)."""
    await turns.take(f"{kind}-round")


async def add(opened: Round, units: Sequence[str]) -> Round:
    """A round (its `id` is ignored) of these units, none of which has its return yet."""
    row = await db.one(
        "INSERT INTO rounds (name, starts_on, due_on, opened_by, opened_at, kind)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING *",
        opened.name,
        opened.starts_on.isoformat(),
        opened.due_on.isoformat(),
        opened.opened_by,
        db.to_ms(opened.opened_at),
        opened.kind,
    )
    assert row is not None
    await join(row["id"], units)
    return _round(row)


async def join(number: int, units: Sequence[str]) -> None:
    """Units that belong to a round too; none of them has its return yet."""
    sql = "INSERT INTO round_units (round, unit) VALUES (?, ?)"
    await db.many(sql, [(number, unit) for unit in units])


async def get(number: int) -> Round | None:
    row = await tables.Round.filter(id=number).first().values()
    return _round(row) if row else None


async def latest(kind: str = INVENTORY) -> Round | None:
    """The round of a kind that was opened last."""
    row = await tables.Round.filter(kind=kind).order_by("-id").first().values()
    return _round(row) if row else None


async def of_year(year: int, kind: str = INSPECTION) -> Round | None:
    """The round of a year, once it was opened: its account, or its confirmation of the four powers."""
    days = {"starts_on__gte": f"{year}-01-01", "starts_on__lte": f"{year}-12-31"}
    row = await tables.Round.filter(kind=kind, **days).order_by("id").first().values()
    return _round(row) if row else None


async def begun_since(month: str) -> bool:
    """Whether an inventory began in that month (2026-12) or after it."""
    return await tables.Round.filter(kind=INVENTORY, starts_on__gte=f"{month}-01").exists()


async def unopened(today: date, limit: int, since: datetime | None = None) -> list[tuple[Round, str]]:
    """Rounds that have begun (`since`: of those that somebody opened since then), each with a unit whose
    return is still to be opened, the oldest first; another replica that asks at the same time gets others."""
    others = f"{db.locked()} OF u SKIP LOCKED" if db.is_postgres() else ""
    sql = (
        "SELECT r.*, u.unit FROM round_units u JOIN rounds r ON r.id = u.round"
        " WHERE u.request IS NULL AND r.starts_on <= ? AND r.opened_at >= ?"
        f" ORDER BY u.id LIMIT ?{others}"
    )
    opened_at = db.to_ms(since) if since else 0
    found = await db.rows(sql, today.isoformat(), opened_at, limit)
    return [(_round(row), row["unit"]) for row in found]


async def opened(number: int, unit: str, request: int) -> None:
    """That a unit of a round has its return."""
    sql = "UPDATE round_units SET request = ? WHERE round = ? AND unit = ?"
    await db.run(sql, request, number, unit)


async def returns(number: int) -> list[Return]:
    """Every unit of a round with where its return stands, by unit."""
    asked = tables.RoundUnit.filter(round=number)
    begun = Request.filter(id__in=Subquery(asked.values("request")))
    requests = {row["id"]: row for row in await begun.values("id", "number", "state", "step")}
    return [
        Return(row["unit"], row["request"], one.get("number", ""), one.get("state", ""), one.get("step", ""))
        for row in await asked.order_by("unit").values("unit", "request")
        for one in (requests.get(row["request"], {}),)
    ]
