"""Checkpoints as they are kept: which were made, and which have been on a screen."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from storage import db
from storage.checkpoints import Checkpoint
from storage.notes import BadKey, Verifier

OWN = "checkpoint:"
"""What matters begin with under which the trail tells of checkpoints themselves."""


KEYS = f"{OWN}keys"
"""The matter under which it keeps the public keys."""


@dataclass(frozen=True, slots=True)
class Made:
    size: int
    note: str
    at: datetime
    posted_at: datetime | None


def _made(row: db.Row) -> Made:
    return Made(row["size"], row["note"], db.from_ms(row["at"]), db.maybe_at(row["posted_at"]))


async def keep(checkpoint: Checkpoint, at: datetime) -> bool:
    """False where there is one of that size: another replica was quicker."""
    sql = (
        "INSERT INTO checkpoints (size, note, at) VALUES (?, ?, ?)"
        " ON CONFLICT (size) DO NOTHING RETURNING size"
    )
    return await db.one(sql, checkpoint.size, checkpoint.note, db.to_ms(at)) is not None


async def last() -> Made | None:
    row = await db.one("SELECT * FROM checkpoints ORDER BY size DESC LIMIT 1")
    return _made(row) if row else None


async def last_posted() -> Made | None:
    row = await db.one("SELECT * FROM checkpoints WHERE posted_at IS NOT NULL ORDER BY size DESC LIMIT 1")
    return _made(row) if row else None


async def every() -> list[Made]:
    """Smallest first."""
    return [_made(row) for row in await db.rows("SELECT * FROM checkpoints ORDER BY size")]


async def keys() -> list[Verifier]:
    """The public keys that the trail names, each from when it was first used."""
    rows = await db.rows("SELECT note FROM trail WHERE matter = ? AND act = 'key' ORDER BY seq", KEYS)
    found = []
    for row in rows:
        with suppress(BadKey):  # somebody has written this; the entry's hash will say so
            found.append(Verifier.read(row["note"]))
    return found


async def post(size: int, at: datetime) -> None:
    """It is on a screen; the first one counts."""
    await db.run(
        "UPDATE checkpoints SET posted_at = ? WHERE size = ? AND posted_at IS NULL", db.to_ms(at), size
    )


async def uncovered(size: int) -> tuple[int, datetime | None]:
    """Entries that a checkpoint of that size leaves out, without those that tell of checkpoints; how many,
    and when the first was written."""
    sql = "SELECT COUNT(*) AS n, MIN(at) AS at FROM trail WHERE idx >= ? AND matter NOT LIKE ?"
    row = await db.one(sql, size, f"{OWN}%")
    return (int(row["n"]), db.maybe_at(row["at"])) if row else (0, None)
