"""What stands in the way of a post at this moment: its media as they are recorded now."""

from datetime import date, datetime

from cards import halting as cards
from cards.notice_number import order
from handlers.people import whose
from handlers.rules.permits import Refusal, barred
from storage import ledger, media, orders, requests
from storage.records import OPEN, Medium, MediumState, Request


async def bars(request: Request) -> Refusal | None:
    """The first fact that keeps an open post from going out, if any."""
    if request.state not in OPEN:
        return None
    for medium in await media.several(request.form["media"]):
        if medium.unit == request.unit and medium.state is MediumState.ACTIVE:
            continue  # as nearly always: nothing has to be looked up
        own, its = await whose.managing_unit(request.unit), await whose.managing_unit(medium.unit)
        if found := barred(medium, own, its, await ordered(medium)):
            return found
    return None


async def ordered(medium: Medium) -> str:
    """By which notices a medium is stopped, in words; empty where none says so."""
    if medium.state is not MediumState.SUSPENDED:
        return ""
    standing = await orders.standing([medium.no])
    return "、".join(map(order, standing.get(medium.no, ())))


async def ordered_by(medium: Medium, day: date) -> bool:
    """Whether a medium that is stopped was so by the end of that day: what is dated later would undo it."""
    given = [c.effective_on for c in await ledger.history(medium.no) if c.item == orders.ITEM and c.after]
    return medium.state is MediumState.SUSPENDED and any(one <= day for one in given)


async def still_ordered(medium: Medium) -> str:
    """As `ordered`, whatever became of the medium: the notices that are open and would lift their orders."""
    standing = (await orders.standing([medium.no])).get(medium.no, ())
    found = [await requests.get(one) for one in standing]
    return "、".join(order(one.number) for one in found if one and one.state in OPEN)


async def obstacle(request: Request, at: datetime) -> str:
    """Why a post can neither pass nor be registered as published now, or empty."""
    fact = await bars(request)
    return cards.obstacle(str(fact).rstrip("。"), request) if fact else ""
