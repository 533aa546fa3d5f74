"""What follows once a request was saved: who is asked, what is owed, and which cards are repainted."""

from collections.abc import Mapping
from datetime import datetime

from cards.operations import together
from handlers.cases import convening, outlived
from handlers.chain.quorum import answered
from handlers.duties import follow
from handlers.duties.asking import ask_beside
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from storage import requests
from storage.records import Request
from storage.steps import Step


async def settle(
    request: Request, at: datetime, *, shown: str = "", tell: bool = False,
    before: Request | None = None, by: str = "",
) -> None:  # fmt: skip
    """After the request was saved: owe what is owed now, ask who must decide, repaint what is shown.

    `tell` sends the applicant a fresh card; the older ones are left behind. `before` is as it was where `by`
    only added to it.
    """
    known = await requests.holders(request.id) if before else {}
    request = await convening.convened(request, at)
    holders = await notify.ask(request, at, once=f"ask:{request.id}:{request.trail_seq}")
    await held_by(request, holders, at)
    cards = await notify.on_screens(request)
    if tell:
        cards = await notify.leave_behind(request, at, cards)
        if request.applicant not in holders:  # else they have the card that asks them
            await notify.status(request, at, PROCESSES[request.kind].told(request))
    spare = before is not None and holders == known and _alike(before, request)
    await notify.repaint(request, at, shown=shown, spare=spare, by=by, cards=cards)


async def joined(before: Request, request: Request, at: datetime, *, shown: str = "") -> None:
    """The same step waits for other people too, or for fewer: those who are new to it are asked, and its
    holder again once the added have answered."""
    request = await convening.convened(request, at)
    waited = known = await requests.holders(before.id)
    if before.current and request.current and answered(before.current, request.current):
        known = {one: whom for one, whom in known.items() if _is_added(request.current, one)}
    holders = await notify.ask_newcomers(request, known, at, once=f"ask:{request.id}:{request.trail_seq}")
    await held_by(request, holders, at)
    await notify.repaint(request, at, shown=shown, spare=holders == waited and _alike(before, request))


def _alike(before: Request, after: Request) -> bool:
    """Whether a step stands as it did to whoever looks on: due when it was, and as far as it was."""
    one, other = before.current, after.current
    return bool(one and other and before.due_at == after.due_at and together(one) == together(other))


def _is_added(step: Step, person: str) -> bool:
    return any(seat.group and seat.person == person for seat in step.seats)


async def held_by(request: Request, holders: Mapping[str, str], at: datetime) -> None:
    """Who may decide the open step of a saved request, and so what is owed for it."""
    await requests.set_holders(request.id, holders)
    await follow.request(request, at, held=bool(holders))
    for left in await outlived.end(request, at):
        await follow.draft(left)
    await ask_beside(request, at)
