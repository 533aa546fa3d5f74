"""A silence begins and ends: whoever has a post on its way is told once, in slices."""

from handlers.cases import halting
from handlers.events import Reply, Tick
from storage import silences
from storage.held import held
from storage.silences import Silence

SLICE = 10
"""Posts of one transaction: others get their turn between two slices."""


async def handle(event: Tick) -> Reply:
    """The next posts that a silence which has begun, or is over, concerns. What is true of each is looked up
    then, so that a slice done twice tells nothing twice."""
    due = await _due(event)
    if due is None:
        return Reply()
    order, last = event.after
    posts = await silences.open_posts(last if order == due.request else 0, SLICE)
    numbers = [number for _, number in posts]
    if numbers:
        await held(request=numbers)
        await halting.look_at(numbers, event.at, due.number)
    if len(posts) == SLICE:
        return Reply(left=(due.request, posts[-1][0]))
    told = silences.told_over if due.ends_at <= event.at else silences.told_begun
    await told(due.request, event.at)
    return Reply(left=(0, 0))


async def _due(event: Tick) -> Silence | None:
    """The first whose beginning or end was not told to all."""
    for one in await silences.lasting():
        if one.ends_at <= event.at or (one.starts_at <= event.at and not one.begun):
            return one
    return None
