"""The clock: reminders that are due, found by an index; what is due for one person is one message."""

from datetime import datetime

from handlers import digests, workyear
from handlers.digests import Nudge
from handlers.duty import deciding
from handlers.duty.kinds import MATTERS
from handlers.duty.matter import Hearer, Matter
from handlers.events import Reply, Tick
from handlers.rules.deadlines import Rung, permitted
from handlers.rules.ladder import KEY, reached_of
from handlers.rules.workdays import Calendar
from storage import duties, inbox, told
from storage.promises import Duty, DutyKind


async def handle(event: Tick) -> Reply:
    """Send every reminder that is due, and set the next of each; nothing due costs one indexed query."""
    if not (found := await duties.due_by(event.at)):
        return Reply()
    calendar = await workyear.current()
    nudges: list[Nudge] = []
    for duty in found:
        if duty.kind is DutyKind.VACANCY and duty.request is not None:
            await _look(duty, event.at)
        else:
            nudges += await _due(duty, event.at, calendar)
    await digests.send(nudges, event.at)
    return Reply()


async def forget(event: Tick) -> Reply:
    """Once a day: keys of events that cannot come again are dropped."""
    await inbox.forget(event.at)
    return Reply()


async def _look(duty: Duty, at: datetime) -> None:
    """Nobody could decide a step: looked at again on every tick until somebody can."""
    if await deciding.look(duty, at):
        await duties.finish(duty.id)
    else:
        await duties.remind_next(duty.id, duty.rung, at)


async def _due(duty: Duty, at: datetime, calendar: Calendar) -> list[Nudge]:
    """Who is to be told of one duty now; after downtime only the highest rung, once."""
    matter = await MATTERS[duty.kind].load(duty, at)
    if matter is None:
        await digests.settle(duty, at)
        return []
    if not matter.urgent and (allowed := permitted(at, calendar, KEY)) > at:
        await duties.remind_next(duty.id, duty.rung, allowed)
        return []
    climbed = reached_of(matter.rungs(calendar), at)
    new = [rung for rung in climbed if rung.index > duty.rung]
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
