"""The database that is open: a transaction for a batch of events, plain SQL on it, and Tortoise's models.

SQL is written with `?`. Our engine owns the connections, Tortoise's client is handed it: a list made
through a model and the fixed SQL of the busy path share a transaction.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tortoise.backends.base.config_generator import expand_db_url
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext, set_global_context
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from storage import holds
from storage.engine import Engine, Row
from storage.engine_postgres import PostgresEngine
from storage.engine_sqlite import PRAGMAS, SqliteEngine
from storage.failures import Conflict, DatabaseError, Taken, Unreachable

__all__ = ["Conflict", "DatabaseError", "Row", "Taken", "Unreachable"]

_CLIENTS = {"sqlite": "storage.tortoise_sqlite", "postgres": "storage.tortoise_asyncpg"}

_engines: list[Engine] = []
"""The one that is open; every task of the process finds it here."""


def engine_for(url: str) -> Engine:
    """The engine, not open yet, of a URL `sqlite://path` (`sqlite://:memory:`) or `postgres://…`."""
    info = expand_db_url(url)
    if info["engine"] == "tortoise.backends.asyncpg":
        return PostgresEngine(info["credentials"])
    path = info["credentials"].pop("file_path")
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return SqliteEngine(path, PRAGMAS | info["credentials"])


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
    assert not _engines, "one database is open at a time"
    engine = engine_for(url)
    await engine.open()
    _engines.append(engine)
    try:
        async with _models(engine):
            yield
    finally:
        _engines.remove(engine)
        await engine.close()


@asynccontextmanager
async def _models(engine: Engine) -> AsyncIterator[None]:
    """Tortoise's models read on this engine. Tortoise keeps prepared SQL by the connection's name, so
    the name tells the dialect."""
    name = engine.dialect
    connection = {"engine": _CLIENTS[name], "credentials": {"run_on": engine}}
    config = {"connections": {name: connection}, "apps": _apps(name), "use_tz": True, "timezone": "UTC"}
    context = TortoiseContext()
    set_global_context(context)
    try:
        await context.init(config=config)
        yield
    finally:
        await context.close_connections()


def _apps(connection: str) -> dict[str, dict[str, Any]]:
    models = ["storage.tables", "storage.ledger_tables"]
    return {
        "quanmei": {
            "models": models, "migrations": "storage.migrations", "default_connection": connection
        }
    }  # fmt: skip


def engine() -> Engine:
    """The engine of the database that is open."""
    return _engines[0]


def is_postgres() -> bool:
    return engine().dialect == "postgres"


def locked() -> str:
    """What ends a query whose rows stay as they are read; on SQLite the transaction holds everything."""
    return " FOR UPDATE" if is_postgres() else ""


async def rows(sql: str, *args: Any) -> Sequence[Row]:
    """All rows of a query, or of a write with RETURNING."""
    there = engine()
    return await there.here().rows(there.native(sql), args)


async def one(sql: str, *args: Any) -> Row | None:
    found = await rows(sql, *args)
    return found[0] if found else None


async def run(sql: str, *args: Any) -> None:
    there = engine()
    await there.here().run(there.native(sql), args)


async def many(sql: str, lines: Sequence[Sequence[Any]]) -> None:
    """The same write for each line, in one trip."""
    if lines:
        there = engine()
        await there.here().many(there.native(sql), lines)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Everything within commits together, or not at all."""
    async with engine().transaction():
        with holds.share():
            yield


def reading() -> AbstractAsyncContextManager[None]:
    """What is read within is of one moment, and read on one connection."""
    return engine().reading()


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """One event's share of a transaction: undone alone when it fails."""
    async with engine().savepoint():
        with holds.share():
            yield


async def pending_migrations() -> list[str]:
    """Names of the migrations that have not been applied yet, oldest first."""
    plan = await _migrations().plan()
    return [step.migration.name for step in plan if not step.backward]


def _migrations() -> MigrationExecutor:
    name = engine().dialect
    return MigrationExecutor(get_connection(name), _apps(name))


async def migrate(upto: str = "") -> list[str]:
    """Apply what is pending, no further than the migration `upto` where one is named; returns the names."""
    targets = [MigrationTarget("quanmei", upto)] if upto else None
    names = await pending_migrations()
    if names:
        await _migrations().migrate(targets, direction="forward")
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
