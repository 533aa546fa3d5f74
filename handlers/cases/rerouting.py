"""An open step whose holders are no longer those who were asked: it is put to those it is for now."""

from datetime import datetime

from handlers.cases import casework, convening, progress, proxy_ends, record
from handlers.chain.operate import Reseat
from handlers.chain.seating import lapsed
from handlers.letters import notify
from handlers.people import whose
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
    request = await convening.convened(request, at)
    step = request.current
    assert step is not None
    law = await casework.law(request, at)
    lost = Reseat(because, lapsed(step, law))
    by_whom = record.By(by, at)
    after = await casework.operated(request, lost, by_whom, law) if lost.persons else request
    assert isinstance(after, Request), after
    before = await requests.holders(request.id)
    now = await whose.turns(after, at) if lost.persons else await whose.with_added(step, law.holders, at)
    if now == before and not lost.persons:
        return False
    note = f"{'、'.join(before) or '—'} → {'、'.join(now) or '—'}；{because}"
    after = await _recorded(request, after, lost, by_whom, note, step.article)
    await requests.save(after)
    after = await convening.convened(after, at)
    now = await notify.ask_newcomers(after, before, at, once=f"{ACT}:{after.id}:{after.trail_seq}")
    await progress.held_by(after, now, at)
    await notify.repaint(after, at)
    return True


async def _recorded(
    before: Request, after: Request, op: Reseat, by: record.By, note: str, article: str
) -> Request:
    """In the trail: an operation where somebody lost a place, else that others hold it."""
    if op.persons:
        return await casework.recorded(before, after, op, ACT, by, article=article, note=note)
    return await record.kept_in_place(before, ACT, by, article, note)
