"""/为什么: why a request stands where it does, for those who may see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import notices
from cards import why as cards
from cards.card import Card
from handlers.letters import may_read, reach, showing, views
from storage import people, requests
from storage.letters import Letter, LetterState


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """Made from what is true when it is read."""
    request = await requests.by_id(int(args["request"]))
    person = await people.get(reader)
    if request is None or person is None:
        return None
    view = await views.load(request, reader, at)
    if refusal := await may_read.may_see(person, view):
        return notices.refused(str(refusal))
    view, entries = await showing.recorded(view)
    units = {unit.code: unit.name for unit in await people.all_units()}
    known = cards.Why(units, [_delivered(one) for one in await reach.asked(request)])
    return cards.why(view, known, entries)


def _delivered(letter: Letter) -> cards.Delivered:
    sent = letter.sent_at if letter.state is LetterState.SENT else None
    dead = letter.state is LetterState.DEAD
    return cards.Delivered(letter.person, letter.platform, sent, letter.read_at, dead=dead)
