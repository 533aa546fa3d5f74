"""Records to `View`: everything a card about a request needs, loaded in a few queries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import phrases
from cards.view import Sight, View
from handlers import workyear
from handlers.chain.quorum import asked
from handlers.kinds.process import PROCESSES, beside
from handlers.people import concerned, whose
from handlers.rules.chain import of_added, offered
from handlers.rules.deadlines import SHANGHAI, chain_due, next_rung
from storage import duties, interpretations, media, people, requests, trail
from storage.duty_records import DutyKind
from storage.records import Act, Decision, Person, Request, State, TrailEntry
from storage.steps import How, Step


async def load(request: Request, reader: str, at: datetime) -> View:
    """The request as `reader` may be shown it now."""
    decisions = tuple(await requests.decisions(request.id))
    holders = await whose.turns(request, at)
    reminder, copies = await _reminder(request, at)
    unit = await people.unit(request.unit)
    obstacle = await _obstacle(request, at)
    before = await _before(request, decisions, reader)
    return View(
        request=request,
        face=PROCESSES[request.kind].face,
        reader=reader,
        now=at,
        unit=unit.name if unit else request.unit,
        units=await concerned.units_in(request),
        media=tuple(await media.several(request.form.get("media") or [])),
        people=await people.several(_named(request, decisions, holders, reader)),
        decisions=decisions,
        acts=_acts(request, reader),
        holders=holders,
        on_duty=frozenset(
            [one for one in holders if await whose.acts_on_duty(request, one, holders[one], at)]
        ),
        before=before,
        before_media=tuple(await media.several((before or {}).get("media") or [])),
        chains=await _chains(request, decisions),
        reminder=reminder,
        reminder_copies_center=copies,
        provisional=await _provisional(request),
        obstacle=obstacle,
        halted=bool(obstacle) and PROCESSES[request.kind].rests,
        finish=await _finish(request),
        said=await _said(request),
        concealed=await _concealed(request, reader),
        sight=await _sight(request, reader, holders),
        interpreted=tuple((one.clause, one.number) for one in await interpretations.valid()),
        told=frozenset(PROCESSES[request.kind].told(request)),
        adds=tuple([one.form for one in beside(request) if reader in await one.heard(request, at)]),
    )


async def _sight(request: Request, reader: str, holders: Mapping[str, str]) -> Sight | None:
    """Who decides sees the text of what they decide."""
    known = await people.get(reader)
    sight = await PROCESSES[request.kind].sight(request, known or Person(reader, reader, ""))
    return max(sight, Sight.TEXT) if sight is not None and reader in holders else sight


async def _concealed(request: Request, reader: str) -> frozenset[str]:
    known = await people.get(reader)
    return await PROCESSES[request.kind].conceals(request, known or Person(reader, reader, ""))


def _acts(request: Request, reader: str) -> tuple[Act, ...]:
    """What this reader may decide at the step that waits."""
    acts = offered(PROCESSES[request.kind].acts.get(request.step, ()), request.chain)
    added = reader in {seat.person for seat in asked(request.current)} if request.current else False
    to = PROCESSES[request.kind].returns.get(request.step)
    if to and request.named(to) is None:  # a zero return: nobody filled it in
        acts = tuple(act for act in acts if act is not Act.RETURN)
    return of_added(acts) if added else acts


async def _obstacle(request: Request, at: datetime) -> str:
    """What stands in the way while somebody could still let it go on."""
    goes_on = request.state in (State.IN_REVIEW, State.AWAITING_PUBLISH)
    return await PROCESSES[request.kind].obstacle(request, at) if goes_on else ""


async def _said(request: Request) -> tuple[TrailEntry, ...]:
    """What was asked, answered and advised; the record is only read where something was."""
    advised = any(seat.how is How.CONSULTED for step in request.chain for seat in step.seats)
    if not advised and not request.outcome.get("asked"):
        return ()
    told = (Act.ASK, Act.REPLY, Act.OPINION)
    return tuple(one for one in await trail.of(request.number) if one.act in told)


async def _finish(request: Request) -> datetime | None:
    """By when the last step is decided if each is in time, the one that waits included."""
    if request.current is None or request.due_at is None:
        return None
    steps = len(phrases.following(request.chain, request.step))
    return chain_due(request.due_at, steps, request.urgency, await workyear.current())


def _named(
    request: Request, decisions: tuple[Decision, ...], holders: dict[str, str], reader: str
) -> list[str]:
    named = [request.applicant, reader, *holders, *holders.values(), *concerned.people_in(request)]
    named += [person for decision in decisions for person in (decision.actor, decision.principal)]
    named += [*(request.outcome.get("cc") or ()), *PROCESSES[request.kind].told(request)]
    named += [person for step in request.chain for seat in step.seats for person in (seat.person, seat.by)]
    return named


async def _reminder(request: Request, at: datetime) -> tuple[datetime | None, bool]:
    """When the next reminder of the waiting step goes, and whether the centre is copied."""
    if request.current is None:
        return None, False
    duty = await duties.open_for(request.id, DutyKind.DECIDE)
    term = None if duty else await duties.open_for(request.id, DutyKind.TERM)
    if term and term.next_at:
        return term.next_at, bool(term.due_at and term.next_at > term.due_at)
    if duty is None or duty.next_at is None:
        return None, False
    rung = next_rung(duty.rung, duty.since, request.urgency, at, await workyear.current(), request.number)
    return duty.next_at, rung.copy_center


async def _before(request: Request, decisions: tuple[Decision, ...], reader: str) -> Mapping[str, Any] | None:
    """What the text was when this reader last decided, where that was an older version."""
    older = [d.version for d in decisions if d.actor == reader and d.version < request.version]
    return await requests.form_of(request.id, older[-1]) if older else None


async def _chains(request: Request, decisions: tuple[Decision, ...]) -> dict[int, tuple[Step, ...]]:
    older = {decision.version for decision in decisions if decision.version < request.base}
    return {version: await requests.chain_of(request.id, version) for version in older}


async def _provisional(request: Request) -> bool:
    if request.due_at is None:
        return False
    first, last = (at.astimezone(SHANGHAI).date() for at in (request.step_since, request.due_at))
    return (await workyear.current()).provisional(first, last)
