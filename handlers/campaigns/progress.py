"""How far a campaign is, at the moment at which it is asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import campaigns as cards
from cards.card import Card
from cards.processes import dispatch
from handlers.letters import views
from handlers.people import whose
from handlers.reminders import calls
from storage import campaigns, people, requests, silences


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The card of a campaign, for those of the centre."""
    request, person = await requests.by_id(int(args["request"])), await people.get(reader)
    if request is None or person is None or not await whose.of_centre(person, at):
        return None
    view = await views.load(request, reader, at)
    if dispatch.silent(request):
        kept = await silences.of(request.id)
        ends = kept.ends_at if kept else dispatch.until(request)
        return cards.silence(view, ends, int(request.facts.get("posts", 0)))
    return cards.progress(view, await calls.read(await campaigns.of(request.id), request, at))
