"""The trail: append-only entries, each carrying the hash of the one before in the same matter."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import fields, replace

from storage import db
from storage.records import TrailEntry
from storage.rows import dump

_COLUMNS = (
    "matter, seq, at, actor, act, before, after, principal, platform, message, article, digest, note,"
    " data, prev, hash"
)

_TEXTS = tuple(name for name in _COLUMNS.replace(" ", "").split(",") if name not in ("seq", "at"))
_SEALED = tuple(
    field.name for field in fields(TrailEntry) if field.name not in ("hash", "prev", "at", "data")
)


def sealed(entry: TrailEntry, prev: str) -> TrailEntry:
    """The entry with the hash before it and its own: SHA-256 over its fields in canonical JSON."""
    data = {name: getattr(entry, name) for name in _SEALED}
    data |= {"data": entry.data} if entry.data else {}  # entries of before it was kept have none
    text = dump(data | {"at": db.to_ms(entry.at), "prev": prev})
    return replace(entry, prev=prev, hash=hashlib.sha256(text.encode()).hexdigest())


class Unreadable(Exception):
    """An entry that holds what no entry was ever written with: its matter and number."""

    def __init__(self, matter: str, seq: int) -> None:
        super().__init__(f"{matter} {seq}")
        self.matter, self.seq = matter, seq


async def append(entry: TrailEntry) -> None:
    """Add a sealed entry; raises `DatabaseError` where the matter already has one of that number."""
    await db.run(
        f"INSERT INTO trail ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.matter,
        entry.seq,
        db.to_ms(entry.at),
        entry.actor,
        entry.act,
        entry.before,
        entry.after,
        entry.principal,
        entry.platform,
        entry.message,
        entry.article,
        entry.digest,
        entry.note,
        entry.data,
        entry.prev,
        entry.hash,
    )


async def note(entry: TrailEntry) -> None:
    """Add an entry to a matter that keeps no head of its own (an import, a person, a proxy)."""
    row = await db.one("SELECT seq, hash FROM trail WHERE matter = ? ORDER BY seq DESC LIMIT 1", entry.matter)
    seq, prev = (row["seq"] + 1, row["hash"]) if row else (1, "")
    await append(sealed(replace(entry, seq=seq), prev))


def _entry(row: db.Row) -> TrailEntry:
    """Raises Unreadable where a column holds another type, or a time out of reach."""
    texts = {name: row[name] for name in _TEXTS}
    try:
        at = db.from_ms(row["at"])
    except (TypeError, ValueError, OverflowError, OSError):
        raise Unreadable(row["matter"], row["seq"]) from None
    if not (isinstance(row["seq"], int) and all(isinstance(text, str) for text in texts.values())):
        raise Unreadable(row["matter"], row["seq"])
    return TrailEntry(**texts, seq=row["seq"], at=at)


async def of(matter: str) -> list[TrailEntry]:
    """Everything that happened in one matter, in order."""
    found = await db.rows("SELECT * FROM trail WHERE matter = ? ORDER BY seq", matter)
    return [_entry(row) for row in found]


async def last(matter: str, act: str) -> TrailEntry | None:
    sql = "SELECT * FROM trail WHERE matter = ? AND act = ? ORDER BY seq DESC LIMIT 1"
    row = await db.one(sql, matter, act)
    return _entry(row) if row else None


async def every(page: int = 1000) -> AsyncIterator[TrailEntry]:
    """The whole trail, matter by matter, a page of rows at a time."""
    matter, seq = "", 0
    while True:
        sql = "SELECT * FROM trail WHERE matter > ? OR (matter = ? AND seq > ?) ORDER BY matter, seq LIMIT ?"
        found = await db.rows(sql, matter, matter, seq, page)
        for row in found:
            yield _entry(row)
        if len(found) < page:
            return
        matter, seq = found[-1]["matter"], found[-1]["seq"]
