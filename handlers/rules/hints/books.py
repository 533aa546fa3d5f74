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


@lru_cache(maxsize=8)
def sought(words: tuple[str, ...]) -> Any:
    """All words at once: `iter(text)` gives the last place of each and its number; None where there are none.

    The same list is asked for at every preview, so what was built for it is kept.
    """
    found = ahocorasick.Automaton()
    for number, word in enumerate(words):
        found.add_word(word, number)
    if not len(found):
        return None
    found.make_automaton()
    return found


def places(words: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Where each word begins, with its number, in the order of their ends."""
    automaton = sought(words)
    if automaton is None:
        return []
    return [(last + 1 - len(words[number]), number) for last, number in automaton.iter(text)]


def by_name(leaders: tuple[Leader, ...]) -> Mapping[str, tuple[str, ...]]:
    """Titles by name: of several people of one name any may be meant."""
    found: dict[str, tuple[str, ...]] = {}
    for one in leaders:
        found[one.name] = (*found.get(one.name, ()), one.title)
    return found
