"""The database file of a simulated process: it dies at any commit, and the next one opens the same file."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from storage import memo
from storage.engine_sqlite import PRAGMAS, SqliteEngine, SqliteSession
from tests.simulation.journal import Journal

CHEAP = PRAGMAS | {"synchronous": "OFF"}
"""What a dead process has committed is in the file all the same: only a dead machine would lose it."""


class Watched(SqliteSession):
    """A transaction whose statements the journal hears of."""

    journal: Journal

    async def rows(self, sql: str, args: Sequence[Any] = (), *, large: bool = False) -> list[dict[str, Any]]:
        found = await super().rows(sql, args, large=large)
        self.journal.statement(sql, [args])
        return found

    async def run(self, sql: str, args: Sequence[Any] = ()) -> int:
        touched = await super().run(sql, args)
        self.journal.statement(sql, [args])
        return touched

    async def many(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        await super().many(sql, lines)
        self.journal.statement(sql, lines)


class Store(SqliteEngine):
    """One engine through all lives of the process; `died` is called where it dies at a commit."""

    def __init__(self, path: str) -> None:
        super().__init__(path, CHEAP)
        self.journal = Journal()
        self._other: sqlite3.Connection | None = None
        self.dies_in = 0
        self.dies_after = False
        self.died: Callable[[], None] = lambda: None

    def _session(self, raw: sqlite3.Connection) -> SqliteSession:
        session = Watched(raw, self._in_thread)
        session.journal = self.journal
        self.journal.begin()
        return session

    async def _commit(self) -> None:
        self.dies_in -= 1
        if self.dies_in != 0:
            await self._committed()
            return
        if self.dies_after:
            await self._committed()
        self._raw.close()
        self.died()
        await asyncio.Event().wait()  # nothing of this process goes on

    async def _committed(self) -> None:
        await super()._commit()
        self.journal.committed()

    async def open_again(self) -> None:
        """For the next process: nothing is left of the one before but the file."""
        self._lock, self.books = asyncio.Lock(), memo.Books()
        await self.open()

    def look(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        """What is in the file at this moment, read beside the process."""
        if self._other is None:
            self._other = sqlite3.connect(self._path)
        cursor = self._other.execute(sql, args)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    async def close(self) -> None:
        await super().close()
        if self._other is not None:
            self._other.close()
