"""What a unit has of the systems of Articles 7 to 9, and since when it lacks one: facts, and no finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.rules.articles import ART_7, ART_8, ART_9
from storage.vocabulary import POLICY, SYSTEMS, WARNING


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for: valid until it is replaced, or held `yearly`."""

    name: str
    article: str
    kind: str
    yearly: bool = False


_RULES, _ROSTER, _REVIEW, _SECRECY, _COPYRIGHT = SYSTEMS
ITEMS = (
    Item("责任体系", ART_7, _RULES),
    Item("工作队伍", ART_7, _ROSTER),
    Item("审核机制", ART_7, _REVIEW),
    Item("政策宣讲", ART_7, POLICY, yearly=True),
    Item("警示教育", ART_7, WARNING, yearly=True),
    Item("保密制度", ART_8, _SECRECY),
    Item("版权制度", ART_9, _COPYRIGHT),
)
"""> 包括构建责任体系、组建工作队伍、完善发布审核监管机制、开展政策宣讲和警示教育等（第七条）"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One system on record, of its own day; `replaces` is the number of the one whose place it takes."""

    number: str
    kind: str
    on: date
    title: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One training that took place: how many of the unit were there, and whether it was the unit's `own`."""

    number: str
    kind: str
    on: date
    attended: int
    hours: float = 0
    own: bool = True


@dataclass(frozen=True, slots=True)
class Stands:
    """How it is with one item: the `number` that answers it, of which day; where none does, `since` when it
    is missing and when there was one last."""

    item: Item
    number: str = ""
    on: date | None = None
    since: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A unit's systems and trainings of one year."""

    unit: str
    year: int
    stands: tuple[Stands, ...]
    trainings: tuple[Held, ...] = ()

    @property
    def missing(self) -> tuple[Stands, ...]:
        return tuple(one for one in self.stands if not one.number)

    @property
    def hours(self) -> float:
        """学时 of the trainings in which people of the unit took part."""
        return sum(one.hours for one in self.trainings)


def in_force(entries: Sequence[Entry]) -> list[Entry]:
    """Those that no other on record replaces, the newest first."""
    gone = {one.replaces for one in entries}
    return sorted((one for one in entries if one.number not in gone), key=_newest, reverse=True)


def account(
    unit: str, year: int, entries: Sequence[Entry], held: Sequence[Held], begun: date | None
) -> Account:
    """The account of a year: `begun` is since when the unit runs media, if it is known."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    valid = in_force([one for one in entries if one.on <= last])
    took_place = sorted((one for one in held if one.on <= last and one.attended), key=_newest, reverse=True)
    of_year = tuple(one for one in took_place if one.on >= first)
    stands = []
    for item in ITEMS:
        known: Sequence[Entry | Held] = took_place if item.yearly else valid
        found = next((one for one in known if one.kind == item.kind), None)
        if found and (found.on >= first or not item.yearly):
            stands.append(Stands(item, found.number, found.on))
            continue
        since = max(first, begun or first) if item.yearly else begun
        stands.append(Stands(item, since=since, last=found.on if found else None))
    return Account(unit, year, tuple(stands), of_year)


def _newest(one: Entry | Held) -> tuple[date, str]:
    return one.on, one.number
