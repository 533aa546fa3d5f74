"""SQLite: statements run where they are asked, and only what may take long runs in a thread.

A hop to a thread costs several times what a statement does. BEGIN IMMEDIATE waits its turn without
stopping anybody, COMMIT waits for the disk in the thread. There is one connection, so a database in
memory is one database; whoever has no transaction open waits for the end of the one that is.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from tortoise.exceptions import IntegrityError, OperationalError

from storage.engine import Engine, Session
from storage.failures import Unreachable

BUSY_WITHIN = 5.0
"""Seconds to wait while another process writes."""

LOOK_EVERY = 0.02

OWNER_ONLY = 0o600
"""The mode of a file that is made here: people, texts and trail are in it. What was there keeps its own."""

LARGE = 256 * 1024
"""Bytes of one value from which writing it may stop the event loop for longer than a hop to the thread."""

PRAGMAS = {
    "journal_mode": "WAL",
    "journal_size_limit": "16384",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "cache_size": "-64000",
}


InThread = Callable[[Callable[[], Any]], Awaitable[Any]]


def _failed(error: sqlite3.DatabaseError) -> NoReturn:
    """Raises SQLite's error as ours; a wrong call stays an error of the program."""
    if isinstance(error, sqlite3.ProgrammingError):
        raise error
    ours = IntegrityError if isinstance(error, sqlite3.IntegrityError) else OperationalError
    raise ours(error) from error


class SqliteSession(Session):
    """The connection while a transaction is open on it."""

    def __init__(self, raw: sqlite3.Connection, in_thread: InThread) -> None:
        self._raw, self._in_thread = raw, in_thread

    async def rows(self, sql: str, args: Sequence[Any] = (), *, large: bool = False) -> list[dict[str, Any]]:
        self._notice(sql)
        read = partial(_rows, self._raw, sql, args)
        return await self._in_thread(read) if large else read()

    async def run(self, sql: str, args: Sequence[Any] = ()) -> int:
        self._notice(sql)
        try:
            if bytes in map(type, args) and any(len(arg) > LARGE for arg in args if isinstance(arg, bytes)):
                done: sqlite3.Cursor = await self._in_thread(partial(self._raw.execute, sql, args))
            else:
                done = self._raw.execute(sql, args)
        except sqlite3.DatabaseError as error:
            _failed(error)
        return max(done.rowcount, 0)

    async def many(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        self._notice(sql)
        try:
            self._raw.executemany(sql, lines)
        except sqlite3.DatabaseError as error:
            _failed(error)

    async def script(self, sql: str) -> None:
        """One by one: SQLite's own way with scripts commits what is open first."""
        begun = ""
        for piece in sql.split(";"):
            begun += f"{piece};"
            if sqlite3.complete_statement(begun):
                await self.run(begun)
                begun = ""


def _rows(raw: sqlite3.Connection, sql: str, args: Sequence[Any]) -> list[dict[str, Any]]:
    try:
        cursor = raw.execute(sql, args)
        found = cursor.fetchall()
    except sqlite3.DatabaseError as error:
        _failed(error)
    if not found:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def commit(raw: sqlite3.Connection) -> None:
    """Returns once everything is on the disk."""
    raw.commit()


class SqliteEngine(Engine):
    dialect = "sqlite"

    def __init__(self, path: str, pragmas: Mapping[str, str] = PRAGMAS) -> None:
        self._path, self._pragmas = path, pragmas
        self._lock = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._raw: sqlite3.Connection

    async def open(self) -> None:
        """Raises Unreachable where the file cannot be opened or is no database."""
        try:
            self._raw = await self._in_thread(self._connected)
        except sqlite3.Error as error:
            self._thread.shutdown()
            raise Unreachable(str(error)) from error

    def _connected(self) -> sqlite3.Connection:
        if self._path != ":memory:":  # SQLite gives its -wal and -shm the mode of the file
            with suppress(OSError):  # which SQLite names
                Path(self._path).touch(mode=OWNER_ONLY)
        raw = sqlite3.connect(self._path, timeout=BUSY_WITHIN, isolation_level=None, check_same_thread=False)
        try:
            for name, value in self._pragmas.items():
                raw.execute(f"PRAGMA {name} = {value}")
        except sqlite3.Error:
            raw.close()
            raise
        return raw

    async def close(self) -> None:
        await self._in_thread(self._raw.close)
        self._thread.shutdown()

    def native(self, sql: str) -> str:
        return sql

    async def rows(self, sql: str, args: Sequence[Any] = (), *, large: bool = False) -> list[dict[str, Any]]:
        async with self._lock:
            read = partial(_rows, self._raw, sql, args)
            return await self._in_thread(read) if large else read()

    async def run(self, sql: str, args: Sequence[Any] = ()) -> int:
        async with self.begun() as session:
            return await session.run(sql, args)

    async def many(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        async with self.begun() as session:
            await session.many(sql, lines)

    async def script(self, sql: str) -> None:
        async with self.begun() as session:
            await session.script(sql)

    @asynccontextmanager
    async def begun(self, *, reading: bool = False) -> AsyncIterator[Session]:
        """A snapshot that only reads locks nothing that others want, and its end writes nothing."""
        async with self._lock:
            if reading:
                self._raw.execute("BEGIN")
            else:
                await self._begin()
            before = self._raw.total_changes
            try:
                session = self._session(self._raw)
                yield session
                if not reading:
                    await session.seal()
                    await self._commit()
                elif self._raw.total_changes != before:
                    # PRAGMA query_only would say it earlier, and make every statement be prepared anew
                    raise OperationalError("a write where only is read")
            finally:
                self._raw.rollback()  # what was not committed; where all was, this is nothing

    def _session(self, raw: sqlite3.Connection) -> SqliteSession:
        """What the statements of one transaction run on."""
        return SqliteSession(raw, self._in_thread)

    async def _begin(self) -> None:
        """A deferred BEGIN could fail half-way where another process writes; this one waits its turn."""
        try:
            async with asyncio.timeout(BUSY_WITHIN):
                while not self._got_the_lock():  # noqa: ASYNC110 - SQLite tells nobody that a lock is free
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError as late:
            raise Unreachable("another process keeps the database locked") from late

    def _got_the_lock(self) -> bool:
        self._raw.execute("PRAGMA busy_timeout = 0")
        try:
            self._raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Unreachable(str(error)) from error
            return False
        finally:
            self._raw.execute(f"PRAGMA busy_timeout = {round(BUSY_WITHIN * 1000)}")
        return True

    async def _commit(self) -> None:
        try:
            await self._in_thread(partial(commit, self._raw))
        except sqlite3.Error as failed:
            raise Unreachable(str(failed)) from failed

    async def _in_thread(self, work: Callable[[], Any]) -> Any:
        """What the work gives. Whoever is cancelled here waits for its end nevertheless: nobody else may
        have the connection before."""
        going = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(going)
        except asyncio.CancelledError:
            while not going.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([going])
            going.exception()  # looked at, so that nobody reports it as forgotten
            raise
