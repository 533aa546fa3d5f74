"""What a text is compared with: names on the books, titles and the school's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick

SCHOOL = "哈尔滨工业大学"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the school's list: what may be meant instead, and why; either may be empty."""

    word: str
    advice: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody on the books with a title that leads: 党委书记、教授."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Books:
    units: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    words: tuple[Word, ...] = ()


_UNIT = 4


def _units(text: str) -> str:
    """Four bytes for each character: where thousands of Chinese words begin differently the automaton looks
    through all their first characters at each place, and of bytes there are few; thirty times as fast."""
    return text.encode("utf-32-be", "surrogatepass").decode("latin-1")


@lru_cache(maxsize=8)
def _sought(words: tuple[str, ...]) -> Any:
    """All words at once, None where there are none. The same list is asked for at every preview, so what was
    built for it is kept."""
    found = ahocorasick.Automaton()
    for number, word in enumerate(words):
        found.add_word(_units(word), number)
    if not len(found):
        return None
    found.make_automaton()
    return found


def places(words: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Where each word begins, with its number, in the order of their ends."""
    automaton = _sought(words)
    if automaton is None:
        return []
    ends = ((last + 1, number) for last, number in automaton.iter(_units(text)))
    return [(end // _UNIT - len(words[number]), number) for end, number in ends if end % _UNIT == 0]


def by_name(leaders: tuple[Leader, ...]) -> Mapping[str, tuple[str, ...]]:
    """Titles by name: of several people of one name any may be meant."""
    found: dict[str, tuple[str, ...]] = {}
    for one in leaders:
        found[one.name] = (*found.get(one.name, ()), one.title)
    return found
