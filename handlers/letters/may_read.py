"""Who may see a request's state and chain, and who its text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards.view import Sight, View
from handlers.kinds.process import PROCESSES
from handlers.letters import views
from handlers.people import whose
from handlers.rules.permits import Refusal, is_auditor, is_center
from storage import outbox, people, requests
from storage.records import Identity, Person


def involved(person: Person, view: View) -> bool:
    """Who asked, who has or had a place at a step or stands in, who was given a copy, and the centre: they
    may read the text."""
    if view.sight is not None:
        return view.sight >= Sight.TEXT
    named = {view.request.applicant, *view.holders, *view.holders.values()}
    for decision in view.decisions:
        named |= {decision.actor, decision.principal}
    named |= {seat.person for step in view.request.chain for seat in step.seats}
    named |= set(view.request.outcome.get("cc") or ())
    return person.id in named or is_center(person)


async def may_have(args: Mapping[str, Any], reader: str, at: datetime) -> bool:
    """Whether this reader may have the files of a request, which may tell more than its text."""
    found = await loaded(args, reader, at)
    if found is None:
        return False
    sight = found[1].sight
    return await may_have_text(*found) if sight is None else sight >= Sight.FILES


async def may_have_text(person: Person, view: View) -> bool:
    """Whether the text is for this reader: those involved, and of what is private those who alone see it."""
    private = PROCESSES[view.request.kind].private
    if private is None:
        return involved(person, view)
    known = {view.request.applicant, *await private(view.request, view.now)}
    return person.id in known or is_center(person)


async def may_see(person: Person, view: View) -> Refusal | None:
    """State and chain are shown to those involved, to staff of the same unit and to the auditor; what is
    private is shown whole or not at all."""
    if view.sight is not None:
        seen = view.sight >= Sight.STANDING
        return None if seen else Refusal(f"{view.request.number} 与您无关，不能查看。")
    if PROCESSES[view.request.kind].private:
        mine = await may_have_text(person, view)
        return None if mine else Refusal(f"{view.request.number} 与您无关，不能查看。")
    if involved(person, view) or is_auditor(person):
        return None
    if not PROCESSES[view.request.kind].seen_by_unit and not await _was_asked(person, view):
        return Refusal(f"{view.request.number} 与您无关，不能查看。")
    same = await whose.managing_unit(person.unit) == await whose.managing_unit(view.request.unit)
    if same and person.identity is Identity.STAFF:
        return None
    return Refusal(f"{view.request.number} 与您无关，不能查看。")


async def _was_asked(person: Person, view: View) -> bool:
    """The first-responsible person who was asked loses no sight of it while it rests, or when it is void."""
    if person.id != await whose.responsible_for(view.request.unit, view.now):
        return False
    return await outbox.last_shown(person.id, view.request.id, view.now) is not None


async def loaded(args: Mapping[str, Any], reader: str, at: datetime) -> tuple[Person, View] | None:
    request = await requests.by_id(int(args["request"]))
    person = await people.get(reader)
    if request is None or person is None:
        return None
    return person, await views.load(request, reader, at)
