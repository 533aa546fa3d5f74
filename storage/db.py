"""The database connection: one transaction for a batch of events, and plain SQL on it.

SQL is written with `?`; it becomes `$1, $2 …` on PostgreSQL. Everything runs on Tortoise's own
connection, so that lists made by Tortoise and the fixed SQL of the busy path share a transaction.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.transactions import in_transaction

from storage import holds
from storage.failures import Conflict, DatabaseError, Taken, Unreachable
from storage.sqlite_engine import ImmediateSqliteClient

__all__ = ["Conflict", "DatabaseError", "Taken", "Unreachable"]

Row = Mapping[str, Any]
CONNECT_WITHIN = 5
"""Seconds to wait for PostgreSQL to take a connection."""

_open_here: ContextVar[BaseDBAsyncClient | None] = ContextVar("open_here", default=None)
"""Known here as well as to Tortoise, which takes several times what a statement takes to say it."""

APPS = {
    "quanmei": {
        "models": ["storage.tables", "storage.ledger_tables"],
        "migrations": "storage.migrations",
    }
}
_MIGRATED = {label: {**app, "default_connection": "default"} for label, app in APPS.items()}


def config_for(url: str) -> dict[str, Any]:
    """Tortoise's configuration for a URL `sqlite://path` (`sqlite://:memory:`) or `postgres://…`."""
    info = expand_db_url(url)
    if info["engine"] == "tortoise.backends.asyncpg":
        info["engine"] = "storage.postgres_engine"
        info["credentials"].setdefault("timeout", CONNECT_WITHIN)
    elif info["engine"] == "tortoise.backends.sqlite":
        info["engine"] = "storage.sqlite_engine"
        info["credentials"] |= {"synchronous": "FULL", "cache_size": -64000}
        path = Path(info["credentials"]["file_path"])
        if str(path) != ":memory:":
            path.parent.mkdir(parents=True, exist_ok=True)
    return {"connections": {"default": info}, "apps": _MIGRATED, "use_tz": True, "timezone": "UTC"}


def absent(url: str) -> bool:
    """Whether this is an SQLite file that is not there; opening it would create it."""
    info = expand_db_url(url)
    path = info["credentials"].get("file_path", ":memory:")
    return path != ":memory:" and not Path(path).exists()


def untouched(url: str) -> str:
    """The database to look into without creating it: an empty one in memory where there is none."""
    return "sqlite://:memory:" if absent(url) else url


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[None]:
    """Hold the database open; raises `DatabaseError` or OSError where it cannot be reached."""
    EXECUTOR_CACHE.clear()  # Tortoise keeps prepared SQL per connection name, whatever its dialect
    await Tortoise.init(config=config_for(url), _enable_global_fallback=True)
    try:
        await rows("SELECT 1 AS one")
        yield
    finally:
        await Tortoise.close_connections()


def connection() -> BaseDBAsyncClient:
    """The connection of the transaction that is open here, or the pool's."""
    return _open_here.get() or get_connection("default")


def is_postgres() -> bool:
    return connection().capabilities.dialect == "postgres"


def locked() -> str:
    """What ends a query whose rows stay as they are read; on SQLite the transaction holds everything."""
    return " FOR UPDATE" if is_postgres() else ""


@lru_cache(maxsize=512)
def _numbered(sql: str) -> str:
    head, *rest = sql.split("?")
    return head + "".join(f"${i}{part}" for i, part in enumerate(rest, 1))


def _for(client: BaseDBAsyncClient, sql: str) -> str:
    return _numbered(sql) if client.capabilities.dialect == "postgres" else sql


async def rows(sql: str, *args: Any) -> Sequence[Row]:
    """All rows of a query, or of a write with RETURNING."""
    client = connection()
    return await client.execute_query_dict(_for(client, sql), list(args))


async def one(sql: str, *args: Any) -> Row | None:
    found = await rows(sql, *args)
    return found[0] if found else None


async def run(sql: str, *args: Any) -> None:
    client = connection()
    await client.execute_query(_for(client, sql), list(args))


async def many(sql: str, lines: Sequence[Sequence[Any]]) -> None:
    """The same write for each line, in one trip."""
    if lines:
        client = connection()
        await client.execute_many(_for(client, sql), [list(line) for line in lines])


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Everything within commits together, or not at all."""
    async with in_transaction("default") as client:
        token = _open_here.set(client)
        try:
            with holds.share():
                yield
        finally:
            _open_here.reset(token)


@asynccontextmanager
async def reading() -> AsyncIterator[None]:
    """What is read within is read on one connection, without waiting for each turn."""
    base = get_connection("default")
    async with base.reading() if isinstance(base, ImmediateSqliteClient) else in_transaction() as client:
        token = _open_here.set(client)
        try:
            yield
        finally:
            _open_here.reset(token)


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """One event's share of a transaction: undone alone when it fails."""
    await run("SAVEPOINT event")
    try:
        with holds.share():
            yield
    except BaseException:
        await run("ROLLBACK TO SAVEPOINT event")
        await run("RELEASE SAVEPOINT event")
        raise
    await run("RELEASE SAVEPOINT event")


async def pending_migrations() -> list[str]:
    """Names of the migrations that have not been applied yet, oldest first."""
    plan = await MigrationExecutor(connection(), _MIGRATED).plan()
    return [step.migration.name for step in plan if not step.backward]


async def migrate(upto: str = "") -> list[str]:
    """Apply what is pending, no further than the migration `upto` where one is named; returns the names."""
    targets = [MigrationTarget("quanmei", upto)] if upto else None
    names = await pending_migrations()
    if names:
        await MigrationExecutor(connection(), _MIGRATED).migrate(targets, direction="forward")
    return names[: names.index(upto) + 1] if upto in names else names


def to_ms(at: datetime) -> int:
    """UTC milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def from_ms(value: int) -> datetime:
    return datetime.fromtimestamp(value / 1000, UTC)


def maybe_ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def maybe_at(value: int | None) -> datetime | None:
    return None if value is None else from_ms(value)
