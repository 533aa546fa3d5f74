"""/为什么: why a request stands where it does, for those who may see it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import notices
from cards import why as cards
from cards.card import Card
from handlers.letters import reach, showing, views
from storage import people, requests
from storage.letters import Letter, LetterState


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """Made from what is true when it is read."""
    request = await requests.by_id(int(args["request"]))
    person = await people.get(reader)
    if request is None or person is None:
        return None
    view = await views.load(request, reader, at)
    if refusal := await showing.may_see(person, view):
        return notices.refused(str(refusal))
    seats = {one for step in request.chain for seat in step.seats for one in (seat.person, seat.by)}
    named = await people.several(sorted(seats - set(view.people) - {""}))
    view = replace(view, people={**view.people, **named})
    units = {unit.code: unit.name for unit in await people.all_units()}
    return cards.why(view, cards.Why(units, [_delivered(one) for one in await reach.asked(request)]))


def _delivered(letter: Letter) -> cards.Delivered:
    sent = letter.sent_at if letter.state is LetterState.SENT else None
    return cards.Delivered(letter.person, letter.platform, sent, letter.state is LetterState.DEAD)
