"""The trail of a request as the operations it is made of: written, read, and carried out again."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from handlers.chain.law import Actor
from handlers.chain.matter import Saying
from handlers.chain.operate import OPERATIONS, Op, Submit, begin
from handlers.chain.step import Case
from storage.chains import steps_of
from storage.records import Act, State, TrailEntry
from storage.rows import load
from storage.steps import How, Place, Way

_KINDS: tuple[type[Any], ...] = (Submit, *OPERATIONS)
_OPS: dict[str, Callable[..., Submit | Op]] = {kind.__name__.lower(): kind for kind in _KINDS}
_READ: dict[str, Callable[[Any], Any]] = {
    "steps": lru_cache(maxsize=256)(steps_of),  # a unit's chain is much the same in all its requests
    "act": Act, "ends": State, "how": How, "place": Place, "way": Way, "what": Saying
}  # fmt: skip


@lru_cache(maxsize=1024)
def op_of(data: str) -> tuple[Submit | Op, str]:
    """The operation and the step that `data_of` made a text of; most decisions are the same text."""
    told: dict[str, Any] = load(data)
    kind, step = _OPS[told.pop("op")], told.pop("step")
    return kind(**{name: _READ.get(name, _as_is)(value) for name, value in told.items()}), step


def replay(entries: Iterable[TrailEntry]) -> Case | None:
    """The case that a request's entries lead to; None where they hold no submission.

    Entries that are no operations on the chain are passed over.
    """
    told = [entry for entry in entries if entry.data]
    return carried_out((op_of(entry.data)[0], Actor(entry.actor, entry.principal)) for entry in told)


def carried_out(told: Iterable[tuple[Submit | Op, Actor]]) -> Case | None:
    """The case that operations lead to, one after the other."""
    case: Case | None = None
    for op, by in told:
        if isinstance(op, Submit):
            case = begin(op, by)
        elif case is not None:
            case = OPERATIONS[type(op)].apply(case, op, by)
    return case


def _as_is(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
