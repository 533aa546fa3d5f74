"""What an event or a letter reads of the books (people, units, roles, proxies, media, calendar …), read once.

It stays known beyond the event for as long as nobody writes the books: each transaction that does leaves
a new token in the database (`Session.seal`), and whoever reads looks at the token first. So a person who
lost a role a moment ago, on whatever replica or by an import, has lost it for the very next reading.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

P = ParamSpec("P")
T = TypeVar("T")

BOOKS = frozenset(
    ("people", "person_roles", "units", "unit_changes", "appointments", "proxies", "on_call", "media",
     "media_changes", "calendar_days", "interpretations", "silences", "house_words")
)  # fmt: skip
"""The tables whose readings are kept."""

LARGEST = 20_000
"""Readings that are kept at most; beyond that all of them are forgotten."""

TOKEN = "SELECT value FROM marks WHERE name = 'books'"
SEAL = (
    "INSERT INTO marks (name, value, at) VALUES ('books', '{}', 0)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
"""A new token is a random one: that of a transaction which was undone never comes again."""

_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')


@lru_cache(maxsize=2048)
def writes_books(sql: str) -> bool:
    """Whether a statement writes a table whose readings are kept."""
    found = _WRITES.match(sql)
    return found is not None and found[1] in BOOKS


def seal() -> str:
    """The statement that leaves a new token."""
    return SEAL.format(f'"{uuid4().hex}"')


@dataclass(slots=True)
class Books:
    """What was read while the database had this token."""

    token: str = ""
    read: dict[Any, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Shelf:
    """What one event reads from; None before it has looked, and again once something may have changed."""

    read: dict[Any, Any] | None = None


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def event() -> Iterator[None]:
    """Within it what is `kept` is read once."""
    token = _shelf.set(_shelf.get() or Shelf())
    try:
        yield
    finally:
        _shelf.reset(token)


def kept(
    look: Callable[[], Awaitable[dict[Any, Any]]],
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """A reading whose result stays the same until somebody writes; `look` says what is known already."""

    def keeping(read: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        @wraps(read)
        async def once(*args: P.args, **kwargs: P.kwargs) -> T:
            shelf = _shelf.get()
            if shelf is None:
                return await read(*args, **kwargs)
            if shelf.read is None:
                shelf.read = await look()
            known, key = shelf.read, (read, args, tuple(kwargs.items()))
            if key not in known:
                known[key] = await read(*args, **kwargs)
            found: T = known[key]
            return found

        return once

    return keeping


def forget() -> None:
    """Something that is kept is written, or a lock was waited for: what was read before may be so no more."""
    shelf = _shelf.get()
    if shelf is not None:
        shelf.read = None
