"""An open step whose holders are no longer those who were asked: it is put to those it is for now."""

from datetime import datetime

from handlers.cases import casework, progress, record, whose
from handlers.chain.operate import Law, Reseat
from handlers.letters import notify
from storage import departures, people, requests
from storage.held import held
from storage.letters import Lane
from storage.records import Request

ACT = "reroute"


async def all_open(because: str, at: datetime, by: str = "") -> int:
    """Look at every open step; how many had to be put to others.

    `because` stands in the trail, and `by`, who ran what brought it about.
    """
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
    before = await requests.holders(request.id)
    now = await whose.holders(request.current, whose.applicant_of(request), at)
    lapsed = await _lapsed(request, at)
    if now == before and not lapsed:
        return False
    request = await _recorded(request, before, now, because, record.By(by, at), lapsed=lapsed)
    once = f"{ACT}:{request.id}:{request.trail_seq}"
    if now:
        await _ask(request, [person for person in now if person not in before], at, once)
    else:
        await notify.ask(request, at, once=once)
    await progress.held_by(request, now, at)
    await notify.repaint(request, at)
    return True


async def _lapsed(request: Request, at: datetime) -> bool:
    """Whether whom the step was handed to may hold it no more."""
    step = request.current
    seat = step.given if step else None
    if step is None or seat is None:
        return False
    return seat.person not in await whose.peers(step, whose.applicant_of(request), at)


async def _recorded(
    request: Request,
    before: dict[str, str],
    now: dict[str, str],
    because: str,
    by: record.By,
    *,
    lapsed: bool,
) -> Request:
    step = request.current
    assert step is not None
    note = f"{'、'.join(before) or '—'} → {'、'.join(now) or '—'}；{because}"
    op, after = Reseat(because), request
    if lapsed:
        moved = await casework.operated(request, op, by, Law())
        assert isinstance(moved, Request), moved
        after = await casework.recorded(request, moved, op, ACT, by, article=step.article, note=note)
    else:
        stands = record.place(request)
        after = await record.keep(
            request, ACT, by, before=stands, after=stands, article=step.article, note=note
        )
    await requests.save(after)
    return after


async def _ask(request: Request, newcomers: list[str], at: datetime, once: str) -> None:
    args, known = notify.asking(request), await people.several(newcomers)
    await notify.tell(known.values(), "approval", args, at, lane=Lane.DECISION, request=request, once=once)
