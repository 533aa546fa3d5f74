"""The trail: append-only entries, each carrying the hash of the one before in the same matter."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import fields, replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from storage import db, ending, order
from storage.order import Placed
from storage.records import TrailEntry
from storage.request_tables import Trail
from storage.rows import dump, marks

_COLUMNS = (
    "matter, seq, at, actor, act, before, after, principal, platform, message, article, digest, note,"
    " data, prev, hash, salt"
)

_INSERT = f"INSERT INTO trail ({_COLUMNS}) VALUES ({marks(17)})"

PAGE = 900
"""Rows read, or matters looked up, in one statement: SQLite binds at most 999 values in its older builds."""

Matter = list[TrailEntry]
"""Every entry of one matter, in order."""

_TEXTS = tuple(name for name in _COLUMNS.replace(" ", "").split(",") if name not in ("seq", "at"))
_BESIDE = ("hash", "salt", "idx")
"""Fields of an entry that are not in its canonical JSON: its place is what the tree says of it."""

_SEALED = tuple(field.name for field in fields(TrailEntry) if field.name not in (*_BESIDE, "at", "data"))
_sealed_of, _texts_of = attrgetter(*_SEALED), itemgetter(*_TEXTS)


def salt() -> str:
    """16 random bytes: whoever knows an entry's hash alone cannot try what it may have said."""
    return secrets.token_hex(16)


def canonical(entry: TrailEntry) -> bytes:
    """All fields as JSON: keys sorted, UTF-8, no blanks, the instant in milliseconds."""
    data = dict(zip(_SEALED, _sealed_of(entry), strict=True))
    data |= {"data": entry.data} if entry.data else {}  # entries of before it was kept have none
    return dump(data | {"at": db.to_ms(entry.at)}).encode()


def hash_of(entry: TrailEntry) -> str:
    """SHA-256 over its salt and its canonical JSON. Entries of before there was a salt have none."""
    return hashlib.sha256(bytes.fromhex(entry.salt) + canonical(entry)).hexdigest()


def sealed(entry: TrailEntry) -> TrailEntry:
    """The entry, which names the hash before it, with its own."""
    return replace(entry, hash=hash_of(entry))


class Unreadable(Exception):
    """An entry that holds what no entry was ever written with: its matter and number."""

    def __init__(self, matter: str, seq: int) -> None:
        super().__init__(f"{matter} {seq}")
        self.matter, self.seq = matter, seq


def about(person: str) -> str:
    """The matter under which the trail keeps what is known of somebody."""
    return f"person:{person}"


async def append(entry: TrailEntry) -> None:
    """Add a sealed entry; raises `DatabaseError` where the matter already has one of that number."""
    await db.run(_INSERT, *_row(entry))
    ending.at_end(order.settle, Placed(entry.matter, entry.seq, entry.hash))


def _row(entry: TrailEntry) -> tuple[str | int, ...]:
    return (
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
        entry.salt,
    )


async def note(*entries: TrailEntry) -> None:
    """Add entries to matters that keep no head of their own (an import, a person, a proxy), in order."""
    heads = await _heads(sorted({entry.matter for entry in entries}))
    added = []
    for entry in entries:
        seq, prev = heads.get(entry.matter, (0, ""))
        added.append(sealed(replace(entry, seq=seq + 1, prev=prev, salt=salt())))
        heads[entry.matter] = seq + 1, added[-1].hash
    await db.many(_INSERT, [_row(entry) for entry in added])
    ending.at_end(order.settle, *(Placed(one.matter, one.seq, one.hash) for one in added))


async def _heads(matters: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Number and hash of the last entry of each matter that has one."""
    heads: dict[str, tuple[int, str]] = {}
    for begin in range(0, len(matters), PAGE):
        some = matters[begin : begin + PAGE]
        sql = (
            f"SELECT matter, seq, hash FROM trail t WHERE matter IN ({marks(len(some))})"
            " AND seq = (SELECT MAX(seq) FROM trail WHERE matter = t.matter)"
        )
        heads |= {row["matter"]: (row["seq"], row["hash"]) for row in await db.rows(sql, *some)}
    return heads


def _entry(row: db.Row) -> TrailEntry:
    """Raises Unreadable where a column holds another type, or a time out of reach."""
    texts = _texts_of(row)
    try:
        at = db.from_ms(row["at"])
    except (TypeError, ValueError, OverflowError, OSError):
        raise Unreadable(row["matter"], row["seq"]) from None
    numbers = isinstance(row["seq"], int) and isinstance(row["idx"], int | None)
    if not numbers or set(map(type, texts)) != {str}:
        raise Unreadable(row["matter"], row["seq"])
    if not (_is_hex(row["salt"], 16) and _is_hex(row["hash"], 32)):
        raise Unreadable(row["matter"], row["seq"])
    values: tuple[Any, ...] = (texts[0], row["seq"], at, *texts[1:], row["idx"])
    return TrailEntry(*values)  # columns and fields stand in one order


def _is_hex(text: str, width: int) -> bool:
    """Nothing, or so many bytes in hex."""
    try:
        return len(bytes.fromhex(text)) in (0, width)
    except ValueError:
        return False


async def count() -> int:
    row = await db.one("SELECT COUNT(*) AS n FROM trail")
    return int(row["n"]) if row else 0


async def of(matter: str) -> list[TrailEntry]:
    """Everything that happened in one matter, in order."""
    return [_entry(row) for row in await Trail.filter(matter=matter).order_by("seq").values()]


async def last(matter: str, *acts: str) -> TrailEntry | None:
    """The last entry that is one of these acts."""
    sql = f"SELECT * FROM trail WHERE matter = ? AND act IN ({marks(len(acts))}) ORDER BY seq DESC LIMIT 1"
    row = await db.one(sql, matter, *acts)
    return _entry(row) if row else None


async def acts(act: str) -> list[TrailEntry]:
    """Every entry of one kind, by matter and in order: it reads the whole trail, so nobody waits for it."""
    return [_entry(row) for row in await Trail.filter(act=act).order_by("matter", "seq").values()]


async def last_moved(matter: str) -> TrailEntry | None:
    """The last entry by which the matter stands elsewhere than before."""
    sql = "SELECT * FROM trail WHERE matter = ? AND before <> after ORDER BY seq DESC LIMIT 1"
    row = await db.one(sql, matter)
    return _entry(row) if row else None


async def every() -> AsyncIterator[TrailEntry]:
    """The whole trail, matter by matter; as SQL, since what is checked are the rows as they lie there, not
    what a model makes of them."""
    async for rows in _pages():
        for row in rows:
            yield _entry(row)


async def matters() -> AsyncIterator[list[Matter]]:
    """The whole trail, some whole matters at a time: no more than `PAGE`."""
    begun: Matter = []
    async for rows in _pages():
        found = [list(entries) for _, entries in groupby([*begun, *map(_entry, rows)], attrgetter("matter"))]
        begun = found.pop()  # it may go on with the next page
        if found:
            yield found
    if begun:
        yield [begun]


async def _pages() -> AsyncIterator[Sequence[db.Row]]:
    after: tuple[str, int] = ("", 0)
    sql = "SELECT * FROM trail WHERE (matter, seq) > (?, ?) ORDER BY matter, seq LIMIT ?"
    while found := await db.rows(sql, *after, PAGE):
        yield found
        after = found[-1]["matter"], found[-1]["seq"]
