"""The cards of a campaign's media: which duty they are of, and how they come to say what is true."""

from datetime import datetime

from handlers.letters import notify
from storage import duties, outbox
from storage.duty_records import Duty, DutyKind
from storage.records import Request


def name(request: Request, medium: str) -> str:
    """What the duty of one medium is called, of which one at most is open."""
    return f"{DutyKind.CALL}:{request.id}:{medium}"


async def owed(request: Request, medium: str) -> Duty | None:
    """What that medium owes."""
    wanted = name(request, medium)
    return next((duty for duty in await duties.of_request(request.id) if duty.name == wanted), None)


async def repaint(
    request: Request, medium: str, at: datetime, *, shown: str = "", close: bool = False
) -> None:
    """Bring every card of that medium up to date but the one that is answered inline (`shown`); `close`
    where nothing can be pressed on it any more."""
    of = {duty.id for duty in await duties.of_medium(request.id, medium)}
    cards = [one for one in await outbox.copies(request.id) if one.args.get("duty") in of]
    await outbox.put([notify.update_of(one, at) for one in cards if one.id != shown])
    if close:
        await outbox.close([one.id for one in cards])
