"""How Tortoise speaks to PostgreSQL; its migrations know the driver by this module's name."""

from tortoise.backends.asyncpg.client import AsyncpgDBClient

from storage.tortoise_client import EngineClient


class EnginePostgresClient(EngineClient):
    query_class = AsyncpgDBClient.query_class
    executor_class = AsyncpgDBClient.executor_class
    schema_generator = AsyncpgDBClient.schema_generator
    capabilities = AsyncpgDBClient.capabilities


client_class = EnginePostgresClient
