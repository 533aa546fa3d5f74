"""Tortoise's SQLite backend with transactions that lock at once, and statements run where they are asked.

A hop to aiosqlite's thread costs several times what a statement does, so statements run in the event
loop. What waits for another process or for the disk, BEGIN IMMEDIATE and COMMIT, runs in the thread.
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
    translate_exceptions,
)
from tortoise.connection import get_connections

from storage.failures import Unreachable


class _InLoop:
    """The statements of a `SqliteClient`, without a thread; its lock lets one at a time in."""

    @translate_exceptions
    async def execute_query(self: Any, query: str, values: list[Any] | None = None) -> tuple[int, Any]:
        async with self.acquire_connection() as connection:
            raw = connection._conn
            before = raw.total_changes
            found = raw.execute(query, values or ()).fetchall()
            return (raw.total_changes - before) or len(found), found

    @translate_exceptions
    async def execute_query_dict(self: Any, query: str, values: list[Any] | None = None) -> list[Any]:
        async with self.acquire_connection() as connection:
            cursor = connection._conn.execute(query, values or ())
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]


class ImmediateTransaction(_InLoop, SqliteTransactionWrapper):
    """A deferred BEGIN could fail half-way where another process writes; this one waits its turn."""

    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as busy:
            raise Unreachable(str(busy)) from busy

    async def commit(self) -> None:
        try:
            await super().commit()
        except sqlite3.OperationalError as failed:
            raise Unreachable(str(failed)) from failed

    @translate_exceptions
    async def execute_many(self, query: str, values: Sequence[Sequence[Any]]) -> None:
        async with self.acquire_connection() as connection:
            connection._conn.executemany(query, values)


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
        """Whatever was not committed; the thread may still be at its BEGIN, so this queues behind it."""
        raw: aiosqlite.Connection | None = self.connection._connection
        if raw is not None and not self.connection._finalized:
            await raw.rollback()


class ImmediateSqliteClient(_InLoop, SqliteClient):
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

    def _in_transaction(self) -> TransactionContext:
        return SafeContext(ImmediateTransaction(self), self._lock)

    def reading(self) -> TransactionContext:
        """A transaction that only reads."""
        return SafeContext(Reading(self), self._lock)


client_class = ImmediateSqliteClient
