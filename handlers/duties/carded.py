"""The cards on which people were reminded of a duty say that it has ended."""

from datetime import datetime

from handlers.letters import notify
from storage import outbox, people, told
from storage.duty_records import Duty


async def over(duty: Duty, at: datetime, *, pressed: str = "") -> None:
    """Repaint them once more; `pressed` is the one that is answered inline."""
    reminded = {one.person for one in await told.of(duty.id)}
    for person in (await people.several(sorted(reminded))).values():
        shown = await outbox.shown_to(person.id, ["duty"], duty.since)
        mine = [card for card in shown if card.args.get("duty") == duty.id and not card.closed]
        await outbox.put([notify.update_of(card, at) for card in mine if card.id != pressed])
        await outbox.close([card.id for card in mine])
