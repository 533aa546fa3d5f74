"""Plain SQL on the database that is open: a transaction for a batch of events, and rows to read.

SQL is written with `?`; `storage/opening.py` opens what a URL names.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

from storage import ending, holds, memo
from storage.engine import Engine, Row
from storage.failures import Conflict, DatabaseError, Taken, Unreachable

__all__ = ["Conflict", "DatabaseError", "Row", "Taken", "Unreachable"]

_engines: list[Engine] = []
"""The one that is open; every task of the process finds it here."""


@contextmanager
def used(engine: Engine) -> Iterator[None]:
    """Every statement within runs on this engine."""
    assert not _engines, "one database is open at a time"
    _engines.append(engine)
    try:
        yield
    finally:
        _engines.remove(engine)


def engine() -> Engine:
    """The engine of the database that is open."""
    return _engines[0]


def is_postgres() -> bool:
    return engine().dialect == "postgres"


def locked() -> str:
    """What ends a query whose rows stay as they are read; on SQLite the transaction holds everything."""
    return " FOR UPDATE" if is_postgres() else ""


async def rows(sql: str, *args: Any) -> Sequence[Row]:
    """All rows of a query, or of a write with RETURNING."""
    there = engine()
    return await there.here().rows(there.native(sql), args)


async def one(sql: str, *args: Any) -> Row | None:
    found = await rows(sql, *args)
    return found[0] if found else None


async def large(sql: str, *args: Any) -> Row | None:
    """The one row of a query whose value is large, read without stopping the event loop."""
    there = engine()
    found = await there.here().rows(there.native(sql), args, large=True)
    return found[0] if found else None


async def run(sql: str, *args: Any) -> None:
    there = engine()
    await there.here().run(there.native(sql), args)


async def many(sql: str, lines: Sequence[Sequence[Any]]) -> None:
    """The same write for each line, in one trip."""
    if lines:
        there = engine()
        await there.here().many(there.native(sql), lines)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Everything within commits together, or not at all."""
    async with engine().transaction():
        with holds.share():
            async with ending.whole():
                yield


@asynccontextmanager
async def reading() -> AsyncIterator[None]:
    """What is read within is of one moment, on one connection, and what `memo` keeps is read once."""
    async with engine().reading():
        with memo.event():
            yield


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """One event's share of a transaction: undone alone when it fails."""
    async with engine().savepoint():
        with holds.share(), ending.share():
            yield


async def known() -> dict[Any, Any]:
    """What was read of the books and nobody has written since."""
    return await engine().known()


kept = memo.kept(known)
"""A reading of the books that is asked once for as long as nobody writes them (`memo`)."""


def to_ms(at: datetime) -> int:
    """UTC milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def from_ms(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)


def maybe_ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def maybe_at(value: int | None) -> datetime | None:
    return None if value is None else from_ms(value)
