"""The reminders that one tick gathers in slices: they wait until its last, so that each person gets one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage import db
from storage.letter_rows import readable
from storage.letters import Letter

PATIENCE = timedelta(minutes=1)
"""After which they leave by themselves: the process may have died between two slices."""

_OF_TICK = (
    "state = 'queued' AND urgent = 0 AND id >= ? AND id < ?"
    " AND (once LIKE 'remind:%' OR once LIKE 'again:%' OR once LIKE 'digest:%')"
)
"""The ids of letters begin with the moment."""


def _ids(at: datetime) -> tuple[str, str]:
    return f"{db.to_ms(at):012x}", f"{db.to_ms(at) + 1:012x}"


async def hold(at: datetime) -> None:
    """More slices follow: what was gathered does not leave yet."""
    sql = f"UPDATE letters SET next_at = ? WHERE {_OF_TICK}"
    await db.run(sql, db.to_ms(at + PATIENCE), *_ids(at))


async def release(at: datetime) -> None:
    """The last slice is done."""
    await db.run(f"UPDATE letters SET next_at = created_at WHERE {_OF_TICK}", *_ids(at))


async def of(person: str, at: datetime) -> list[Letter]:
    """What earlier slices have for somebody, on each of their platforms."""
    sql = f"SELECT * FROM letters WHERE {_OF_TICK} AND person = ? ORDER BY id"
    return readable(await db.rows(sql, *_ids(at), person))


async def replaced(letters: Sequence[Letter]) -> None:
    """One message says them all: these do not leave."""
    sql = "UPDATE letters SET state = 'skipped' WHERE id = ?"
    await db.many(sql, [(letter.id,) for letter in letters])
