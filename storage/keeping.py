"""What has passed its keeping time; requests, versions, decisions, files of theirs and the trail never do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import db
from storage.records import OPEN
from storage.rows import among, marks

AT_ONCE = 5000
"""Rows of a kind that go on one day: whatever is left goes on the next."""


@dataclass(frozen=True, slots=True)
class Left:
    """An open draft that nobody has touched for long: its id, whose, of which kind, and since when."""

    id: int
    person: str
    kind: str
    touched: datetime


async def left_open(before: datetime) -> list[Left]:
    """Open drafts last touched before then; those of a returned request are owed, and stay."""
    sql = (
        "SELECT id, person, kind, updated_at FROM drafts WHERE state = 'open' AND revises IS NULL"
        " AND updated_at < ? ORDER BY id LIMIT ?"
    )
    found = await db.rows(sql, db.to_ms(before), AT_ONCE)
    return [Left(r["id"], r["person"], r["kind"], db.from_ms(r["updated_at"])) for r in found]


async def told_at(once: str) -> datetime | None:
    """When a letter of that occasion was first written to anybody."""
    row = await db.one("SELECT min(created_at) AS at FROM letters WHERE once LIKE ?", f"{once}:%")
    return db.maybe_at(row["at"]) if row else None


async def touch(draft: int, at: datetime) -> None:
    """From now on a draft that has ended is kept as long as one that its owner gave up."""
    await db.run("UPDATE drafts SET updated_at = ? WHERE id = ?", db.to_ms(at), draft)


async def empty_drafts(before: datetime) -> int:
    """Words and files of drafts that were given up before then; how many there were."""
    sql = (
        "SELECT id FROM drafts WHERE state = 'discarded' AND updated_at < ? AND (form <> '{}' OR EXISTS"
        " (SELECT 1 FROM uploads WHERE draft = drafts.id)) ORDER BY id LIMIT ?"
    )
    ids = [row["id"] for row in await db.rows(sql, db.to_ms(before), AT_ONCE)]
    await db.many("DELETE FROM uploads WHERE draft = ?", [(one,) for one in ids])
    clean = "UPDATE drafts SET form = '{}', talk = NULL, notes = NULL, asking = '' WHERE id = ?"
    await db.many(clean, [(one,) for one in ids])
    return len(ids)


async def drop_files(before: datetime) -> int:
    """Contents that came before then and that no draft and no version has any more; how many."""
    sql = (
        "SELECT sha256 FROM blobs WHERE at < ? AND NOT EXISTS"
        " (SELECT 1 FROM uploads u WHERE u.sha256 = blobs.sha256) LIMIT ?"
    )
    count = 0
    for row in await db.rows(sql, db.to_ms(before), AT_ONCE):
        sql = (
            "DELETE FROM blobs WHERE sha256 = ? AND NOT EXISTS"
            " (SELECT 1 FROM versions WHERE form LIKE ?) RETURNING sha256"
        )
        count += await db.one(sql, row["sha256"], f"%{row['sha256']}%") is not None
    return count


async def drop_letters(before: datetime) -> int:
    """Letters that left or were not needed before then, those of an open request aside; how many."""
    sql = (
        "SELECT id FROM letters WHERE state IN ('sent', 'skipped') AND created_at < ? AND (request IS NULL OR"
        f" request NOT IN (SELECT id FROM requests WHERE state {among(OPEN)})) ORDER BY id LIMIT ?"
    )
    ids: Sequence[str] = [row["id"] for row in await db.rows(sql, db.to_ms(before), AT_ONCE)]
    for begin in range(0, len(ids), 500):
        some = ids[begin : begin + 500]
        await db.run(f"DELETE FROM letters WHERE id IN ({marks(len(some))})", *some)
    return len(ids)
