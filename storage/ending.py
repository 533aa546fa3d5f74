"""What a transaction does once at its very end, for all its jobs together but those that were undone."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

Finish = Callable[[Sequence[Any]], Awaitable[None]]


@dataclass(slots=True)
class _Ending:
    noted: list[tuple[Finish, Any]] = field(default_factory=list)
    over: bool = False
    """As a session has it: a task that was started within and outlives it stands outside."""


_HERE: ContextVar[_Ending | None] = ContextVar("ending", default=None)


def _here() -> _Ending | None:
    ending = _HERE.get()
    return None if ending is None or ending.over else ending


def at_end(finish: Finish, *things: Any) -> None:
    """Before the transaction commits, `finish` is called with these among all that were noted for it."""
    ending = _here()
    assert ending, "this belongs to a transaction"
    ending.noted += [(finish, thing) for thing in things]


@contextmanager
def share() -> Iterator[None]:
    """A part of the transaction: what fails here leaves nothing to be done."""
    ending = _here()
    before = len(ending.noted) if ending else 0
    try:
        yield
    except BaseException:
        if ending:
            del ending.noted[before:]
        raise


@asynccontextmanager
async def whole() -> AsyncIterator[None]:
    """A transaction, or within another one a part of it."""
    if _here():
        with share():
            yield
        return
    ending = _Ending()
    token = _HERE.set(ending)
    try:
        yield
        for finish in dict.fromkeys(one for one, _ in ending.noted):
            await finish([thing for one, thing in ending.noted if one is finish])
    finally:
        ending.over = True
        _HERE.reset(token)
