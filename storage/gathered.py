"""The reminders that one tick gathers in slices: they wait until its last, so that each person gets one."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage import db
from storage.rows import load

PATIENCE = timedelta(minutes=5)
"""After which they leave by themselves: the process may have died between two slices."""

_OF_TICK = (
    "state = 'queued' AND urgent = 0 AND id >= ? AND id < ?"
    " AND (once LIKE 'remind:%' OR once LIKE 'again:%' OR once LIKE 'digest:%')"
)
"""The ids of letters begin with the moment."""


def _ids(at: datetime) -> tuple[str, str]:
    return f"{db.to_ms(at):012x}", f"{db.to_ms(at) + 1:012x}"


async def hold(at: datetime) -> None:
    """More slices follow: what the last one gathered does not leave yet."""
    sql = f"UPDATE letters SET next_at = ? WHERE {_OF_TICK} AND next_at = created_at"
    await db.run(sql, db.to_ms(at + PATIENCE), *_ids(at))


async def release(at: datetime) -> None:
    """The last slice is done."""
    await db.run(f"UPDATE letters SET next_at = created_at WHERE {_OF_TICK}", *_ids(at))


async def of(person: str, at: datetime) -> list[tuple[str, Mapping[str, Any]]]:
    """The occasions and arguments of what the slices have for somebody, on each of their platforms."""
    sql = f"SELECT once, args FROM letters WHERE {_OF_TICK} AND person = ? ORDER BY id"
    return [(row["once"], load(row["args"])) for row in await db.rows(sql, *_ids(at), person)]


async def scattered(at: datetime) -> str | None:
    """Somebody for whom several slices have messages, which are to be one."""
    sql = (
        f"SELECT person FROM letters WHERE {_OF_TICK} GROUP BY person"
        " HAVING count(*) > count(DISTINCT platform) ORDER BY person LIMIT 1"
    )
    row = await db.one(sql, *_ids(at))
    return str(row["person"]) if row else None


async def replaced(person: str, at: datetime) -> None:
    """One message says all that the slices have for somebody: these do not leave."""
    await db.run(f"UPDATE letters SET state = 'skipped' WHERE {_OF_TICK} AND person = ?", *_ids(at), person)
