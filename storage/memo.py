"""What one event or one letter reads of calendar, units, roles and media, read once: kept until it ends."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def event() -> Iterator[None]:
    """Within it what is `kept` is read once; nothing is remembered after the outermost of them."""
    token = _kept.set({} if (outer := _kept.get()) is None else outer)
    try:
        yield
    finally:
        _kept.reset(token)


def kept(read: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """A reading whose result stays the same through an event, unless somebody writes (`forget`)."""

    @wraps(read)
    async def once(*args: P.args, **kwargs: P.kwargs) -> T:
        memo = _kept.get()
        if memo is None:
            return await read(*args, **kwargs)
        key = (read, args, tuple(kwargs.items()))
        if key not in memo:
            memo[key] = await read(*args, **kwargs)
        found: T = memo[key]
        return found

    return once


def forget() -> None:
    """Something that is kept is written, or a lock was waited for: what was read before may be so no more."""
    memo = _kept.get()
    if memo is not None:
        memo.clear()
