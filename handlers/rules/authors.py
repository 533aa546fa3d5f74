"""作者 matched with the people on the books: nobody reviews a text of their own (Article 8)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from handlers.rules.author_line import SAID_BRIEFLY, Piece, Sort, Word, key, pieces, words

_UNIT = re.compile(r".*(学院|学部|党委|总支|支部|部|处|系|室|中心|社|馆|所|办|院|站|团|会|班|级|组)")
_WROTE = frozenset("文图摄著撰写编作供译绘")
"""One character that may say what somebody did rather than end a name: 王磊摄."""

LEAST_NUMBER = 4
"""Digits from which on a number is meant as a 工号."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the books whose name or 工号 stands in the line.

    `about` is what tells namesakes apart: their units and their post; `own` whether they are of the
    managing unit of whoever applies.
    """

    id: str
    name: str
    about: tuple[str, ...] = ()
    own: bool = False
    serving: bool = True


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that do not say who is meant, and who may be: several namesakes, or part of a longer word."""

    typed: str
    may_be: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Authors:
    """Whom a line names: 工号 of those on the books, others as typed, and what is not clear."""

    people: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Everybody on the books who may be meant."""
        return tuple(dict.fromkeys((*self.people, *(one for u in self.unclear for one in u.may_be))))


@dataclass(slots=True)
class _Found:
    """Names in the order of the line, each with the hints beside it; 工号 decide at once."""

    ids: list[str] = field(default_factory=list)
    names: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)


def match(text: str, known: Sequence[Known], applicant: str = "") -> Authors:
    """Whom the line 作者 means; `known` are all whose name or 工号 is in it.

    A 工号 decides; a name of one is that person; of several those the brackets or words beside it
    fit, then those in service, then those of the applicant's managing unit, if that leaves one. The
    applicant's own name is the applicant. A name that nobody has is an author from outside.
    """
    books = _Books(known)
    found = _Found()
    for piece in pieces(text):
        _read(piece, books, found)
    people: dict[str, None] = dict.fromkeys(found.ids)
    unclear = list(found.unclear)
    for name, typed, hints in found.names:
        meant = _meant(books.named[name], found.ids, hints, applicant)
        if len(meant) == 1:
            people[meant[0].id] = None
        else:
            unclear.append(Unclear(typed, tuple(one.id for one in meant)))
    return Authors(tuple(people), tuple(dict.fromkeys(found.outside)), tuple(dict.fromkeys(unclear)))


class _Books:
    """Who is known, by name and by 工号, and the words that say more of them."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.named: dict[str, list[Known]] = {}
        self.ids: dict[str, str] = {}
        for one in known:
            self.named.setdefault(key(one.name), []).append(one)
            self.ids[key(one.id)] = one.id
        self.names = {name for name in (*self.named, *self.ids) if len(name) > 1}
        about = (word for one in known for word in one.about)
        self.hints = {key(word) for word in about if len(key(word)) > 1} - self.names

    def words(self, text: str) -> list[Word]:
        return words(text, self.names, self.hints)

    def of(self, word: Word) -> list[Known]:
        if word.key in self.ids:
            return [one for some in self.named.values() for one in some if one.id == self.ids[word.key]]
        return self.named[word.key]


def _meant(
    namesakes: Sequence[Known], ids: Sequence[str], hints: Sequence[str], applicant: str
) -> Sequence[Known]:
    """Those of a name who may be meant: a test that nobody passes tells nothing."""
    tests: Sequence[Mapping[str, bool]] = (
        {one.id: one.id in ids for one in namesakes},
        {one.id: any(_fits(hint, one) for hint in hints) for one in namesakes},
        {one.id: one.serving for one in namesakes},
        {one.id: one.id == applicant for one in namesakes},
        {one.id: one.own for one in namesakes},
    )
    for passed in tests:
        namesakes = [one for one in namesakes if passed[one.id]] or namesakes
    return namesakes


def _fits(hint: str, one: Known) -> bool:
    return any(hint in key(word) or key(word) in hint for word in one.about if len(key(word)) > 1)


