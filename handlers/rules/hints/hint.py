"""A hint: a place in a text that may want another look. Never a refusal, never about people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"


@dataclass(frozen=True, slots=True)
class Hint:
    """From character `at` up to `end` of a text, and what is odd there, in one short sentence."""

    at: int
    end: int
    why: str


def apart(hints: Iterable[Hint]) -> Iterator[Hint]:
    """In order; of those that overlap the one that begins first, and of these the longest."""
    end = -1
    for one in sorted(hints, key=lambda hint: (hint.at, -hint.end)):
        if one.at >= end:
            end = one.end
            yield one


def together(hints: Iterable[Hint]) -> Iterator[Hint]:
    """Of those that say the same the first, which says how many there are."""
    same: dict[str, list[Hint]] = {}
    for one in hints:
        same.setdefault(one.why, []).append(one)
    for why, (first, *others) in same.items():
        yield Hint(first.at, first.end, f"{why}（共 {len(others) + 1} 处）") if others else first
