"""/为什么: why a request stands where it does, for those who may see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import notices
from cards import why as cards
from cards.card import Card
from handlers.letters import may_read, showing, views
from storage import people, requests


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """Made from what is true when it is read."""
    request = await requests.by_id(int(args["request"]))
    person = await people.get(reader)
    if request is None or person is None:
        return None
    view = await views.load(request, reader, at)
    if refusal := await may_read.may_see(person, view):
        return notices.refused(str(refusal))
    view, entries = await showing.recorded(await showing.reached(view))
    return cards.why(view, {unit.code: unit.name for unit in await people.all_units()}, entries)
