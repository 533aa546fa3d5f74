"""Tortoise's SQLite backend with write transactions that lock at once (BEGIN IMMEDIATE)."""

import asyncio
import sqlite3

from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.exceptions import DBConnectionError, OperationalError


class ImmediateTransaction(SqliteTransactionWrapper):
    """A deferred BEGIN could fail half-way where another process writes; this one waits its turn."""

    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as busy:
            raise OperationalError(busy) from busy


class ImmediateSqliteClient(SqliteClient):
    async def create_connection(self, with_db: bool) -> None:
        """Raises DBConnectionError where the file cannot be opened or is no database."""
        try:
            await super().create_connection(with_db)
        except sqlite3.Error as error:
            await self.close()
            await asyncio.sleep(0.1)  # aiosqlite's thread has one more thing to tell this loop
            raise DBConnectionError(str(error)) from error

    def _in_transaction(self) -> TransactionContext:
        return SqliteTransactionContext(ImmediateTransaction(self), self._lock)


client_class = ImmediateSqliteClient
