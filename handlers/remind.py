"""The clock: reminders that are due, found by an index; after downtime the highest rung, once."""

from collections.abc import Collection
from datetime import timedelta

from cards.card import Tone
from handlers import notify, whose, workyear
from handlers.events import Reply, Tick
from handlers.rules.deadlines import next_rung, permitted, reached, step_rungs, working_time
from storage import drafts, duties, inbox, people, requests
from storage.promises import Duty, DutyKind
from storage.records import Draft, Request, State, Urgency


async def handle(event: Tick) -> Reply:
    """Send every reminder that is due, and set the next of each."""
    for duty in await duties.due_by(event.at):
        await _REMINDERS[duty.kind](duty, event)
    for request in await requests.unheld():
        await _found(request, event)
    return Reply()


async def _found(request: Request, event: Tick) -> None:
    """A step that nobody could decide is put to whoever can decide it now."""
    step = request.current
    if step and await whose.holders(step, whose.applicant_of(request), event.at):
        once = f"found:{request.id}:{request.trail_seq}"
        await requests.set_holders(request.id, await notify.ask(request, event.at, once=once))


async def forget(event: Tick) -> Reply:
    """Once a day: keys of events that cannot come again are dropped."""
    await inbox.forget(event.at)
    return Reply()


async def _decide(duty: Duty, event: Tick) -> None:
    """A waiting step: those who may decide, from the third rung on the centre too."""
    request = await requests.by_id(duty.request or 0)
    waits = request is not None and request.current is not None
    if request is None or not waits or (request.step, request.version) != (duty.step, duty.version):
        await duties.remind_next(duty.id, duty.rung, None)
        return
    calendar = await workyear.current()
    allowed = permitted(event.at, calendar, request.number)
    if request.urgency is Urgency.NORMAL and allowed > event.at:
        await duties.remind_next(duty.id, duty.rung, allowed)
        return
    highest = reached(step_rungs(duty.since, request.urgency, calendar, request.number), event.at)
    index = highest.index if highest else duty.rung + 1
    if index > duty.rung:
        holders = await notify.ask(request, event.at, rung=index, once=f"remind:{duty.id}:{index}")
        await requests.set_holders(request.id, holders)
        if highest and highest.copy_center:
            await _copy_center(request, event, index, holders)
    following = next_rung(index, duty.since, request.urgency, event.at, calendar, request.number)
    await duties.remind_next(duty.id, index, following.at)


async def _copy_center(request: Request, event: Tick, index: int, asked: Collection[str]) -> None:
    """The centre, but for those of it who were asked themselves."""
    args = {"request": request.id, "number": request.number}
    once = f"overdue:{request.id}:{request.version}:{request.step}:{index}"
    copied = [person for person in await notify.center(event.at) if person.id not in asked]
    await notify.tell(copied, "overdue", args, event.at, request=request, once=once)


async def _receipt(duty: Duty, event: Tick) -> None:
    """Passed, and nobody said that it is out: the applicant is asked, then each working day."""
    request = await requests.by_id(duty.request or 0)
    applicant = await people.get(duty.person)
    if request is None or applicant is None or request.state is not State.AWAITING_PUBLISH:
        await duties.remind_next(duty.id, duty.rung, None)
        return
    calendar = await workyear.current()
    allowed = permitted(event.at, calendar, request.number)
    if allowed > event.at:
        await duties.remind_next(duty.id, duty.rung, allowed)
        return
    args = {"request": request.id, "number": request.number}
    once = f"receipt:{duty.id}:{duty.rung + 1}"
    await notify.tell([applicant], "receipt_due", args, event.at, request=request, once=once)
    following = working_time(event.at + timedelta(hours=15), timedelta(minutes=7), calendar)
    await duties.remind_next(duty.id, duty.rung + 1, following)


async def _draft(duty: Duty, event: Tick) -> None:
    """Half an hour without a word: the draft is still there."""
    allowed = permitted(event.at, await workyear.current(), str(duty.draft))
    await duties.remind_next(duty.id, duty.rung, allowed if allowed > event.at else None)
    if allowed > event.at:
        return
    draft: Draft | None = await drafts.get(duty.draft or 0)
    person = await people.get(duty.person)
    if draft and person and draft.state == "open" and (draft.form.get("title") or draft.form.get("media")):
        args = {"reminder": True, "tone": Tone.WAITING}
        once = f"draft:{draft.id}:{draft.rev}"
        await notify.tell([person], "unfinished", args, event.at, once=once)


_REMINDERS = {DutyKind.DECIDE: _decide, DutyKind.RECEIPT: _receipt, DutyKind.DRAFT: _draft}
