"""Words that are not kept: gone from drafts, versions, files, letters and screens, while the trail stays."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards.card import Input
from handlers.duties import follow
from handlers.kinds.process import FILLINGS
from handlers.letters import attachments, notify
from storage import drafts, erasure, outbox, requests
from storage.erasure import GONE
from storage.held import held
from storage.letters import Letter, LetterKind, LetterState
from storage.records import Request

IN_WORDS = ("say", "refused", "proxy")
"""Templates that say what is written in their arguments; the others are composed when they leave."""

TELLING = 4
"""Characters from which on words are somebody's own and not just any."""


async def erased(request: Request, at: datetime, *, shown: str = "") -> Request:
    """A request that was taken off a register, without a word of what it said; it is held, and so are the
    drafts that became it. `shown` is the letter that is answered inline."""
    related = await erasure.drafts_of(request.id)
    words = await words_of(request.kind, (), request, related)
    for one in related:
        await drafts.erase(one)
    for gone in (await held(draft=related)).drafts:
        await follow.draft(gone)
    await forget_words(await outbox.written_to(request.applicant, IN_WORDS), words)
    await erasure.wipe(request)
    after = replace(request, form={}, facts={}, outcome={}, title=GONE)
    await recall(after, at, words, shown)
    return after


async def words_of(
    kind: str, said: Iterable[Mapping[str, Any]], request: Request | None, related: Iterable[int]
) -> set[str]:
    """What was `said` in drafts and in every version of a request, and what the files are called."""
    every = [*said, *(await erasure.forms(request.id) if request else ())]
    words = {word for values in every for word in _free(kind, values)}
    for one in related:
        words |= {upload.name for upload in await drafts.uploads(one)}
    return words | ({request.title} if request else set())


def _free(kind: str, values: Mapping[str, Any]) -> set[str]:
    """Text of one's own: no choices, no people, no dates."""
    form = FILLINGS[kind].form
    flat = form.flat(values)
    free = [field for field in form.fields if field.input in (Input.LINE, Input.TEXT)]
    given = [flat.get(field.name) for field in free]
    return {text for text in given if isinstance(text, str) and len(text) >= TELLING}


async def recall(request: Request, at: datetime, words: set[str], pressed: str) -> set[str]:
    """Take back what showed the request, repaint what is too old for that; returns who was shown it."""
    about = await outbox.about(request.id, request.number)
    await forget_words(about, words)
    left = [one for one in about if one.state in (LetterState.SENT, LetterState.SENDING)]
    shown = [one for one in left if one.kind in (LetterKind.SEND, LetterKind.FILE)]
    recent = [one for one in shown if one.created_at >= at - notify.RECALLED_WITHIN and one.id != pressed]
    older = [one for one in shown if one not in recent and one.id != pressed]
    blank = {"request": request.id, "number": request.number}
    await outbox.put(
        [replace(notify.update_of(one, at, args=blank), kind=LetterKind.RECALL) for one in recent]
    )
    await outbox.close([one.id for one in recent])
    composed = [one for one in older if one.kind is LetterKind.SEND and one.template not in IN_WORDS]
    followed = [one for one in composed if not one.closed and one.template in notify.REPAINTED]
    digests = await outbox.digests_of(request.id)
    await outbox.put([notify.update_of(one, at) for one in (*composed, *digests) if one not in followed])
    decided = await requests.decisions(request.id)
    actors = {who for decision in decided for who in (decision.actor, decision.principal)}
    return ({one.person for one in shown} | actors) - {""}


async def forget_words(letters: Iterable[Letter], words: set[str]) -> None:
    """Letters keep nothing of what was written: neither in their words nor as the names of files."""
    for letter in letters:
        said = str(letter.args.get("text", ""))  # nothing in what takes a letter back
        if letter.template in (attachments.TEMPLATE, "unsent") and "request" in letter.args:
            await erasure.blank_letter(letter.id, {"request": letter.args["request"]})
        elif letter.template in IN_WORDS and any(word in said for word in words):
            await erasure.blank_letter(letter.id, {**letter.args, "text": GONE})
