"""PostgreSQL: a pool of asyncpg's connections, one for each transaction that is open."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any

import asyncpg
from tortoise.exceptions import IntegrityError, OperationalError

from storage.engine import Engine, Session
from storage.failures import Conflict, Unreachable

CONNECT_WITHIN = 5
"""Seconds to wait for the server to take a connection."""

CLOSE_WITHIN = 10
"""Seconds for statements under way to end."""


class _Translated:
    """Where asyncpg's errors become ours."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        match error:
            case asyncpg.DeadlockDetectedError() | asyncpg.SerializationError():
                raise Conflict(error) from error
            case asyncpg.IntegrityConstraintViolationError():
                raise IntegrityError(error) from error
            case asyncpg.SyntaxOrAccessError() | asyncpg.DataError() | asyncpg.InvalidTransactionStateError():
                raise OperationalError(error) from error
            case (
                asyncpg.PostgresError() | asyncpg.InterfaceError() | asyncpg.InternalClientError() | OSError()
            ):
                raise Unreachable(type(error).__name__) from error


_TRANSLATED = _Translated()


class PostgresSession(Session):
    """A connection while a transaction is open on it; several tasks of one transaction take turns."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._turn = asyncio.Lock()

    async def rows(
        self,
        sql: str,
        args: Sequence[Any] = (),
        *,
        large: bool = False,  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        self._notice(sql)
        async with self._turn:
            with _TRANSLATED:
                return [dict(record) for record in await self._connection.fetch(sql, *args)]

    async def run(self, sql: str, args: Sequence[Any] = ()) -> int:
        self._notice(sql)
        async with self._turn:
            with _TRANSLATED:
                return _touched(await self._connection.execute(sql, *args))

    async def many(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        self._notice(sql)
        async with self._turn:
            with _TRANSLATED:
                await self._connection.executemany(sql, lines)

    async def script(self, sql: str) -> None:
        await self.run(sql)


def _touched(tag: str) -> int:
    """The rows of a command's tag: `UPDATE 3`, `INSERT 0 3`, `CREATE TABLE`."""
    last = tag.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0


@lru_cache(maxsize=512)
def _numbered(sql: str) -> str:
    head, *rest = sql.split("?")
    return head + "".join(f"${i}{part}" for i, part in enumerate(rest, 1))


async def _as_it_is(_: Any) -> None:
    """Nobody here sets, listens to or locks anything for longer than a transaction. asyncpg would ask the
    server to undo all that whenever a connection is given back: as much work again as a statement is."""


class PostgresEngine(Engine):
    dialect = "postgres"

    def __init__(self, credentials: Mapping[str, Any]) -> None:
        """Whatever `asyncpg.create_pool` takes, and `minsize`, `maxsize`, `schema`, `application_name`."""
        given: dict[str, Any] = {"timeout": CONNECT_WITHIN, "reset": _as_it_is, **credentials}
        given["min_size"] = int(given.pop("minsize", 1))
        given["max_size"] = int(given.pop("maxsize", 5))
        said = {"search_path": given.pop("schema", ""), "application_name": given.pop("application_name", "")}
        given["server_settings"] = {name: text for name, text in said.items() if text}
        self._wanted = given
        self._pool: Any = None

    async def open(self) -> None:
        with _TRANSLATED:
            self._pool = await asyncpg.create_pool(**self._wanted)

    async def close(self) -> None:
        try:
            async with asyncio.timeout(CLOSE_WITHIN):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    def native(self, sql: str) -> str:
        return _numbered(sql)

    async def rows(
        self,
        sql: str,
        args: Sequence[Any] = (),
        *,
        large: bool = False,
    ) -> list[dict[str, Any]]:
        async with self._alone() as session:
            return await session.rows(sql, args, large=large)

    async def run(self, sql: str, args: Sequence[Any] = ()) -> int:
        async with self._alone() as session:
            return await session.run(sql, args)

    async def many(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        async with self._alone() as session:
            await session.many(sql, lines)

    async def script(self, sql: str) -> None:
        async with self._alone() as session:
            await session.script(sql)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Session]:
        with _TRANSLATED:
            connection = await self._pool.acquire()
        session = PostgresSession(connection)
        try:
            yield session
            await session.seal()
        finally:
            await self._pool.release(connection)

    @asynccontextmanager
    async def begun(self, *, reading: bool = False) -> AsyncIterator[Session]:
        with _TRANSLATED:
            connection = await self._pool.acquire()
        try:
            transaction = await _started(connection, reading=reading)
            try:
                session = PostgresSession(connection)
                yield session
                await session.seal()
            except BaseException:
                with _TRANSLATED:
                    await transaction.rollback()
                raise
            with _TRANSLATED:
                await transaction.commit()
        finally:
            await self._pool.release(connection)


async def _started(connection: Any, *, reading: bool) -> Any:
    """The transaction; where BEGIN fails, the connection is never used again."""
    isolation = "repeatable_read" if reading else None
    transaction = connection.transaction(isolation=isolation, readonly=reading)
    try:
        with _TRANSLATED:
            await transaction.start()
    except BaseException:
        with suppress(asyncpg.InterfaceError):  # it may have been cast out of the pool already
            connection.terminate()
        raise
    return transaction
