"""A draft that is submitted or left: nothing is owed for it any more, and its cards say what became of it."""

from dataclasses import replace
from datetime import datetime

from handlers.cases import outlived
from handlers.duties import follow
from storage import drafts
from storage.records import Draft


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
    await outlived.repaint(draft, at, pressed)
