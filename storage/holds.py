"""Which rows a job holds: what one job of a transaction took, in which order, and what it may write."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import IntEnum


class Row(IntEnum):
    """What can be held, in the one order in which it is taken: two that meet then never wait crosswise."""

    DRAFT = 1
    REQUEST = 2
    MEDIUM = 3
    PERSON = 4


class NotHeld(AssertionError):
    """A handler writes a row that another may be writing, or takes rows against the order."""


@dataclass(slots=True)
class _Share:
    """One job's part of a transaction: undone to its savepoint, it holds nothing any more."""

    rows: set[tuple[Row, Hashable]] = field(default_factory=set)
    last: Row = Row.DRAFT


_share: ContextVar[_Share | None] = ContextVar("share", default=None)
_checked = False


@contextmanager
def checked() -> Iterator[None]:
    """Tests: whoever writes what they do not hold gets `NotHeld`. Nobody asks in production."""
    global _checked
    before, _checked = _checked, True
    try:
        yield
    finally:
        _checked = before


@contextmanager
def share() -> Iterator[None]:
    """What is taken within is held until the end of it."""
    token = _share.set(_Share())
    try:
        yield
    finally:
        _share.reset(token)


def take(row: Row, *keys: Hashable) -> None:
    """These rows are about to be locked; in tests raises `NotHeld` where a later kind is held already."""
    mine = _share.get()
    if mine is None:
        return
    new = {(row, key) for key in keys} - mine.rows
    if _checked and new and row < mine.last:
        raise NotHeld(f"{row.name} {keys} taken after {mine.last.name}")
    mine.rows |= new
    mine.last = max(mine.last, row) if new else mine.last


def made(row: Row, key: Hashable) -> None:
    """A row that this job has just inserted: nobody else can have it."""
    if mine := _share.get():
        mine.rows.add((row, key))


def holding(row: Row, key: Hashable) -> bool:
    mine = _share.get()
    return mine is not None and (row, key) in mine.rows


def must(row: Row, key: Hashable) -> None:
    """Called by every write: in tests raises `NotHeld` unless the row is held."""
    if _checked and not holding(row, key):
        raise NotHeld(f"{row.name} {key!r} is written and not held")
