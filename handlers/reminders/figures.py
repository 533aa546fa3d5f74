"""The figures of a week, counted once on its first working morning and kept: a digest is opened later."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cards.form_impersonation import IMPERSONATION
from cards.form_rectify import RECTIFY
from cards.form_violation import VIOLATION
from handlers.kinds.process import PROCESSES
from handlers.people import whose
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.hearing import ACCEPT
from handlers.rules.vacancies import must_have_responsible
from handlers.rules.workdays import DAY
from storage import db, marks, outbox, overview, people, published, rounds
from storage.letters import LetterState
from storage.records import State

_CASES = (VIOLATION.kind, IMPERSONATION.kind, RECTIFY.kind)
"""What a unit does not see of itself, and the centre counts apart."""

WORST = 5
"""Overdue requests that a digest names."""


@dataclass(frozen=True, slots=True)
class Overdue:
    number: str
    unit: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """What was open at `counted`: by unit code how many are open, late, due within the week, and unfiled
    changes; the overdue of each unit, the longest first; units without a head, letters that did not arrive,
    people (工号) on no platform; how many requests of each kind, and of how many units of the inventory that
    runs or ended last how many have reported; leads that nobody has accepted or dropped, cases, and of both
    the late and those due within the week. No title is kept, for words may have to go (Article 8), and of
    leads and cases nobody's name."""

    monday: date
    counted: datetime
    units: dict[str, tuple[int, int, int, int]]
    late: tuple[Overdue, ...]
    vacant: tuple[str, ...]
    undelivered: int
    unreachable: tuple[str, ...]
    kinds: dict[str, int] = field(default_factory=dict)
    returns: tuple[int, int] = (0, 0)
    cases: tuple[int, int, int, int] = (0, 0, 0, 0)
    checkpoint: int = 0
    """Entries that the last checkpoint of the trail covers; 0 where there is none."""

    @property
    def week(self) -> str:
        """Its name, as a button carries it: 20261130, the Monday."""
        return _week(self.monday)


async def keep(at: datetime) -> Figures:
    """Those of the week of `at`, counted now unless they were before."""
    monday = _monday(at)
    if kept := await _kept(_week(monday)):
        return kept
    found = await _count(monday, at)
    await marks.put(_name(found.week), _document(found), at)
    return found


async def of(week: str, at: datetime) -> Figures:
    """The kept ones of a week (its Monday, 20261130); where none are, those of this moment."""
    return await _kept(week) or await _count(_monday(at), at)


def _monday(at: datetime) -> date:
    day = at.astimezone(SHANGHAI).date()
    return day - DAY * day.weekday()


async def _count(monday: date, at: datetime) -> Figures:
    after = monday + timedelta(days=7)
    until = datetime(after.year, after.month, after.day, tzinfo=SHANGHAI)
    units, late = {}, []
    but = [kind for kind, process in PROCESSES.items() if not process.seen_by_unit]
    for unit in await overview.busy_units(but):
        counts = await overview.of_units([unit], at, until, but)
        units[unit] = (counts.open, counts.late, counts.coming, counts.changes)
        late += [Overdue(one.number, unit, one.due_at) for one in await overview.late(at, WORST, [unit], but)]
    vacant = [
        unit.code
        for unit in await people.all_units()
        if must_have_responsible(unit) and not await whose.has_responsible(unit, at)
    ]
    return Figures(
        monday=monday,
        counted=at,
        units=units,
        late=tuple(sorted(late, key=lambda one: (one.due, one.number))),
        vacant=tuple(vacant),
        undelivered=(await outbox.counts()).get(LetterState.DEAD.value, 0),
        unreachable=tuple([person.id for person in await people.unreachable()]),
        kinds=await overview.by_kind(),
        returns=await _returns(),
        cases=await overview.of_kinds(_CASES, ACCEPT, at, until),
        checkpoint=last.size if (last := await published.last()) else 0,
    )


async def _returns() -> tuple[int, int]:
    """(reported, units) of the latest round, while some are missing."""
    latest = await rounds.latest()
    found = await rounds.returns(latest.id) if latest else []
    done = sum(one.state == State.RECORDED for one in found)
    return (done, len(found)) if done < len(found) else (0, 0)


def _week(monday: date) -> str:
    return f"{monday:%Y%m%d}"


def _name(week: str) -> str:
    return f"week:{week}"


def _document(found: Figures) -> dict[str, Any]:
    return {
        "units": found.units,
        "late": [[one.number, one.unit, db.to_ms(one.due)] for one in found.late],
        "vacant": found.vacant,
        "undelivered": found.undelivered,
        "unreachable": found.unreachable,
        "kinds": found.kinds,
        "returns": found.returns,
        "cases": found.cases,
        "checkpoint": found.checkpoint,
    }


async def _kept(week: str) -> Figures | None:
    mark = await marks.get(_name(week)) if week else None
    if mark is None:
        return None
    value = mark.value
    return Figures(
        monday=date.fromisoformat(week),
        counted=mark.at,
        units={unit: tuple(counts) for unit, counts in value["units"].items()},
        late=tuple(Overdue(number, unit, db.from_ms(due)) for number, unit, due in value["late"]),
        vacant=tuple(value["vacant"]),
        undelivered=value["undelivered"],
        unreachable=tuple(value["unreachable"]),
        kinds=value.get("kinds", {}),
        returns=tuple(value.get("returns", (0, 0))),
        cases=tuple(value.get("cases", (0, 0, 0, 0))),
        checkpoint=value.get("checkpoint", 0),
    )
