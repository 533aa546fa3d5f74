"""Marks: what a periodic job remembers between its runs, by name; `at` is an instant the job chose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import db
from storage.rows import dump, load


@dataclass(frozen=True, slots=True)
class Mark:
    name: str
    value: Any
    at: datetime


def _mark(row: db.Row) -> Mark:
    return Mark(row["name"], load(row["value"]), db.from_ms(row["at"]))


async def get(name: str) -> Mark | None:
    row = await db.one("SELECT * FROM marks WHERE name = ?", name)
    return _mark(row) if row else None


async def put(name: str, value: Any, at: datetime) -> None:
    """Remember `value` (anything that JSON holds) under a name of at most 60 characters."""
    sql = (
        "INSERT INTO marks (name, value, at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at"
    )
    await db.run(sql, name, dump(value), db.to_ms(at))


async def named(prefix: str) -> list[Mark]:
    """The marks whose names begin so, oldest first."""
    sql = "SELECT * FROM marks WHERE substr(name, 1, ?) = ? ORDER BY at, name"
    return [_mark(row) for row in await db.rows(sql, len(prefix), prefix)]


async def move(name: str, was: datetime, at: datetime) -> bool:
    """Give a mark another instant; False where somebody else has moved it since it was read."""
    sql = "UPDATE marks SET at = ? WHERE name = ? AND at = ? RETURNING name"
    return await db.one(sql, db.to_ms(at), name, db.to_ms(was)) is not None


async def drop(mark: Mark) -> None:
    """Forget a mark, unless it was put anew since it was read."""
    await db.run("DELETE FROM marks WHERE name = ? AND at = ?", mark.name, db.to_ms(mark.at))
