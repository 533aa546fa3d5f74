"""An open step whose holders are no longer those who were asked: it is put to those it is for now."""

from dataclasses import replace
from datetime import datetime

from handlers import notify, progress, whose
from handlers.rules.permits import in_service
from storage import departures, people, requests
from storage.letters import Lane
from storage.records import Request

ACT = "reroute"


async def all_open(because: str, at: datetime) -> int:
    """Look at every open step; how many had to be put to others. `because` stands in the trail."""
    return sum([await one(number, because, at) for number in await departures.open_steps()])


async def held_by(person: str, because: str, at: datetime) -> int:
    """Look at the steps one person may decide; how many had to be put to others."""
    return sum([await one(number, because, at) for number in await departures.steps_of(person)])


async def one(number: str, because: str, at: datetime) -> bool:
    """Whether the open step of a request has other holders now: then they are asked.

    Those who were asked before and still may decide are not asked twice; who may no more sees so
    on their card. The ladder of reminders goes on.
    """
    request = await requests.hold(number)
    if request is None or request.current is None:
        return False
    request = await _unassigned(request, at)
    step = request.current
    assert step is not None
    before = await requests.holders(request.id)
    now = await whose.holders(step, whose.applicant_of(request), at)
    if now == before:
        return False
    request = await _recorded(request, before, now, because, at)
    once = f"{ACT}:{request.id}:{request.trail_seq}"
    if now:
        await _ask(request, [person for person in now if person not in before], at, once)
    else:
        await notify.ask(request, at, once=once)
    await progress.held_by(request, now, at)
    await notify.repaint(request, at)
    return True


async def _unassigned(request: Request, at: datetime) -> Request:
    """A step handed to somebody who has left is nobody's own any more."""
    step = request.chain[request.step]
    assigned = await people.get(step.assigned) if step.assigned else None
    if assigned is None or in_service(assigned, at):
        return request
    step = replace(step, assigned="", assigned_by="")
    return replace(request, chain=(*request.chain[: request.step], step, *request.chain[request.step + 1 :]))


async def _recorded(
    request: Request, before: dict[str, str], now: dict[str, str], because: str, at: datetime
) -> Request:
    stands, article = progress.place(request), request.chain[request.step].article
    note = f"{'、'.join(before) or '—'} → {'、'.join(now) or '—'}；{because}"
    after = await progress.record(
        request, ACT, progress.By("", at), before=stands, after=stands, article=article, note=note
    )
    await requests.save(after)
    return after


async def _ask(request: Request, newcomers: list[str], at: datetime, once: str) -> None:
    args = {
        "request": request.id,
        "number": request.number,
        "step": request.step,
        "version": request.version,
        "rung": 0,
    }
    known = await people.several(newcomers)
    await notify.tell(known.values(), "approval", args, at, lane=Lane.DECISION, request=request, once=once)
