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
    by_whom, op = record.By(by, at), Reseat(because)
    before = await requests.holders(request.id)
    now = await whose.holders(request.current, whose.applicant_of(request), at)
    unseated = await _unseated(request, op, by_whom)
    if now == before and unseated is None:
        return False
    note = f"{'、'.join(before) or '—'} → {'、'.join(now) or '—'}；{because}"
    request = await _recorded(request, unseated, op, by_whom, note)
    once = f"{ACT}:{request.id}:{request.trail_seq}"
    if now:
        await _ask(request, [person for person in now if person not in before], at, once)
    else:
        await notify.ask(request, at, once=once)
    await progress.held_by(request, now, at)
    await notify.repaint(request, at)
    return True


async def _unseated(request: Request, op: Reseat, by: record.By) -> Request | None:
    """The request without the seat it was handed to, where its bearer may hold it no more."""
    step = request.current
    if step is None or step.given is None:
        return None
    law = Law(peers=await whose.peers(step, whose.applicant_of(request), by.at))
    moved = await casework.operated(request, op, by, law)
    return moved if isinstance(moved, Request) else None


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


async def _ask(request: Request, newcomers: list[str], at: datetime, once: str) -> None:
    args, known = notify.asking(request), await people.several(newcomers)
    await notify.tell(known.values(), "approval", args, at, lane=Lane.DECISION, request=request, once=once)
