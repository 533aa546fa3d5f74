"""After every save: what is owed now begins, what is owed otherwise moves, what is owed no more ends."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers import workyear
from handlers.duties.table import CHANGE, DRAFT, of_request
from handlers.kinds.owes import Owes, S, Standing
from handlers.kinds.process import PROCESSES
from handlers.rules.deadlines import duty_due_change, reached
from handlers.rules.ladder import ahead
from handlers.rules.rungs import Hears
from storage import duties, requests
from storage.duty_records import Duty
from storage.records import Draft, Request, State, Urgency


async def request(saved: Request, at: datetime, *, held: bool) -> None:
    """What a request owes follows its state; `held` where somebody may decide its open step."""
    stands = {duty.kind: duty for duty in await duties.of_request(saved.id)}
    blank = _blank(at, saved.applicant, request=saved.id, step=saved.step, version=saved.version)
    standing = Standing(saved, held)
    for owes in of_request(saved.kind):
        if owes.while_(standing):
            await _owed(owes, standing, blank, stands.get(owes.kind), saved.urgency)
        elif owes.kind in stands:
            await duties.finish(stands[owes.kind].id)
    if PROCESSES[saved.kind].answers is not None:
        await changes(saved, at)


async def draft(saved: Draft) -> None:
    """Half an hour of silence after the last touch brings a reminder, however often it was reminded of."""
    stands = await duties.of_draft(saved.id)
    blank = _blank(saved.updated_at, saved.person, draft=saved.id)
    if DRAFT.while_(saved):
        await _owed(DRAFT, saved, blank, stands[0] if stands else None, Urgency.NORMAL)
    elif stands:
        await duties.finish(stands[0].id)


def _blank(at: datetime, person: str, **about: Any) -> Duty:
    """What would be owed from now on, but for what the line of the table says; `person` is the applicant."""
    return Duty(
        id=0, name="", kind=DRAFT.kind, article="", since=at, due_at=None, next_at=at, person=person, **about
    )


async def _owed(owes: Owes[S], subject: S, blank: Duty, stands: Duty | None, urgency: Urgency) -> None:
    """What is owed stands from now on; `stands` is what is open of this kind."""
    begins = owes.since(subject) if owes.since else blank.since
    due = owes.due(subject, blank.since)
    if stands and (stands.step, stands.version) == (blank.step, blank.version):
        if owes.since is None:
            return
        if stands.since == begins:
            await _moved(stands, due)
            return
    if stands:
        await duties.finish(stands.id)
    owed = replace(
        blank,
        name=f"{owes.kind}:{blank.request or blank.draft}",
        kind=owes.kind,
        article=owes.article(subject),
        since=begins,
        due_at=due,
        person=blank.person if owes.hears is Hears.APPLICANT else "",
    )
    await duties.begin(await _planned(owes, owed, urgency, blank.since))


async def _moved(stands: Duty, due: datetime | None) -> None:
    """Another arrangement of working days has moved what is owed."""
    if stands.due_at != due:
        await duties.move(stands.id, due, stands.next_at)


async def _planned(owes: Owes[S], owed: Duty, urgency: Urgency, at: datetime) -> Duty:
    """With its next reminder: a ladder that began before is gone on with, not begun anew."""
    if owes.ladder is None:
        return owed
    calendar = await workyear.current()
    climbed = reached(owes.ladder(owed, urgency, calendar), at)
    rung = climbed.index if climbed else 0
    return replace(owed, rung=rung, next_at=ahead(owes.ladder(owed, urgency, calendar), at, rung))


async def changes(filing: Request, at: datetime) -> None:
    """What is owed for changes of a medium follows the filing that answers it."""
    answers = PROCESSES[filing.kind].answers
    assert answers is not None, "only a process that answers changes is followed here"
    concerned = [*(filing.form.get("media") or [""]), *filing.facts.get("unit_media", ())]
    for duty in await duties.changes(concerned, filing.id):
        covered = answers(filing, duty.medium, duty.detail or {})
        if duty.request == filing.id:
            await _of_filing(duty, filing, filing.state if covered else None, at)
        elif covered and (filing.state is State.RECORDED or await _taken_up(duty, filing)):
            await _of_filing(duty, filing, filing.state, at)


async def _taken_up(duty: Duty, filing: Request) -> bool:
    """Whether a filing in review may answer a duty: no other in review does."""
    if not CHANGE.rests(filing.state):
        return False
    other = await requests.by_id(duty.request) if duty.request else None
    return other is None or not CHANGE.rests(other.state)


async def _of_filing(duty: Duty, filing: Request, state: State | None, at: datetime) -> None:
    """`state` is the filing's, None where it is about something else now."""
    resting = duty.request == filing.id and not duty.reminded
    if not CHANGE.while_(state):
        await duties.recorded(duty.id, filing.id)
    elif CHANGE.rests(state):
        if not resting:
            await duties.rest(duty.id, filing.id)
    elif state is not State.RETURNED:
        await _stands_again(duty, None, at)
    elif resting:
        await _stands_again(duty, filing.id, at)


async def _stands_again(duty: Duty, filing: int | None, at: datetime) -> None:
    """Owed as before: looked at at once, or where it was returned (`filing`) at its next rung."""
    calendar = await workyear.current()
    assert CHANGE.ladder is not None
    rung = ahead(CHANGE.ladder(duty, Urgency.NORMAL, calendar), at, duty.rung)
    due = duty_due_change(duty.changed_on, calendar).at
    await duties.stand(duty.id, filing, due, rung if filing else at)
