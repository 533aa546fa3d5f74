"""What follows where no platform reaches whoever must decide, or they are reached elsewhere now."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from handlers.cases import record
from handlers.letters import notify, reach
from handlers.people import whose
from handlers.rules.permits import in_service
from storage import departures, outbox, requests, trail
from storage.letters import Lane, LetterState
from storage.records import Person, Platform, Request

ACT = "unreached"


async def moved(before: Person, after: Person, at: datetime) -> None:
    """Somebody has other accounts now: the open steps they hold are asked anew there, once.

    The cards on the old ones are closed. What is still under way goes to the new account by itself.
    """
    changed = [p for p in Platform if not reach.same(p, before.account(p), after.account(p))]
    if changed and in_service(after, at):
        for number in await departures.steps_of(after.id):
            await _ask_anew(number, after, changed, at)


async def _ask_anew(number: str, person: Person, changed: Iterable[Platform], at: datetime) -> None:
    request = await requests.get(number)
    if request is None or request.current is None:
        return
    copies = [copy for copy in await outbox.copies(request.id) if copy.person == person.id]
    old = [copy for copy in copies if copy.platform in changed and copy.template in notify.REPAINTED]
    await outbox.put([notify.update_of(copy, at) for copy in old])
    waiting = {
        card.platform for card in await reach.asked(request, person.id) if card.state is LetterState.QUEUED
    }
    new = [platform for platform in changed if person.account(platform) and platform not in waiting]
    if not new and person.accounts():
        return
    wecom, feishu = (person.account(p) if p in new else "" for p in (Platform.WECOM, Platform.FEISHU))
    there = replace(person, wecom=wecom, feishu=feishu)
    once = f"anew:{request.id}:{request.step}:{request.version}:{outbox.new_id(at)}"
    await notify.tell(
        [there], "approval", notify.asking(request), at, lane=Lane.DECISION, request=request, once=once
    )


async def say_unreached(request: Request, person: Person, why: str, at: datetime) -> bool:
    """Where nothing reaches somebody who must decide the step that waits, note it in the trail and tell
    the centre and the administrators, once for each step; False where something does reach them.

    The request is held by the caller.
    """
    step = request.current
    if step is None or person.id not in await whose.turns(request, at):
        return True
    if person.id not in await reach.unreached(request, [person.id]):
        return False
    stands, named = record.place(request), f"{person.name}（{person.id}）"
    known = await trail.of(request.number)
    if any(e.act == ACT and e.before == stands and e.note.startswith(named) for e in known):
        return True
    note = f"{named}：{why}"
    after = await record.kept_in_place(request, ACT, record.By("", at), step.article, note)
    await requests.save(after)
    told = [one for one in await notify.stewards(at, request) if one.id != person.id]
    args = {"request": request.id, "number": request.number, "person": person.id, "why": why}
    once = f"{ACT}:{request.id}:{after.trail_seq}"
    await notify.tell(told, ACT, args, at, request=request, once=once, urgent=True)
    return True
