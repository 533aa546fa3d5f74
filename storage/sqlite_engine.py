"""Tortoise's SQLite backend with transactions that lock at once, and statements run where they are asked.

A hop to aiosqlite's thread costs several times what a statement does, so statements run in the event
loop. What waits for the disk, COMMIT, runs in the thread.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Any

import aiosqlite
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from storage.failures import Unreachable

BUSY_WITHIN = 5.0
"""Seconds to wait while another process writes."""

LOOK_EVERY = 0.02


def _query(raw: sqlite3.Connection, query: str, values: Sequence[Any] | None) -> tuple[int, Any]:
    before = raw.total_changes
    with _Translated():
        found = raw.execute(query, values or ()).fetchall()
    return (raw.total_changes - before) or len(found), found


def _dicts(raw: sqlite3.Connection, query: str, values: Sequence[Any] | None) -> list[dict[str, Any]]:
    with _Translated():
        cursor = raw.execute(query, values or ())
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor]


class _Translated:
    """Where SQLite's errors become Tortoise's."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.IntegrityError):
            raise IntegrityError(error) from error
        if isinstance(error, sqlite3.OperationalError):
            raise OperationalError(error) from error


class ImmediateTransaction(SqliteTransactionWrapper):
    """A deferred BEGIN could fail half-way where another process writes; this one waits its turn."""

    async def begin(self) -> None:
        try:
            async with asyncio.timeout(BUSY_WITHIN):
                while not self._begun():  # noqa: ASYNC110 - SQLite tells nobody that a lock is free
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError as late:
            raise Unreachable("another process keeps the database locked") from late

    def _begun(self) -> bool:
        raw = self._connection._conn
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            raw.execute(f"PRAGMA busy_timeout = {round(BUSY_WITHIN * 1000)}")
        return True

    async def commit(self) -> None:
        try:
            await super().commit()
        except sqlite3.OperationalError as failed:
            raise Unreachable(str(failed)) from failed

    async def execute_query(self, query: str, values: Sequence[Any] | None = None) -> tuple[int, Any]:
        return _query(self._connection._conn, query, values)

    async def execute_query_dict(
        self, query: str, values: Sequence[Any] | None = None
    ) -> list[dict[str, Any]]:
        return _dicts(self._connection._conn, query, values)

    async def execute_many(self, query: str, values: Sequence[Sequence[Any]]) -> None:
        with _Translated():
            self._connection._conn.executemany(query, values)


class Reading(ImmediateTransaction):
    """A snapshot: locks nothing that others want, and its end writes nothing."""

    async def begin(self) -> None:
        self._connection._conn.execute("BEGIN")

    async def commit(self) -> None:
        self._connection._conn.commit()
        self._finalized = True


class SafeContext(SqliteTransactionContext):
    """Tortoise's own keeps the connection for ever where BEGIN or COMMIT fails."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self._begin()
        except BaseException:
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection  # type: ignore[no-any-return]

    async def _begin(self) -> None:
        try:
            await self.connection.begin()
        except BaseException:
            await self._undo()
            raise

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None:
                await self.connection.commit()
        finally:
            await self._undo()
            get_connections().reset(self.token)
            self._trxlock.release()

    async def _undo(self) -> None:
        """Whatever was not committed; the thread may still be at its COMMIT, so this queues behind it."""
        raw: aiosqlite.Connection | None = self.connection._connection
        if raw is not None and not self.connection._finalized:
            await raw.rollback()


class ImmediateSqliteClient(SqliteClient):
    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002
        """Raises Unreachable where the file cannot be opened or is no database."""
        try:
            await self._connect()
        except sqlite3.Error as error:
            await self.close()
            await asyncio.sleep(0.1)  # aiosqlite's thread has one more thing to tell this loop
            raise Unreachable(str(error)) from error

    async def _connect(self) -> None:
        if self._connection is None:
            connection = aiosqlite.connect(self.filename, isolation_level=None, check_same_thread=False)
            self._connection = await connection
            self._connection._conn.row_factory = sqlite3.Row
            for pragma, value in self.pragmas.items():
                self._connection._conn.execute(f"PRAGMA {pragma}={value}")
            await self._post_connect()

    async def execute_query(self, query: str, values: Sequence[Any] | None = None) -> tuple[int, Any]:
        async with self.acquire_connection() as connection:
            return _query(connection._conn, query, values)

    async def execute_query_dict(
        self, query: str, values: Sequence[Any] | None = None
    ) -> list[dict[str, Any]]:
        async with self.acquire_connection() as connection:
            return _dicts(connection._conn, query, values)

    def _in_transaction(self) -> TransactionContext:
        return SafeContext(ImmediateTransaction(self), self._lock)

    def reading(self) -> TransactionContext:
        """A transaction that only reads."""
        return SafeContext(Reading(self), self._lock)


client_class = ImmediateSqliteClient
