"""Tortoise's PostgreSQL backend: every failure is a `DatabaseError`, and a failed BEGIN keeps nothing."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections

from storage.failures import Conflict, Unreachable


@contextmanager
def translated() -> Iterator[None]:
    """What Tortoise lets through becomes a `DatabaseError` too."""
    try:
        yield
    except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError) as error:
        raise Conflict(error) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
        raise Unreachable(type(error).__name__) from error


class _Translated:
    async def _translate_exceptions(
        self, func: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any
    ) -> Any:
        with translated():
            return await super()._translate_exceptions(func, *args, **kwargs)  # type: ignore[misc]


class TranslatedTransaction(_Translated, TransactionWrapper):
    """A transaction whose every failure is a `DatabaseError`."""


class SafeContext(TransactionContextPooled):
    """Tortoise's own keeps the connection for ever where BEGIN fails."""

    async def __aenter__(self) -> TransactionalDBClient:
        with translated():
            await self.ensure_connection()
            pool: Any = self.client._parent._pool
            self.client._connection = await pool.acquire()
        try:
            await self.client.begin()
        except BaseException:
            with suppress(asyncpg.InterfaceError):  # it may have been cast out of the pool already
                self.client._connection.terminate()
            await pool.release(self.client._connection)
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        with translated():
            await super().__aexit__(exc_type, exc_val, exc_tb)


class PostgresClient(_Translated, AsyncpgDBClient):
    def _in_transaction(self) -> TransactionContext:
        return SafeContext(TranslatedTransaction(self), self._pool_init_lock)


client_class = PostgresClient
