"""The school's name or a unit's, but for one character: 哈尔宾工业大学, 机电工呈学院."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from handlers.rules.hints.books import SCHOOL, places
from handlers.rules.hints.hint import Hint

LEAST = 6
"""Characters of a unit's name from which what differs by one is a slip; a shorter one may be a word."""

OTHERS = ("哈尔滨工程大学", "哈尔滨商业大学")
"""Schools whose names differ from ours by a character."""

_TELLS = frozenset("一二三四五六七八九十甲乙丙丁东南西北上下左右前后内外大小新老男女本研0123456789")
"""Characters by which names differ that are all right: 一校区, 二校区."""


Names = dict[int, dict[str, list[str]]]
"""Names by the length of what would stand in the text, and by the character at its other end."""


@dataclass(frozen=True, slots=True)
class _Halves:
    """Halves of names, one of which a slip leaves whole, with the names that each begins or ends; `whole`
    are names that are right."""

    words: tuple[str, ...]
    whole: tuple[str, ...]
    begins: dict[str, Names]
    ends: dict[str, Names]


@lru_cache(maxsize=8)
def _halves(units: tuple[str, ...]) -> _Halves:
    begins: dict[str, Names] = {}
    ends: dict[str, Names] = {}
    for name in dict.fromkeys((SCHOOL, *(unit for unit in units if len(unit) >= LEAST))):
        half = len(name) // 2
        for length in (len(name), len(name) - 1, len(name) + 1):
            for halves, part, other in ((begins, name[:half], name[-1]), (ends, name[half:], name[0])):
                halves.setdefault(part, {}).setdefault(length, {}).setdefault(other, []).append(name)
    known = tuple(dict.fromkeys((SCHOOL, *OTHERS, *units)))
    return _Halves(tuple(dict.fromkeys((*begins, *ends))), known, begins, ends)


def hints(text: str, units: tuple[str, ...]) -> Iterator[Hint]:
    """Names of which one character is another, missing, too many, or two have changed places."""
    halves = _halves(units)
    right = [(at, at + len(halves.whole[number])) for at, number in places(halves.whole, text)]
    covered = bytearray(len(text) + 1)
    for at, end in right:
        covered[at:end] = b"\x01" * (end - at)
    for at, end, name in _near(text, halves):
        if not any(covered[at:end]):
            covered[at:end] = b"\x01" * (end - at)
            yield Hint(at, end, f"是不是“{name}”？")


def _near(text: str, halves: _Halves) -> Iterator[tuple[int, int, str]]:
    for at, number in places(halves.words, text):
        word = halves.words[number]
        for length, by_last in halves.begins.get(word, {}).items():
            for name in by_last.get(text[at + length - 1 : at + length], ()):
                if _slip(text[at : at + length], name):
                    yield at, at + length, name
        end = at + len(word)
        for length, by_first in halves.ends.get(word, {}).items():
            for name in by_first.get(text[end - length], ()) if end >= length else ():
                if _slip(text[end - length : end], name):
                    yield end - length, end, name


def _slip(said: str, name: str) -> bool:
    """Whether one is the other but for a character between its ends."""
    if said == name:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(said, name, strict=False)) if a != b), min(len(said), len(name))
    )
    longer = len(said) - len(name)
    if longer == 0:
        swapped = said[head + 1 : head + 2] + said[head : head + 1]
        if said[head + 2 :] == name[head + 2 :] and swapped == name[head : head + 2]:
            return True
        differ, same = {said[head], name[head]}, said[head + 1 :] == name[head + 1 :]
    elif longer < 0:
        differ, same = {name[head]}, said[head:] == name[head + 1 :]
    else:
        differ, same = {said[head]}, said[head + 1 :] == name[head:]
    return same and not differ & _TELLS
