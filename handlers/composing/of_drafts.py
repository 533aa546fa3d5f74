"""The cards of what is being filled in, and of the files that come with it."""

from collections.abc import Mapping

from cards import draft as draft_cards
from cards import replies
from cards.card import Card
from cards.processes import publish
from cards.times import when
from handlers.cases import outlived
from handlers.composing import files
from handlers.composing.letterhead import Composer, Letterhead
from handlers.drafts import preview
from handlers.kinds.process import FILLINGS, SUPPLEMENTS
from storage import drafts, requests
from storage.records import Draft


async def _draft(head: Letterhead) -> Card | None:
    draft = await drafts.get(int(head.args["draft"]))
    if draft is None:
        return None
    if draft.state != "open":
        return None if head.fresh else await _done(draft)
    return await preview.card(draft, head.at)


async def _done(draft: Draft) -> Card:
    """What became of it, with the number of the request that it is, or was added to."""
    old = await requests.by_id(draft.revises) if draft.revises else None
    why = outlived.why(draft.kind, old) if old and outlived.outlived(draft.kind, old) else ""
    added = draft.kind in SUPPLEMENTS and old is not None
    request = old if added else await requests.of_draft(draft.id)
    number = request.number if request else ""
    return draft_cards.done(draft, FILLINGS[draft.kind].form, number, why, added=added)


async def _form(head: Letterhead) -> Card | None:
    draft = await drafts.get(int(head.args["draft"]))
    return await preview.form(draft) if draft and draft.state == "open" else None


async def _draft_text(head: Letterhead) -> Card | None:
    draft = await drafts.get(int(head.args["draft"]))
    if draft is None or draft.state != "open":
        return None
    return await preview.whole(draft, head.at, int(head.args.get("page", 1)))


async def _options(head: Letterhead) -> Card | None:
    draft = await drafts.get(int(head.args["draft"]))
    return draft_cards.options(draft, FILLINGS[draft.kind].form) if draft and draft.state == "open" else None


async def _unfinished(head: Letterhead) -> Card | None:
    kind = head.args.get("kind")
    waiting = [d for d in await drafts.open_of(head.reader) if kind is None or d.kind == kind]
    if not waiting:
        return None
    named = [(d, when(d.updated_at, head.at), FILLINGS[d.kind].form) for d in waiting]
    return draft_cards.unfinished(named, reminder=bool(head.args.get("reminder")))


async def _stopped(head: Letterhead) -> Card | None:
    return publish.stopped(str(head.args.get("number", "")))


async def _file(head: Letterhead) -> Card | None:
    upload = await drafts.upload(int(head.args["upload"]))
    return draft_cards.file(upload, str(head.args["why"])) if upload else None


async def _unsent(head: Letterhead) -> Card | None:
    return await files.unsent(head.args, head.reader)


async def _unclear(head: Letterhead) -> Card | None:
    draft = await drafts.get(int(head.args["draft"]))
    return replies.unclear(draft, FILLINGS[draft.kind].form, str(head.args["title"])) if draft else None


COMPOSERS: Mapping[str, Composer] = {
    "draft": _draft,
    "preview": _draft,
    "form": _form,
    "draft_text": _draft_text,
    "options": _options,
    "unfinished": _unfinished,
    "stopped": _stopped,
    "file": _file,
    "unsent": _unsent,
    "unclear": _unclear,
}
"""By the template of a letter."""
