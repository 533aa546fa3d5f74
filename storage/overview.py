"""What is open, late and coming up, counted: for the Monday digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import db
from storage.rows import marks


@dataclass(frozen=True, slots=True)
class Counts:
    """Requests that wait for a decision, those of them that are late or due soon, and unfiled changes."""

    open: int
    late: int
    coming: int
    changes: int


@dataclass(frozen=True, slots=True)
class Late:
    """A request whose step is overdue."""

    number: str
    title: str
    unit: str
    due_at: datetime


async def busy_units() -> list[str]:
    """Units with a request that waits for a decision or a change that is not filed."""
    sql = (  # next_at > 0 is found by index; for IS NOT NULL SQLite reads every duty there ever was
        "SELECT unit FROM requests WHERE state = 'in_review' UNION SELECT m.unit FROM duties d"
        " JOIN media m ON m.no = d.medium WHERE d.kind = 'change' AND d.next_at > 0"
        ' AND d."open" = ? ORDER BY 1'
    )
    return [row["unit"] for row in await db.rows(sql, True)]


async def of_units(units: Sequence[str], now: datetime, until: datetime) -> Counts:
    """What is open in these units: late at `now`, and due from then until `until`."""
    if not units:
        return Counts(0, 0, 0, 0)
    sql = (
        "SELECT count(*) AS open_, count(CASE WHEN due_at <= ? THEN 1 END) AS late,"
        " count(CASE WHEN due_at > ? AND due_at < ? THEN 1 END) AS coming"
        f" FROM requests WHERE state = 'in_review' AND unit IN ({marks(len(units))})"
    )
    row = await db.one(sql, db.to_ms(now), db.to_ms(now), db.to_ms(until), *units)
    owed = await db.one(
        "SELECT count(*) AS n FROM duties d JOIN media m ON m.no = d.medium WHERE d.kind = 'change'"
        f' AND d.next_at > 0 AND d."open" = ? AND m.unit IN ({marks(len(units))})',
        True,
        *units,
    )
    assert row is not None
    assert owed is not None
    return Counts(row["open_"], row["late"], row["coming"], owed["n"])


async def late(now: datetime, limit: int, units: Sequence[str] = ()) -> list[Late]:
    """The requests that are overdue the longest, of these units or of all."""
    where = f" AND unit IN ({marks(len(units))})" if units else ""
    sql = (
        "SELECT number, title, unit, due_at FROM requests WHERE state = 'in_review' AND due_at <= ?"
        f"{where} ORDER BY due_at, id LIMIT ?"
    )
    found = await db.rows(sql, db.to_ms(now), *units, limit)
    return [Late(row["number"], row["title"], row["unit"], db.from_ms(row["due_at"])) for row in found]
