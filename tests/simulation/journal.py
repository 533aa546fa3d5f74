"""What each event did, kept beside the database: only what was committed counts."""

from collections import Counter
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

HANDLED = ""
"""The place of the line that says that an event was handled; the others name a table."""

event: ContextVar[str] = ContextVar("event", default="")
"""The key of the event that is being handled."""


@dataclass(frozen=True, slots=True)
class Done:
    """A line that an event wrote, or that it was handled at all."""

    key: str
    table: str
    row: tuple[tuple[str, Any], ...] = ()


KEPT = ("trail", "holders")
"""Tables whose new rows are remembered, to be looked up in the file afterwards."""


@dataclass(slots=True)
class Journal:
    """The lines of the open transaction, and those of every transaction that was committed."""

    done: list[Done] = field(default_factory=list)
    _open: list[Done] = field(default_factory=list)
    _share: int = 0

    def begin(self) -> None:
        self._open.clear()

    def handled(self, key: str) -> None:
        self._open.append(Done(key, HANDLED))

    def statement(self, sql: str, lines: Sequence[Sequence[Any]]) -> None:
        """A statement has run; savepoints are followed, since a job in company may be undone alone."""
        if sql.startswith("SAVEPOINT"):
            self._share = len(self._open)
        elif sql.startswith("ROLLBACK TO"):
            del self._open[self._share :]
        elif sql.startswith("INSERT INTO ") and (table := sql.split(None, 3)[2]) in KEPT:
            names = [name.strip() for name in sql[sql.index("(") + 1 : sql.index(")")].split(",")]
            key = event.get()
            self._open += [Done(key, table, tuple(zip(names, line, strict=False))) for line in lines]

    def committed(self) -> None:
        self.done += self._open
        self._open.clear()

    def handlings(self) -> Counter[str]:
        """How often each event was handled for good."""
        return Counter(one.key for one in self.done if one.table == HANDLED)
