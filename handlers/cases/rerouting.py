"""An open step whose holders are no longer those who were asked: it is put to those it is for now."""

from datetime import datetime

from handlers.cases import casework, progress, proxy_ends, record, whose
from handlers.chain.operate import Law, Reseat
from handlers.chain.seating import lapsed
from handlers.letters import notify
from storage import departures, requests
from storage.held import held
from storage.records import Request

ACT = "reroute"


async def all_open(because: str, at: datetime, by: str = "") -> int:
    """Look at every open step; how many had to be put to others.

    `because` stands in the trail, and `by`, who ran what brought it about. Proxies that posts and roles do
    not allow any more end before.
    """
    await proxy_ends.review(at, by)
    return sum([await one(number, because, at, by) for number in await departures.open_steps()])


async def held_by(person: str, because: str, at: datetime, by: str = "") -> int:
    """Look at the steps one person may decide; how many had to be put to others."""
    return sum([await one(number, because, at, by) for number in await departures.steps_of(person)])


async def one(number: str, because: str, at: datetime, by: str = "") -> bool:
    """Whether the open step of a request has other holders now: then they are asked.

    Those who were asked before and still may decide are not asked twice; who may no more sees so
    on their card. The ladder of reminders goes on.
    """
    request = (await held(request=number)).request
    if request is None or request.current is None:
        return False
    op, law = await _lapse(request, because, at)
    by_whom = record.By(by, at)
    unseated = await _unseated(request, op, by_whom, law)
    before = await requests.holders(request.id)
    step = (unseated or request).current
    now = await whose.holders(step, whose.applicant_of(request), at) if step else {}
    if now == before and unseated is None:
        return False
    note = f"{'、'.join(before) or '—'} → {'、'.join(now) or '—'}；{because}"
    request = await _recorded(request, unseated, op, by_whom, note)
    await notify.ask_newcomers(request, before, at, once=f"{ACT}:{request.id}:{request.trail_seq}")
    await progress.held_by(request, now, at)
    await notify.repaint(request, at)
    return True


async def _unseated(request: Request, op: Reseat, by: record.By, law: Law) -> Request | None:
    """The request without the places of those who may hold them no more; None where all may."""
    if not op.persons:
        return None
    moved = await casework.operated(request, op, by, law)
    assert isinstance(moved, Request), moved
    return moved


async def _lapse(request: Request, because: str, at: datetime) -> tuple[Reseat, Law]:
    """That those lose their place at the open step who may hold it no more, and what says so."""
    law, step = await casework.law(request, at), request.current
    return Reseat(because, lapsed(step, law) if step else ()), law


async def _recorded(
    request: Request, unseated: Request | None, op: Reseat, by: record.By, note: str
) -> Request:
    step = request.current
    assert step is not None
    if unseated is not None:
        after = await casework.recorded(request, unseated, op, ACT, by, article=step.article, note=note)
    else:
        stands = record.place(request)
        after = await record.keep(
            request, ACT, by, before=stands, after=stands, article=step.article, note=note
        )
    await requests.save(after)
    return after
