"""How Tortoise speaks to SQLite; its migrations know the dialect by this module's name."""

from collections.abc import Sequence
from typing import Any

from tortoise.backends.sqlite.client import SqliteClient

from storage.tortoise_client import EngineClient


class EngineSqliteClient(EngineClient):
    query_class = SqliteClient.query_class
    executor_class = SqliteClient.executor_class
    schema_generator = SqliteClient.schema_generator
    capabilities = SqliteClient.capabilities

    async def execute_insert(self, query: str, values: Sequence[Any]) -> Any:
        """The number of the new row: Tortoise's insert for SQLite has no RETURNING."""
        async with self.engine.transaction():
            session = self.engine.here()
            await session.run(query, values)
            return (await session.rows("SELECT last_insert_rowid() AS id"))[0]["id"]


client_class = EngineSqliteClient
