"""What somebody is asked beside the step that waits: the card to them, and to the centre once it is late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import asking as cards
from cards.card import Card
from handlers.kinds.process import SUPPLEMENTS, asked_beside
from handlers.letters import views
from storage import people, requests


async def card(args: Mapping[str, Any], reader: str, at: datetime, *, fresh: bool) -> Card | None:
    """What is asked of the reader; afterwards that nothing is, on a card that is on a screen already."""
    request, added = await requests.by_id(int(args["request"])), SUPPLEMENTS.get(str(args["kind"]))
    if request is None or added is None:
        return None
    asked = added.key not in request.form and reader in await added.heard(request, at)
    if fresh and not asked:
        return None
    view = await views.load(request, reader, at)
    return cards.card(view, added.form, added.within(request), open_=asked)


async def late(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """To the centre: who has not answered in time."""
    request = await requests.by_id(int(args["request"]))
    asked = asked_beside(request) if request else None
    if request is None or asked is None:
        return None
    heard = await people.several(list(await asked.heard(request, at)))
    view = await views.load(request, reader, at)
    return cards.late(view, asked.form, [person.name for person in heard.values()])
