"""What stands in the way of a post at this moment: its media as they are recorded now."""

from datetime import date, datetime

from cards import halting as cards
from cards.halting import said
from cards.notice_number import order, runs_again
from handlers.people import whose
from handlers.rules.permits import FREE, Bar, Hold, barred
from storage import ledger, media, orders, requests, silences
from storage.records import OPEN, Medium, MediumState, Request, State


async def bars(request: Request, at: datetime) -> Bar | None:
    """The first thing that keeps an open post from going out at that moment; what stops its approval too
    comes before a silence, which does not."""
    if request.state not in OPEN:
        return None
    silent: Bar | None = None
    for medium in await media.several(request.form["media"]):
        kept = await hold(medium, at)
        if medium.unit == request.unit and medium.state is MediumState.ACTIVE and kept == FREE:
            continue  # as nearly always: nothing more has to be looked up
        own, its = await whose.managing_unit(request.unit), await whose.managing_unit(medium.unit)
        found = barred(medium, own, its, kept)
        if found and not found.reviewed:
            return found
        silent = silent or found
    return silent


async def hold(medium: Medium, at: datetime) -> Hold:
    """By whose word nothing goes out on a medium at that moment."""
    silence = await silences.over(medium.no, at)
    by = await ordered(medium)
    silent = said(silence.number, silence.ends_at) if silence else ""
    return Hold(by, silent, runs_again(by) if by else "")


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
    """Why a post can neither pass nor be registered as published now, or empty; what keeps silence may be
    decided, and does not go out."""
    bar = await bars(request, at)
    if bar is None or (bar.reviewed and request.state is not State.AWAITING_PUBLISH):
        return ""
    return cards.obstacle(str(bar.fact).rstrip("。"), request)
