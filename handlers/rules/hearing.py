"""The terms of a case (Articles 13, 14; form F10): who is heard until when, and what may follow then."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from handlers.rules.deadlines import SHANGHAI, Due, days_after
from handlers.rules.workdays import Calendar
from storage.vocabulary import CHANGED, CLOSE, REVOKED, STOP, UNFOUNDED

ACCEPT, DISPOSE, APPEAL = "accept", "dispose", "appeal"
"""The steps of a case; the last is added by an appeal."""

HEARING_DAYS = 3
APPEAL_DAYS = 5
REPEATED = 2
"""Upheld cases of a unit within twelve months that ask whether Article 13(1) applies."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who was told what is alleged, when, and the first instant at which silence no longer keeps anybody
    from deciding; it never decides."""

    concerned: tuple[str, ...]
    since: datetime
    ends: datetime

    @classmethod
    def of(cls, outcome: Mapping[str, Any]) -> Self | None:
        """As the outcome of a case keeps it; None before it was accepted."""
        if not (kept := outcome.get("hearing")):
            return None
        since, ends = (datetime.fromisoformat(kept[name]) for name in ("since", "ends"))
        return cls(tuple(kept["concerned"]), since, ends)

    def kept(self) -> dict[str, Any]:
        """As `of` reads it."""
        times = {"since": self.since.isoformat(), "ends": self.ends.isoformat()}
        return {"concerned": list(self.concerned), **times}

    def silent(self, form: Mapping[str, Any]) -> list[str]:
        """Who has said nothing yet."""
        said = pleaded(form)
        return [one for one in self.concerned if one not in said]

    def open(self, form: Mapping[str, Any], at: datetime) -> bool:
        """Whether somebody may still answer before anything is decided."""
        return bool(self.silent(form)) and at < self.ends


def hearing(concerned: Collection[str], accepted_at: datetime, calendar: Calendar) -> Hearing:
    """Those concerned have the whole third working day after the one on which they were told."""
    assert concerned, "nobody is judged unheard"
    ends = days_after(accepted_at.astimezone(SHANGHAI).date(), HEARING_DAYS, calendar).at
    return Hearing(tuple(concerned), accepted_at, ends)


def pleaded(form: Mapping[str, Any]) -> set[str]:
    return {one["person"] for one in form.get("pleas", ())}


def appeal_ends(decided_at: datetime, calendar: Calendar) -> Due:
    """Until when it may be appealed against: the whole fifth working day after it."""
    return days_after(decided_at.astimezone(SHANGHAI).date(), APPEAL_DAYS, calendar)


def in_force(form: Mapping[str, Any]) -> Mapping[str, Any]:
    """The decision as it stands after a review, if there was one: finding, measures, and what goes with them;
    empty before somebody decided, and where it was revoked."""
    given, again = form.get("disposal") or {}, form.get("review") or {}
    if again.get("result") == REVOKED:
        return {}
    if again.get("result") != CHANGED:
        return given
    return {**{name: given[name] for name in _STAYS if name in given}, **again}


_STAYS = ("finding", "problem", "requirement", "due_on", "on_media")
"""What a review that changes the measures leaves as it was where it says nothing of it."""


def measures(form: Mapping[str, Any]) -> frozenset[str]:
    """The measures that somebody decided and that stand."""
    stands = in_force(form)
    return frozenset() if stands.get("finding") == UNFOUNDED else frozenset(stands.get("measures", ()))


def upheld(form: Mapping[str, Any]) -> bool:
    """Whether a closed case found something."""
    return bool(in_force(form).get("finding", UNFOUNDED) != UNFOUNDED)


def repeated(closed: Iterable[date], today: date) -> int:
    """How many of these days lie within the twelve months up to today.

    > 因监管不力导致出现错误导向或多次出现问题的。（第十三条（一））
    """
    leap = (today.month, today.day) == (2, 29)
    since = today.replace(year=today.year - 1, day=28 if leap else today.day)
    return sum(since < day <= today for day in closed)


def media_of(form: Mapping[str, Any], part: str) -> Sequence[str]:
    """The media that a decision names, else those of the case."""
    given = form.get(part)
    if not given or not {STOP, CLOSE} & set(given.get("measures", ())):
        return list((given or {}).get("on_media") or ())
    return list(given.get("on_media") or form.get("media") or ())