def _read(piece: Piece, books: _Books, found: _Found) -> None:
    notes = [books.words(part.text) for note in piece.notes for part in pieces(note)]
    read = books.words(piece.text)
    apart = any(word.sort is Sort.OUTSIDE for some in (read, *notes) for word in some)
    named = [
        word for some in notes for group in _groups(some) for word in _persons(group) if not _rest(group)
    ]
    groups = _groups(read)
    hints = [key(note) for note in piece.notes if len(key(note)) > 1]
    hints += [word.key for word in read if word.sort is Sort.HINT]
    if any(_persons(group) for group in groups):
        hints += [_typed(group) for group in groups if not _persons(group) and _UNIT.fullmatch(_typed(group))]
    for group in groups:
        _take(group, tuple(hints), books, found, apart=apart)
    for word in named:
        _name(word, _text([word]), (), books, found)


def _take(group: list[Word], hints: tuple[str, ...], books: _Books, found: _Found, *, apart: bool) -> None:
    """One group of words without a gap: names, an author from outside, or a riddle."""
    persons, rest, typed = _persons(group), _rest(group), _typed(group)
    if (not persons and not rest) or typed in hints or typed in SAID_BRIEFLY:
        return
    if apart or (not persons and not _is_number(rest)) or (persons and _is_another(group)):
        found.outside.append(_text(group))
    elif persons and (not rest or _is_unit_before(group)):
        more = (key(rest),) if rest else ()
        for word in persons:
            _name(word, _text([word]), (*hints, *more), books, found)
    else:
        may_be = [one.id for word in persons for one in books.of(word)]
        found.unclear.append(Unclear(_text(group), tuple(dict.fromkeys(may_be)), whole=False))


def _name(word: Word, typed: str, hints: tuple[str, ...], books: _Books, found: _Found) -> None:
    if word.key in books.ids:
        found.ids.append(books.ids[word.key])
    else:
        found.names.append((word.key, typed, hints))


def _is_another(group: Sequence[Word]) -> bool:
    """Whether a name of two characters is only part of a longer one that nobody here has: 王磊磊."""
    persons, rest = _persons(group), _rest(group)
    short = len(persons) == 1 and len(persons[0].key) == 2 and not persons[0].key.isascii()
    return short and len(rest) == 1 and rest not in _WROTE


def _is_unit_before(group: Sequence[Word]) -> bool:
    """Whether all that is unknown is a unit in front of the name: 宣传部孙老师."""
    first = next(at for at, word in enumerate(group) if word.sort is Sort.NAME)
    unknown_later = any(word.sort is Sort.UNKNOWN for word in group[first:])
    return not unknown_later and len(_rest(group)) > 1 and bool(_UNIT.fullmatch(_text(group[:first])))


def _is_number(text: str) -> bool:
    return len(text) >= LEAST_NUMBER and text.isdigit()


def _groups(read: Sequence[Word]) -> list[list[Word]]:
    """Words without a separator between them; what looked like one within a name is taken back."""
    runs = [(gap, list(run)) for gap, run in groupby(read, key=lambda word: word.sort is Sort.BETWEEN)]
    groups: list[list[Word]] = []
    between: list[Word] = []
    for gap, run in runs:
        if gap:
            between = run
        elif groups and between and _one_name(groups[-1], between, run):
            groups[-1] = [*groups[-1], *(w for w in between if not w.text.isspace() or _ascii(run)), *run]
        else:
            groups.append(run)
    return groups


def _one_name(before: Sequence[Word], between: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether two stretches that nobody knows are one name: 李和平, 王 磊, John Smith."""
    if any(word.sort is not Sort.UNKNOWN for word in (*before, *after)):
        return False
    sizes = len(before), len(after)
    return (min(sizes) == 1 and max(sizes) < 3) or (_ascii(before) and _ascii(after) and _is_blank(between))


def _is_blank(between: Sequence[Word]) -> bool:
    return all(word.text.isspace() for word in between)


def _ascii(run: Sequence[Word]) -> bool:
    return _text(run).isascii()


def _persons(group: Iterable[Word]) -> list[Word]:
    return [word for word in group if word.sort is Sort.NAME]


def _rest(group: Iterable[Word]) -> str:
    return "".join(word.text for word in group if word.sort is Sort.UNKNOWN)


def _text(group: Iterable[Word]) -> str:
    return "".join(word.text for word in group).strip()


def _typed(group: Sequence[Word]) -> str:
    return key(_text(group))
