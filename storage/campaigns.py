"""调动: which media a campaign asks, when each was asked, and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import db

DONE, CANNOT, DROPPED = "done", "cannot", "dropped"
"""What became of a call: answered by its medium, or ended by the centre before it was."""


@dataclass(frozen=True, slots=True)
class Call:
    """One medium of a campaign: `received_by` said 收到, `answered_by` gave the `answer` with what they
    `said`, a link or a reason."""

    id: int
    request: int
    medium: str
    asked_at: datetime | None = None
    received_by: str = ""
    received_at: datetime | None = None
    answer: str = ""
    said: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


def _call(row: db.Row) -> Call:
    return Call(
        id=row["id"],
        request=row["request"],
        medium=row["medium"],
        asked_at=db.maybe_at(row["asked_at"]),
        received_by=row["received_by"],
        received_at=db.maybe_at(row["received_at"]),
        answer=row["answer"],
        said=row["said"],
        answered_by=row["answered_by"],
        answered_at=db.maybe_at(row["answered_at"]),
    )


async def add(request: int, media: Sequence[str]) -> None:
    """These media are to be asked; one that was is not asked twice."""
    sql = "INSERT INTO calls (request, medium) VALUES (?, ?) ON CONFLICT (request, medium) DO NOTHING"
    await db.many(sql, [(request, no) for no in media])


async def of(request: int) -> list[Call]:
    """All of a campaign, by 备案号."""
    return [
        _call(row) for row in await db.rows("SELECT * FROM calls WHERE request = ? ORDER BY medium", request)
    ]


async def get(request: int, medium: str) -> Call | None:
    row = await db.one("SELECT * FROM calls WHERE request = ? AND medium = ?", request, medium)
    return _call(row) if row else None


async def unasked(limit: int) -> list[Call]:
    """Media that are still to be asked, the oldest first; another replica that looks at the same time gets
    others."""
    others = f"{db.locked()} SKIP LOCKED" if db.is_postgres() else ""
    sql = f"SELECT * FROM calls WHERE asked_at IS NULL AND answer = '' ORDER BY id LIMIT ?{others}"
    return [_call(row) for row in await db.rows(sql, limit)]


async def asked(call: int, at: datetime) -> None:
    await db.run("UPDATE calls SET asked_at = ? WHERE id = ?", db.to_ms(at), call)


async def received(call: int, person: str, at: datetime) -> None:
    sql = "UPDATE calls SET received_by = ?, received_at = ? WHERE id = ?"
    await db.run(sql, person, db.to_ms(at), call)


async def answered(call: int, answer: str, said: str, person: str, at: datetime) -> None:
    """What a medium answered; it is in the campaign's trail as well."""
    sql = "UPDATE calls SET answer = ?, said = ?, answered_by = ?, answered_at = ? WHERE id = ?"
    await db.run(sql, answer, said, person, db.to_ms(at), call)


async def drop(request: int, person: str, at: datetime) -> None:
    """Whoever has not answered need not any more."""
    sql = "UPDATE calls SET answer = ?, answered_by = ?, answered_at = ? WHERE request = ? AND answer = ''"
    await db.run(sql, DROPPED, person, db.to_ms(at), request)


async def again(request: int) -> None:
    """Whoever has not answered is asked anew."""
    await db.run("UPDATE calls SET asked_at = NULL WHERE request = ? AND answer = ''", request)


async def latest() -> int | None:
    """The campaign that was ordered last; a silence where there is nothing else."""
    sql = "SELECT max(request) AS request FROM calls"
    for only in (" WHERE request NOT IN (SELECT request FROM silences)", ""):
        row = await db.one(sql + only)
        if row and row["request"]:
            return int(row["request"])
    return None
