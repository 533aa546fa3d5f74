"""A draft that is submitted or left: nothing is owed for it any more, and its cards say what became of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.duties import follow
from handlers.letters import notify
from storage import drafts, outbox
from storage.records import Draft, Platform

SHOWN = ("draft", "preview", "form", "options")
"""Templates of the cards on which a draft is filled in or sent."""

REPAINTED_WITHIN = timedelta(days=14)
"""How long Feishu repaints a card (open platform page im-v1/message/patch); WeCom does so for three days."""


async def submitted(draft: Draft, at: datetime, pressed: str = "") -> None:
    """Its answers are part of a request now; `pressed` is the card that is answered inline."""
    await drafts.submit(draft.id)
    await _over(replace(draft, state="submitted"), at, pressed)


async def leave(draft: Draft, at: datetime, pressed: str = "") -> None:
    """Nothing of it was submitted."""
    await drafts.save(replace(draft, updated_at=at))
    await drafts.give_up(draft.id)
    await _over(replace(draft, state="discarded"), at, pressed)


async def _over(draft: Draft, at: datetime, pressed: str) -> None:
    await follow.draft(draft)
    recent = await outbox.shown_to(draft.person, SHOWN, at - REPAINTED_WITHIN)
    own = [card for card in recent if card.args.get("draft") == draft.id and card.id != pressed]
    # What WeCom sent as text, and what was pressed there already, has no code and stays as it is.
    live = [card for card in own if card.platform is Platform.FEISHU or card.response_codes]
    await outbox.put([notify.update_of(card, at, "preview") for card in live])
