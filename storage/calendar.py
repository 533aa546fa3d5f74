"""Days laid down beside the seeded years: a whole year, some days of one, or the university's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage import db

OFFICIAL, PART, OVERRIDE = "official", "part", "override"
"""A whole official year; some days of one, an amending notice or the like; the university's own."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `source` is what laid it down, `status` one of the three above."""

    day: date
    workday: bool
    name: str = ""
    source: str = ""
    status: str = OFFICIAL


async def days() -> tuple[Day, ...]:
    """Every day that is laid down here, in order."""
    return tuple(
        Day(
            date.fromisoformat(row["day"]), bool(row["is_workday"]), row["name"], row["source"], row["status"]
        )
        for row in await db.rows("SELECT * FROM calendar_days ORDER BY day")
    )


async def clear(sources: Sequence[str]) -> None:
    """Forget what these laid down."""
    await db.many("DELETE FROM calendar_days WHERE source = ?", [(source,) for source in sources])


async def lay_down(new: Sequence[Day]) -> None:
    """Lay days down; one of the State Council never replaces the university's own."""
    await db.many(
        "INSERT INTO calendar_days (day, is_workday, name, source, status) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (day) DO UPDATE SET is_workday = excluded.is_workday, name = excluded.name,"
        " source = excluded.source, status = excluded.status"
        " WHERE calendar_days.status <> ? OR excluded.status = ?",
        [
            (day.day.isoformat(), day.workday, day.name, day.source, day.status, OVERRIDE, OVERRIDE)
            for day in new
        ],
    )


async def waiting() -> list[str]:
    """Numbers of the requests whose open step has a deadline."""
    sql = "SELECT number FROM requests WHERE state = 'in_review' AND due_at IS NOT NULL ORDER BY id"
    return [row["number"] for row in await db.rows(sql)]
