"""Which media need somebody's attention: facts with their days, no verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from handlers.rules.permits import SHANGHAI, in_service
from storage.records import Identity, Medium, MediumState, OwedChange, Person


@dataclass(frozen=True, slots=True)
class Quiet:
    """Days without a registered post after which that is said, and said first."""

    said: int = 30
    first: int = 180


NEW_FOR = 30
"""Days for which a medium that was just filed need not have published."""

USUAL = Quiet()
QUIET: Mapping[str, Quiet] = {
    "期刊": Quiet(120, 365),
    "图书": Quiet(365, 730),
    "音像制品": Quiet(365, 730),
    "电子出版物": Quiet(365, 730),
    "内部刊物": Quiet(120, 365),
    "宣传册": Quiet(365, 730),
}
"""By 平台类型; all others are `USUAL`. The Measures name no number: the centre may settle others."""


class Concern(IntEnum):
    """What is the matter, the most pressing first."""

    NOBODY = 1
    OVERDUE = 2
    LONG_QUIET = 3
    QUIET = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that needs attention.

    `since`: the last post, else the filing or the import, whichever was later, None where neither is
    known, and `days` the threshold that was passed; of an overdue change of `item`, its last day.
    """

    concern: Concern
    since: date | None = None
    days: int = 0
    item: str = ""


def facts(
    medium: Medium,
    people: Mapping[str, Person],
    last_post: datetime | None,
    owed: Sequence[OwedChange],
    at: datetime,
) -> tuple[Fact, ...]:
    """Everything about one medium, the most pressing first; nothing for one that is deregistered.

    > 属地管理、分级负责和谁开设谁主管、谁应用谁负责（第四条）
    """
    if medium.state is MediumState.DEREGISTERED:
        return ()
    found = [*_nobody(medium, people, at), *_overdue(owed, at), *_quiet(medium, last_post, at)]
    return tuple(sorted(found, key=lambda fact: fact.concern))


def _nobody(medium: Medium, people: Mapping[str, Person], at: datetime) -> Iterator[Fact]:
    """No member of staff in service among operator and administrators."""
    known = (people.get(person) for person in (medium.operator, *medium.admins))
    if not any(p and in_service(p, at) and p.identity is Identity.STAFF for p in known):
        yield Fact(Concern.NOBODY)


def _overdue(owed: Sequence[OwedChange], at: datetime) -> Iterator[Fact]:
    """A change whose five working days are over."""
    for change in owed:
        if change.due_at <= at:
            yield Fact(Concern.OVERDUE, since=_day(change.due_at - datetime.resolution), item=change.item)


def _quiet(medium: Medium, last_post: datetime | None, at: datetime) -> Iterator[Fact]:
    """A medium in use of which no receipt came for long."""
    today, begun = _day(at), _on_the_books(medium)
    new = begun is not None and (today - begun).days < NEW_FOR
    if medium.state is not MediumState.ACTIVE or new:
        return
    limits = QUIET.get(medium.platform_type, USUAL)
    since = _day(last_post) if last_post else begun
    days = (today - since).days if since else limits.said
    if days >= limits.first:
        yield Fact(Concern.LONG_QUIET, since, limits.first)
    elif days >= limits.said:
        yield Fact(Concern.QUIET, since, limits.said)


def _on_the_books(medium: Medium) -> date | None:
    """Since when a post could have been registered: of what was filed before, since its import."""
    here = _day(medium.filed_here_at) if medium.filed_here_at else None
    return max((day for day in (medium.filed_on, here) if day), default=None)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
