"""A leader's name beside a title that is another on the books; where these have none, nothing is said."""

import re
from collections.abc import Iterator

from handlers.rules.hints.books import Leader, by_name, places
from handlers.rules.hints.hint import Hint

RANKS = "书记|校长|院长|主任|部长|处长|所长|馆长|主席|社长|院士"
_RANK = rf"(?:党委|党总支|党支部|常务|执行)*(副?(?:{RANKS}))"
_BEFORE, _AFTER = re.compile(rf"{_RANK}\s?$"), re.compile(rf"\s?{_RANK}")
_PART = re.compile(r"[、，,;；/\s]+")
_ENDS = re.compile(rf"{_RANK}$")
_ROOM = 10
"""Characters beside a name in which its title stands."""


def ranks(title: str) -> frozenset[str]:
    """The ranks of a title on the books: 机电学院党委副书记、教授 gives 副书记."""
    return frozenset(found[1] for part in _PART.split(title) if (found := _ENDS.search(part)))


def hints(text: str, leaders: tuple[Leader, ...]) -> Iterator[Hint]:
    """One for each place; a name of several people fits any of them."""
    known = by_name(leaders)
    names = tuple(known)
    found = places(names, text)
    begins = {at for at, _ in found}
    for at, number in found:
        name = names[number]
        said = _said(text, at, at + len(name), begins)
        there = frozenset[str]().union(*map(ranks, known[name]))
        if said and there and said[2] not in there:
            yield Hint(said[0], said[1], f"名单里{name}是“{'、'.join(dict.fromkeys(known[name]))}”")


def _said(text: str, at: int, end: int, begins: set[int]) -> tuple[int, int, str] | None:
    """The title beside a name, in front of it first; one behind it may be that of the next name."""
    if found := _BEFORE.search(text, max(0, at - _ROOM), at):
        return found.start(), end, found[1]
    found = _AFTER.match(text, end, end + _ROOM)
    if found and found.end() not in begins:
        return at, found.end(), found[1]
    return None
