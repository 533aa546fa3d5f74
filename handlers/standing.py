"""What stands in the way of a post at this moment: its media as they are recorded now."""

from datetime import datetime

from cards import halting as cards
from handlers import whose
from handlers.rules.permits import Refusal, barred
from storage import media
from storage.records import Request, State

_OPEN = (State.IN_REVIEW, State.RETURNED, State.AWAITING_PUBLISH)


async def bars(request: Request) -> Refusal | None:
    """The first fact that keeps an open post from going out, if any."""
    if request.state not in _OPEN:
        return None
    own = await whose.managing_unit(request.unit)
    for medium in await media.several(request.form["media"]):
        if found := barred(medium, own, await whose.managing_unit(medium.unit)):
            return found
    return None


async def obstacle(request: Request, at: datetime) -> str:
    """Why a post can neither pass nor be registered as published now, or empty."""
    fact = await bars(request)
    return cards.obstacle(str(fact).rstrip("。"), request) if fact else ""
