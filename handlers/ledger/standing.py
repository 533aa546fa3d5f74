"""What stands in the way of a post at this moment: its media as they are recorded now."""

from datetime import datetime

from cards import halting as cards
from handlers.cases import whose
from handlers.rules.permits import Refusal, barred
from storage import media
from storage.records import MediumState, Request, State

_OPEN = (State.IN_REVIEW, State.RETURNED, State.AWAITING_PUBLISH)


async def bars(request: Request) -> Refusal | None:
    """The first fact that keeps an open post from going out, if any."""
    if request.state not in _OPEN:
        return None
    for medium in await media.several(request.form["media"]):
        if medium.unit == request.unit and medium.state is MediumState.ACTIVE:
            continue  # as nearly always: nothing has to be looked up
        own, its = await whose.managing_unit(request.unit), await whose.managing_unit(medium.unit)
        if found := barred(medium, own, its):
            return found
    return None


async def obstacle(request: Request, at: datetime) -> str:
    """Why a post can neither pass nor be registered as published now, or empty."""
    fact = await bars(request)
    return cards.obstacle(str(fact).rstrip("。"), request) if fact else ""
