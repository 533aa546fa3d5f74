"""The first-responsible person of a unit, as a change filed for one of its media says (Article 6(2))."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from cards.processes import change as cards
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.articles import ART_6_2
from handlers.rules.history import Strand
from handlers.rules.permits import SHANGHAI
from storage import appointments, imports, people, trail
from storage.records import Medium, Post, Request, TrailEntry, Unit

ITEM = "first_responsible"
APPOINTED = "appoint"
"""In the trail of the unit."""


async def concerned(medium: Medium, after: Mapping[str, Any]) -> str:
    """The unit whose appointment a filing means: the one that manages the medium, or will."""
    return await whose.managing_unit(after.get("host_unit") or medium.unit)


async def on(code: str, day: date) -> str:
    """Whom the unit itself had appointed at the end of that day; without a record of it, has now."""
    moment = _start(day + timedelta(days=1)) - timedelta(milliseconds=1)
    if (found := await appointments.last_appointed(code, Post.FIRST_RESPONSIBLE, moment)) is not None:
        return found
    unit = await people.unit(code)
    return unit.first_responsible if unit else ""


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


async def take_effect(request: Request, medium: Medium, strand: Strand, at: datetime) -> dict[str, Any]:
    """Appoint whom a recorded change names, from its day, unless the unit has somebody else by now.

    `strand` is the item as it was before it was recorded. Where an import has put in a third person,
    theirs is the later word: nothing is overwritten, and the administrators and the centre are told.
    Returns what came of it, for the request: `appointed`, `kept` or nothing.
    """
    unit = await people.unit(await concerned(medium, request.form["after"]))
    if unit is None:
        return {"kept": [ITEM]}
    filed = Strand(unit.first_responsible, strand.changes)
    person = filed.confirmed(request.id, at).recorded
    if person == unit.first_responsible:
        return {}
    if unit.first_responsible not in _replaced(strand, request.id):
        await _say_so(request, unit, at)
        return {"kept": [ITEM]}
    await _appoint(request, unit, person, at)
    return {"appointed": f"{unit.code} first responsible {unit.first_responsible or '—'} → {person}"}


def _replaced(strand: Strand, request: int) -> set[str]:
    """Whom the change replaces: who stood there before it, or before one that still waits."""
    place = next(n for n, change in enumerate(strand.changes) if change.request == request)
    waiting = [change for change in strand.changes[:place] if change.recorded_at is None]
    return {change.before for change in (*waiting, strand.changes[place])}


async def _appoint(request: Request, unit: Unit, person: str, at: datetime) -> None:
    """As an import would, but from the day of the change."""
    since = _start(date.fromisoformat(request.form["changed_on"]))
    deputies = tuple(deputy for deputy in unit.deputies if deputy != person)
    await imports.write_units([replace(unit, first_responsible=person, deputies=deputies)], since)
    await _note(request, unit, APPOINTED, person, at)


async def _say_so(request: Request, unit: Unit, at: datetime) -> None:
    """What was filed and what the books say are left for people to put right."""
    filed = str(request.form["after"][ITEM])
    await _note(request, unit, "appoint_kept", unit.first_responsible, at)
    known = await people.several([filed, unit.first_responsible])
    names = [known[one].name if one in known else one for one in (filed, unit.first_responsible)]
    text = cards.not_appointed(request.number, unit.name, names[0], names[1])
    args = {"title": cards.NOT_APPOINTED, "text": text}
    await notify.tell(await notify.stewards(at), "say", args, at, request=request, urgent=True)


async def _note(request: Request, unit: Unit, act: str, after: str, at: datetime) -> None:
    note = f"{request.number}: {request.form['after'][ITEM]} from {request.form['changed_on']}"
    entry = TrailEntry(
        f"unit:{unit.code}", 0, at, "", act, unit.first_responsible, after, article=ART_6_2, note=note
    )
    await trail.note(entry)
