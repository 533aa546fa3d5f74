"""有涉密情形: what may be secret stops at once and is kept neither as draft nor as request (Article 8)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import replies
from cards.card import Input
from handlers.cases import casework, progress, record
from handlers.chain.operate import Stop
from handlers.duties import follow
from handlers.events import Click, Message, Reply
from handlers.kinds.process import FILLINGS, PROCESSES, revised
from handlers.letters import attachments, notify
from handlers.people import behalf
from handlers.rules import lifecycle
from handlers.rules.articles import ART_8
from storage import drafts, erasure, outbox, requests
from storage.erasure import GONE
from storage.held import held
from storage.letters import Letter, LetterKind, LetterState
from storage.records import Act, Draft, Person, Request

SHOWN = ("draft", "draft_text", "form", "preview", "attachment", "unsent", "file")
"""Templates that show a draft's words."""

IN_WORDS = ("say", "refused", "proxy")
"""Templates that say what is written in their arguments; the others are composed when they leave."""

TELLING = 4
"""Characters from which on words are somebody's own and not just any."""

Event = Message | Click


async def before_start(event: Event, person: Person) -> Reply:
    """A yes to a secrecy question in the very command: nothing of it is kept."""
    await record.note_stop(record.By.event(event, person.id))
    return Reply(template="stopped")


async def stop(draft: Draft, event: Event, person: Person) -> Reply:
    """Erase a draft, and the request it revises: text, versions and files go, hashes and acts stay."""
    number = revised(draft)
    related = await erasure.drafts_of(number) if number else [draft.id]
    await held(draft=related, request=number or ())
    request = await requests.by_id(number) if number else None
    words = await _words(draft, request, related)
    for one in related:
        await notify.take_back(person, one, SHOWN, event)
        await drafts.erase(one)
    for erased in (await held(draft=related)).drafts:
        await follow.draft(erased)
    await _forget_words(await outbox.written_to(person.id, IN_WORDS), words)
    if request is None:
        await record.note_stop(record.By.event(event, person.id))
        return Reply("已停止，草稿已删除。", template="stopped")
    await _stop_request(request, event, person, words)
    args = {"request": request.id, "number": request.number}
    return Reply(f"已停止，{request.number} 的内容已删除。", template="stopped", args=args)


async def _words(draft: Draft, request: Request | None, related: Iterable[int]) -> set[str]:
    """What was written into the draft and every version, and what the files are called."""
    said = [draft.form, draft.talk.wrong, *(await erasure.forms(request.id) if request else ())]
    words = {word for values in said for word in _free(draft.kind, values)}
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


async def _stop_request(request: Request, event: Event, person: Person, words: set[str]) -> None:
    process = PROCESSES[request.kind]
    after = await _stopped(replace(request, form={}, facts={}, outcome={}, title=GONE), event, person)
    if after.state is not request.state:
        await held(medium=await process.writes(request.form))
        await process.undone(request, event.at)
    await erasure.wipe(request)
    await requests.save(after)
    shown = event.card if isinstance(event, Click) else ""
    readers = await _recall(after, event.at, words, shown)
    # What is owed for the medium's change is found by what was filed.
    filed = replace(after, form=request.form, facts=request.facts)
    await progress.settle(filed, event.at, shown=shown)
    await _tell(after, readers - {person.id}, event.at)


async def _stopped(request: Request, event: Event, person: Person) -> Request:
    """The request where nothing can follow, or where it had ended already, with the stop on its trail."""
    # Whoever has it in hand to be revised stops it, whatever they are of the unit by now.
    principal = "" if person.id == request.applicant else request.applicant
    by, op = record.By.event(event, person.id, principal), Stop()
    if Act.STOP in lifecycle.NEXT[request.state]:
        after = await casework.operated(request, op, by, behalf.law(by.actor, by.principal))
        assert isinstance(after, Request), after
        return await casework.recorded(request, after, op, Act.STOP.value, by, article=ART_8)
    stands = record.place(request)
    return await record.keep(request, Act.STOP.value, by, before=stands, after=stands, article=ART_8)


async def _recall(request: Request, at: datetime, words: set[str], pressed: str) -> set[str]:
    """Take back what showed the request, repaint what is too old for that; returns who was shown it."""
    about = await outbox.about(request.id, request.number)
    await _forget_words(about, words)
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


async def _forget_words(letters: Iterable[Letter], words: set[str]) -> None:
    """Letters keep nothing of what was written: neither in their words nor as the names of files."""
    for letter in letters:
        if letter.template in (attachments.TEMPLATE, "unsent") and "request" in letter.args:
            await erasure.blank_letter(letter.id, {"request": letter.args["request"]})
        elif letter.template in IN_WORDS and any(word in str(letter.args["text"]) for word in words):
            await erasure.blank_letter(letter.id, {**letter.args, "text": GONE})


async def _tell(request: Request, readers: set[str], at: datetime) -> None:
    """Whoever was shown it learns that it is gone, and what to do with what they kept."""
    text = replies.stopped_for_secrecy(request.number)
    await notify.words(sorted(readers), "已停止：内容可能涉密", text, at, request=request)
