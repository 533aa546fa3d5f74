"""Media of a campaign are asked in slices: a card for each of those who run one, and what is owed."""

from datetime import datetime

from cards import silence as texts
from cards.form_dispatch import NO
from cards.processes import dispatch as cards
from handlers import workyear
from handlers.campaigns import showing
from handlers.events import Reply, Tick
from handlers.letters import notify
from handlers.people.operators import operators
from handlers.processes import dispatch
from handlers.rules.articles import ART_5_1
from handlers.rules.calling import call_ladder
from handlers.rules.ladder import ahead
from storage import campaigns, duties, media, requests, told
from storage.campaigns import Call
from storage.duty_records import Duty, DutyKind
from storage.letters import Lane
from storage.records import Medium, Request, State

SLICE = 5
"""Media asked in one transaction: others get their turn between two slices."""


async def ask_some(event: Tick) -> Reply:
    """The next few media that are to be asked."""
    found = await campaigns.unasked(SLICE)
    for call in found:
        await _ask(call, event.at)
    return Reply(left=event.after if len(found) == SLICE else None)


async def _ask(call: Call, at: datetime) -> None:
    """Whoever runs the medium gets its card on every platform; an older one of the same says what is true."""
    await campaigns.asked(call.id, at)
    request, on = await requests.by_id(call.request), await media.several([call.medium])
    if request is None or not on:
        return
    if cards.silent(request):
        await _say_silence(request, on[0], at)
        return
    if request.state is not State.RECORDED:
        return
    before = await showing.owed(request, call.medium)
    if before:
        await duties.finish(before.id)
        await showing.repaint(request, call.medium, at, close=True)
    await duties.begin(await _planned(request, on[0], at))
    duty = await showing.owed(request, call.medium)
    assert duty is not None, "it was begun just now"
    people = await operators(on[0], at)
    for person in people:
        await told.enter(duty.id, person.id, 0, at)
    there = [person for person in people if person.accounts()]
    args = {"duty": duty.id}
    once = f"call:{duty.id}"
    await notify.tell(there, "duty", args, at, lane=Lane.DECISION, request=request, once=once, urgent=True)


async def _say_silence(request: Request, medium: Medium, at: datetime) -> None:
    """Whoever runs a medium learns of a silence when it is ordered, and when it is lifted; each once, however
    many media they run."""
    lifted = request.state is not State.RECORDED
    args = {"title": texts.title(request, lifted=lifted), "text": texts.said(request, at, lifted=lifted)}
    once = f"silence:{request.id}:{request.state}"
    people = await operators(medium, at)
    await notify.tell(people, "say", args, at, request=request, once=once, urgent=True)


async def _planned(request: Request, medium: Medium, at: datetime) -> Duty:
    """What is owed, with its first reminder; none where no answer is asked for."""
    since, until = max(dispatch.begins(request), at), dispatch.ends(request)
    rungs = call_ladder(since, until, await workyear.current())
    quiet = request.form.get("must_reply") == NO
    return Duty(
        id=0,
        name=showing.name(request, medium.no),
        kind=DutyKind.CALL,
        article=ART_5_1,
        since=since,
        due_at=until,
        next_at=None if quiet else ahead(rungs, at, 0),
        person=medium.operator,
        request=request.id,
        medium=medium.no,
    )
