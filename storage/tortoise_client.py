"""Tortoise's client that owns no connection: what models ask runs on our engine, where their task stands."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from storage.engine import Engine

_WRITES = ("INSERT", "UPDATE", "DELETE")


class EngineClient(BaseDBAsyncClient):
    """`run_on` comes with the connection's credentials; whoever opened the engine closes it."""

    def __init__(self, run_on: Engine, connection_name: str, **named: Any) -> None:
        super().__init__(connection_name, **named)
        self.engine = run_on

    async def create_connection(self, with_db: bool) -> None:
        """The engine is open already."""

    async def close(self) -> None:
        """The engine stays open."""

    @asynccontextmanager
    async def _in_transaction(self) -> AsyncIterator["EngineClient"]:  # type: ignore[override]
        """What `tortoise.transactions.in_transaction` asks of a client."""
        async with self.engine.transaction():
            yield self

    async def execute_query(
        self, query: str, values: Sequence[Any] | None = None
    ) -> tuple[int, list[dict[str, Any]]]:
        if query.lstrip().upper().startswith(_WRITES) and "RETURNING" not in query:
            return await self.engine.here().run(query, values or ()), []
        found = await self.execute_query_dict(query, values)
        return len(found), found

    async def execute_query_dict(
        self, query: str, values: Sequence[Any] | None = None
    ) -> list[dict[str, Any]]:
        return await self.engine.here().rows(query, values or ())

    async def execute_insert(self, query: str, values: Sequence[Any]) -> Any:
        """What RETURNING gives."""
        found = await self.execute_query_dict(query, values)
        return found[0] if found else None

    async def execute_many(self, query: str, values: Sequence[Sequence[Any]]) -> None:
        await self.engine.here().many(query, values)

    async def execute_script(self, query: str) -> None:
        await self.engine.here().script(query)
