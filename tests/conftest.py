"""What every test stands on: a calm hypothesis, no silent skip, both databases."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

from storage import holds, opening
from tests import postgres

IN_CI = os.environ.get("CI") == "true"

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


def pytest_unconfigure(config: pytest.Config) -> None:
    """Whoever has only the end of a long log reads what failed."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        for report in (*reporter.stats.get("error", ()), *reporter.stats.get("failed", ())):
            reporter.write_line(f"failed: {report.nodeid}")


@pytest.fixture(scope="session", autouse=True)
def _rows_are_held() -> Iterator[None]:
    """Whoever writes a row that is not held fails in every test."""
    with holds.checked():
        yield


@pytest.fixture(scope="session")
def _postgres() -> Iterator[postgres.Server]:
    """A real PostgreSQL of this test process, on a Unix socket."""
    # Not below pytest's own directory: another run may close that one to the server's system user.
    with tempfile.TemporaryDirectory(prefix="quanmei-pg-") as directory, postgres.server(directory) as server:
        yield server


@pytest.fixture(scope="session")
def _postgres_empty(_postgres: postgres.Server) -> postgres.Kept:
    return postgres.Kept(_postgres, "empty")


@pytest.fixture(scope="session")
def _postgres_migrated(_postgres: postgres.Server) -> postgres.Kept:
    return postgres.Kept(_postgres, "migrated", migrate)


@pytest.fixture(scope="session")
def _postgres_founded(_postgres: postgres.Server) -> postgres.Kept:
    return postgres.Kept(_postgres, "founded", found)


@pytest.fixture
def postgres_url(_postgres_empty: postgres.Kept) -> str:
    """The URL of an empty PostgreSQL database."""
    return _postgres_empty.emptied()


@pytest.fixture
def postgres_migrated(_postgres_migrated: postgres.Kept) -> str:
    """The URL of a PostgreSQL database that has been migrated."""
    return _postgres_migrated.put_back()


@pytest.fixture
def postgres_university(_postgres_founded: postgres.Kept) -> str:
    """The URL of a PostgreSQL database with a university in it."""
    return _postgres_founded.put_back()


def migrate(url: str) -> None:
    """Bring a database up to date, on an event loop of its own."""
    _aside(url)


def found(url: str, then: Callable[[], Awaitable[None]] | None = None) -> None:
    """Bring a database up to date and put the small university of `tests/world.py` into it, and what `then`
    adds."""
    from tests.world import found_university

    async def founded() -> None:
        await found_university()
        if then:
            await then()

    _aside(url, founded)


def _aside(url: str, then: Callable[[], Awaitable[None]] | None = None) -> None:
    async def done() -> None:
        async with opening.opened(url):
            await opening.migrate()
            if then:
                await then()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, done()).result()


@pytest.fixture(scope="session")
def _sqlite_migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most dialogues."""
    path = tmp_path_factory.mktemp("migrated") / "quanmei.db"
    migrate(f"sqlite://{path}")
    return path


@pytest.fixture(scope="session")
def _sqlite_founded(_sqlite_migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("founded") / "quanmei.db"
    found(f"sqlite://{shutil.copy(_sqlite_migrated, path)}")
    return path


@pytest.fixture
def sqlite_migrated(_sqlite_migrated: Path, tmp_path: Path) -> str:
    """The URL of an SQLite database that has been migrated."""
    return _copied(_sqlite_migrated, tmp_path)


@pytest.fixture
def sqlite_university(_sqlite_founded: Path, tmp_path: Path) -> str:
    """The URL of an SQLite database with a university in it."""
    return _copied(_sqlite_founded, tmp_path)


def _copied(template: Path, place: Path) -> str:
    """No commit of the copy waits for the disk."""
    return f"sqlite://{shutil.copy(template, place / 'quanmei.db')}?synchronous=OFF"


def _on(database: str, fixture: str, request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{database}_{fixture}")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of this test's own: each test that asks runs once on both."""
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'quanmei.db'}"
    return _on(request.param, "url", request)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same of a migrated one."""
    return _on(request.param, "migrated", request)


@pytest.fixture(params=["sqlite", "postgres"])
def university_url(request: pytest.FixtureRequest) -> str:
    """The same of one with a university in it."""
    return _on(request.param, "university", request)
