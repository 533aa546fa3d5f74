"""The clock: reminders that are due, found by an index; what is due for one person is one message."""

from datetime import datetime

from handlers import workyear
from handlers.cases import elapsing, leads
from handlers.duties.matter import Hearer, Matter
from handlers.events import NOWHERE, Place, Reply, Tick
from handlers.reminders import bundle, deciding
from handlers.reminders.bundle import Nudge
from handlers.reminders.kinds import MATTERS
from handlers.rules.deadlines import permitted
from handlers.rules.ladder import KEY, reached_of
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar
from storage import duties, gathered, requests, told
from storage.duty_records import Duty, DutyKind

SLICE = 3
"""Duties of one transaction: others get their turn between two slices."""

ONE_BY_ONE: Place = (-2, 0)
"""Behind the last duty: what the slices gathered is put together."""


async def handle(event: Tick) -> Reply:
    """Send the reminders of a slice that is due, and set the next of each; nothing due costs one indexed
    query. Letters wait for the last slice; then what several have for one person becomes one message, person
    by person."""
    if event.after == ONE_BY_ONE:
        return await _put_together(event.at)
    found = await duties.due_by(event.at, event.after, SLICE)
    calendar = await workyear.current() if found else Calendar()
    nudges: list[Nudge] = []
    for one in found:
        if duty := await _held(one, event.at):
            nudges += await _due(duty, event.at, calendar)
    await bundle.send(nudges, event.at)
    more = len(found) == SLICE
    if not more and event.after == NOWHERE:
        return Reply()
    await gathered.hold(event.at)
    return Reply(left=duties.place(found[-1]) if more else ONE_BY_ONE)


async def _put_together(at: datetime) -> Reply:
    """One message of all that slices have for somebody, or all of them on their way."""
    if await bundle.put_together(at):
        return Reply(left=ONE_BY_ONE)
    await gathered.release(at)
    return Reply()


async def _held(duty: Duty, at: datetime) -> Duty | None:
    """The duty as it is once its request is held, and who may decide that looked up anew; None where somebody
    acts on it at this moment (the next tick is soon), and where nothing is to be reminded of."""
    if duty.request is None:
        return duty
    request = await requests.hold_free(duty.request)
    if request is None:
        return None
    if duty.kind in (DutyKind.DECIDE, DutyKind.TERM, DutyKind.VACANCY):
        await deciding.look(request, at)
    current = await duties.get(duty.id)
    if current is None or current.next_at is None or current.next_at > at:
        return None
    return current


async def _due(duty: Duty, at: datetime, calendar: Calendar) -> list[Nudge]:
    """Who is to be told of one duty now; after downtime only the highest rung, once."""
    if duty.kind is DutyKind.VACANCY and duty.request is not None:
        await duties.remind_next(duty.id, duty.rung, at)  # nobody can decide yet: looked at on every tick
        return []
    matter = await MATTERS[duty.kind].load(duty, at)
    if matter is None:
        await bundle.settle(duty, at)
        return []
    if not matter.anytime(at) and (allowed := permitted(at, calendar, KEY)) > at:
        await duties.remind_next(duty.id, duty.rung, allowed)
        return []
    if duty.kind is DutyKind.TERM and await elapsing.passed_by(matter.request, at):
        return []
    climbed = reached_of(matter.rungs(calendar), at)
    new = [rung for rung in climbed if rung.index > duty.rung]
    if new and await matter.ended(new, at):
        return []
    if new and (fact := await matter.question(new, at)):
        await leads.found(fact, at)
    nudges = await _nudges(matter, climbed, new, at)
    index = new[-1].index if new else duty.rung
    await duties.remind_next(duty.id, index, await matter.next_look(index, at, calendar))
    return nudges


async def _nudges(matter: Matter, climbed: list[Rung], new: list[Rung], at: datetime) -> list[Nudge]:
    """Those who hear the new rungs and did not put the matter off; and those whose putting off ends."""
    duty = matter.duty
    woken = await told.wake(duty.id, at)
    later = await told.put_off_by(duty.id)
    nudges = [
        Nudge(matter, hearer, f"remind:{duty.id}:{new[-1].index}")
        for hearer in (await matter.hearers(new, at) if new else [])
        if hearer.person.id not in later and await _hears(duty, hearer, new[-1].index, at)
    ]
    reminded = {nudge.hearer.person.id for nudge in nudges}
    for hearer in await matter.hearers(climbed, at) if climbed and set(woken) - reminded else []:
        if hearer.person.id in woken and hearer.person.id not in reminded:
            await told.again(duty.id, hearer.person.id, climbed[-1].index, at)
            nudges.append(Nudge(matter, hearer, f"again:{duty.id}:{int(at.timestamp())}"))
    return nudges


async def _hears(duty: Duty, hearer: Hearer, rung: int, at: datetime) -> bool:
    """Whether this person can be reached and has not heard this rung yet; then it is noted that they do."""
    return bool(hearer.person.accounts()) and await told.enter(duty.id, hearer.person.id, rung, at)
