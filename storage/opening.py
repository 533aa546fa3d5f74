"""Opening and migrating the database that a URL names, with Tortoise's models on our engine.

Our engine owns the connections, Tortoise's client is handed it: a list made through a model and the
fixed SQL of the busy path share a transaction.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tortoise.backends.base.config_generator import expand_db_url
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext, set_global_context
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from storage import db
from storage.engine import Engine
from storage.engine_sqlite import PRAGMAS, SqliteEngine


class NotMigrated(Exception):
    """The database lacks migrations that only an operator may apply; the names are its arguments."""


_CLIENTS = {"sqlite": "storage.tortoise_sqlite", "postgres": "storage.tortoise_asyncpg"}


def engine_for(url: str) -> Engine:
    """The engine, not open yet, of a URL `sqlite://path` (`sqlite://:memory:`) or `postgres://…`."""
    info = expand_db_url(url)
    if info["engine"] == "tortoise.backends.asyncpg":
        from storage.engine_postgres import PostgresEngine  # asyncpg is loaded where it is used

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
    engine = engine_for(url)
    with db.used(engine):
        await engine.open()
        try:
            async with _models(engine):
                yield
        finally:
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
    models = ["storage.tables", "storage.ledger_tables", "storage.campaign_tables"]
    return {
        "quanmei": {
            "models": models, "migrations": "storage.migrations", "default_connection": connection
        }
    }  # fmt: skip


async def pending_migrations() -> list[str]:
    """Names of the migrations that have not been applied yet, oldest first."""
    plan = await _migrations().plan()
    return [step.migration.name for step in plan if not step.backward]


def _migrations() -> MigrationExecutor:
    name = db.engine().dialect
    return MigrationExecutor(get_connection(name), _apps(name))


async def migrate(upto: str = "") -> list[str]:
    """Apply what is pending, no further than the migration `upto` where one is named; returns the names.

    All of it with the note that it was done, or nothing: Tortoise by itself notes it afterwards, and who is
    ended in between could never start again.
    """
    targets = [MigrationTarget("quanmei", upto)] if upto else None
    names = await pending_migrations()
    if names:
        # Only makes the table of what was applied, for which Tortoise looks by failing: no way to begin a
        # transaction on PostgreSQL.
        await _migrations().migrate(targets, direction="forward", fake=True, dry_run=True)
        async with db.transaction():
            await _migrations().migrate(targets, direction="forward")
    return names[: names.index(upto) + 1] if upto in names else names


async def prepare() -> None:
    """Migrations: applied at once on SQLite, demanded on PostgreSQL. Raises NotMigrated."""
    if not db.is_postgres():
        await migrate()
    elif pending := await pending_migrations():
        raise NotMigrated(*pending)
