"""An operation on a request: what is true at that moment, what it becomes, and what the trail keeps of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from handlers import workyear
from handlers.cases import record
from handlers.chain.operate import Actor, Law, Op, Refusal, Submit, begin, data_of, operate
from handlers.chain.step import carried, case_of
from handlers.kinds.process import PROCESSES
from handlers.people import whose
from handlers.rules.deadlines import resumed_since, step_due, still_planned
from handlers.rules.permits import serves
from storage import departures, people, requests, trail
from storage.held import held
from storage.records import Act, Request, State

Shown = tuple[str, int] | None
"""The step and version that somebody was last shown of a request, if any."""


async def law(
    request: Request,
    at: datetime,
    *,
    shown: Shown = None,
    passing: bool = False,
    naming: Collection[str] = (),
) -> Law:
    """What is true of a request at this moment; where it is to be passed, what follows from that is
    held (media, the posts on them, the steps that others will hold) and the obstacle is looked for.

    `naming` are the people whom an operation would give a place.
    """
    step, process = request.current, PROCESSES[request.kind]
    applicant = whose.applicant_of(request)
    if passing:
        await hold_for_passing([request])
    return Law(
        holders=await whose.owners(step, applicant, at) if step else {},
        peers=await whose.peers(step, applicant, at) if step else (),
        acts=process.acts,
        shown=shown,
        obstacle=await process.obstacle(request, at) if passing else "",
        staff=await _staff(
            [*naming, *(seat.person for seat in step.seats)] if step else naming, applicant, at
        ),
        elsewhere=await _elsewhere(request, at) if naming else (),
        revisable=Act.REVISE in process.face.applicants and process.revisable(request),
    )


async def hold_for_passing(passing: Sequence[Request]) -> None:
    """Hold what follows where these requests pass: media, the posts on them, the steps others will hold, and
    what they opened."""
    written = [no for one in passing for no in await PROCESSES[one.kind].writes(one.form)]
    reseats = any(PROCESSES[one.kind].reseats(one) for one in passing)
    steps = await departures.open_steps() if reseats else []
    opened = [number for one in passing for number in one.outcome.get("opened", ())]
    await held(request=[*steps, *opened, *await requests.open_posts(written)], medium=written)


async def _staff(persons: Collection[str], applicant: whose.Applicant, at: datetime) -> list[str]:
    """Those of them who may be asked: nobody judges what is theirs."""
    known = await people.several(list(persons))
    return [one.id for one in known.values() if serves(one, at) and one.id not in applicant.parties]


async def _elsewhere(request: Request, at: datetime) -> set[str]:
    """Who holds another mandatory step: one person answers for one (operations on a chain, 转办)."""
    others = [step for step in request.chain if step.name != request.step and not step.passed_by_rule]
    applicant = whose.applicant_of(request)
    return {person for step in others for person in await whose.owners(step, applicant, at)}


async def operated(request: Request, op: Op, by: record.By, law: Law) -> Request | Refusal:
    """The request after an operation, times of its next step included, or why it is refused.

    Nothing is written.
    """
    case = operate(case_of(request, PROCESSES[request.kind].ends), op, Actor(by.actor, by.principal), law)
    if isinstance(case, Refusal):
        return case
    return await timed(request, carried(request, case), by.at)


async def submitted(request: Request, by: record.By) -> tuple[Request, str]:
    """A request at the first step that somebody has to decide, and what its trail keeps of that."""
    op = Submit(request.chain, request.digest, PROCESSES[request.kind].ends)
    begun = carried(request, begin(op, Actor(by.actor)))
    return await timed(replace(request, step=""), begun, by.at), data_of(op, "")


async def timed(before: Request, after: Request, at: datetime) -> Request:
    """The request with its step's times: they begin anew where another step waits, or where it had not been
    waiting (taken back after a return); after a pause they go on, and so they do beside what is added."""
    if after.current is None:
        return after if after.state is before.state else replace(after, due_at=None)
    process = PROCESSES[after.kind]
    term = process.term(after)
    if before.current and before.step == after.step and process.opens(before) == process.opens(after):
        return replace(after, due_at=term or after.due_at)
    calendar = await workyear.current()
    pause = await trail.last(before.number, Act.PAUSE) if before.state is State.PAUSED else None
    since = resumed_since(before.step_since, pause.at, at, after.urgency, calendar) if pause else at
    since = max(since, process.opens(after) or since)
    due = term or step_due(since, after.urgency, calendar, still_planned(after.form, at)).at
    return replace(after, step_since=since, due_at=due)


async def recorded(
    before: Request, after: Request, op: Op, act: str, by: record.By, *, article: str, note: str = ""
) -> Request:
    """Append an operation to the trail; the request then carries the trail's new head."""
    return await record.keep(
        after,
        act,
        by,
        before=record.place(before),
        after=record.place(after),
        article=article,
        note=note,
        data=data_of(op, before.step),
    )
