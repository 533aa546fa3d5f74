"""值班: who takes the urgent steps of a unit outside working hours, between two instants."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage import db, holds
from storage.holds import Row


@dataclass(frozen=True, slots=True)
class OnCall:
    """One turn of somebody for a unit."""

    unit: str
    person: str
    starts_at: datetime
    ends_at: datetime


def _turn(row: db.Row) -> OnCall:
    return OnCall(row["unit"], row["person"], db.from_ms(row["starts_at"]), db.from_ms(row["ends_at"]))


async def add(turn: OnCall) -> None:
    """Enter a turn; the person is held."""
    holds.must(Row.PERSON, turn.person)
    sql = "INSERT INTO on_call (unit, person, starts_at, ends_at) VALUES (?, ?, ?, ?)"
    await db.run(sql, turn.unit, turn.person, db.to_ms(turn.starts_at), db.to_ms(turn.ends_at))


async def at(units: Collection[str], now: datetime) -> list[str]:
    """Whose turn it is at that instant for any of these units."""
    return [turn.person for turn in await current(now) if turn.unit in units] if units else []


async def current(now: datetime) -> list[OnCall]:
    """The turns of that instant, of every unit: a few."""
    sql = "SELECT * FROM on_call WHERE cancelled_at IS NULL AND starts_at <= ? AND ends_at > ? ORDER BY id"
    instant = db.to_ms(now)
    return [_turn(row) for row in await db.rows(sql, instant, instant)]


async def upcoming(unit: str, now: datetime) -> list[OnCall]:
    """The turns of a unit that have not ended or been cancelled."""
    sql = (
        "SELECT * FROM on_call WHERE unit = ? AND cancelled_at IS NULL AND ends_at > ? ORDER BY starts_at, id"
    )
    return [_turn(row) for row in await db.rows(sql, unit, db.to_ms(now))]


async def cancel(unit: str, now: datetime) -> None:
    """Cancel every turn of a unit that has not ended."""
    sql = "UPDATE on_call SET cancelled_at = ? WHERE unit = ? AND cancelled_at IS NULL AND ends_at > ?"
    instant = db.to_ms(now)
    await db.run(sql, instant, unit, instant)
