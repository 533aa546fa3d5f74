"""A stop on the way of a request through its chain: what is drawn as a picture, a card's table, or lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What became of a stop; `void` is over without having agreed to anything."""

    DONE = "done"
    BACK = "back"
    NOW = "now"
    LATER = "later"
    RULE = "rule"
    VOID = "void"


MARKS = {
    Standing.DONE: "✓",
    Standing.BACK: "↩",
    Standing.NOW: "▶",
    Standing.LATER: "○",
    Standing.RULE: "－",
    Standing.VOID: "×",
}
"""One character each, which phones have in every font."""


@dataclass(frozen=True, slots=True)
class Stop:
    """`title` says what, `lines` who and when, `beside` is what happened on the side of it.

    `name` is the step's, and `back` that of the step to which this one goes back.
    """

    standing: Standing
    title: str
    lines: tuple[str, ...] = ()
    beside: tuple["Stop", ...] = ()
    name: str = ""
    back: str = ""

    @property
    def details(self) -> tuple[str, ...]:
        """All below the title, what is beside it after its own lines."""
        return (*self.lines, *(text for one in self.beside for text in _aside(one)))

    def told(self) -> Iterator[str]:
        """The stop as lines of plain text."""
        yield f"{MARKS[self.standing]} {self.title}"
        yield from (f"　{line}" for line in self.details)


def _aside(stop: Stop) -> Iterator[str]:
    mark = f"{MARKS[stop.standing]} " if stop.standing is Standing.BACK else ""
    yield mark + "：".join(filter(None, (stop.title, "；".join(stop.lines))))
