"""有涉密情形: what may be secret stops at once and is kept neither as draft nor as request (Article 8)."""

from dataclasses import replace
from datetime import datetime

from cards import replies
from handlers.cases import casework, erasing, progress, record
from handlers.chain.operate import Stop
from handlers.duties import follow
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES, revised
from handlers.letters import notify
from handlers.people import behalf
from handlers.rules import lifecycle
from handlers.rules.articles import ART_8
from storage import drafts, erasure, outbox, requests
from storage.erasure import GONE
from storage.held import held
from storage.records import Act, Draft, Person, Request

SHOWN = ("draft", "draft_text", "form", "preview", "attachment", "unsent", "file")
"""Templates that show a draft's words."""

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
    words = await erasing.words_of(draft.kind, (draft.form, draft.talk.wrong), request, related)
    for one in related:
        await notify.take_back(person, one, SHOWN, event)
        await drafts.erase(one)
    for erased in (await held(draft=related)).drafts:
        await follow.draft(erased)
    await erasing.forget_words(await outbox.written_to(person.id, erasing.IN_WORDS), words)
    if request is None:
        await record.note_stop(record.By.event(event, person.id))
        return Reply("已停止，草稿已删除。", template="stopped")
    await _stop_request(request, event, person, words)
    args = {"request": request.id, "number": request.number}
    return Reply(f"已停止，{request.number} 的内容已删除。", template="stopped", args=args)


async def _stop_request(request: Request, event: Event, person: Person, words: set[str]) -> None:
    process = PROCESSES[request.kind]
    after = await _stopped(replace(request, form={}, facts={}, outcome={}, title=GONE), event, person)
    if after.state is not request.state:
        await held(medium=await process.writes(request.form))
        await process.undone(request, event.at)
    await erasure.wipe(request)
    await requests.save(after)
    shown = event.card if isinstance(event, Click) else ""
    readers = await erasing.recall(after, event.at, words, shown)
    # What is owed for the medium's change is found by what was filed.
    filed = replace(after, form=request.form, facts=request.facts)
    await progress.settle(filed, event.at, shown=shown)
    await _tell(after, readers - {person.id}, event.at)


async def _stopped(request: Request, event: Event, person: Person) -> Request:
    """The request where nothing can follow, or where it had ended already, with the stop on its trail."""
    # Whoever has it in hand to be revised stops it, whatever they are of the unit by now.
    principal = "" if person.id == request.applicant else request.applicant
    by, op = record.By.event(event, person.id, principal), Stop()
    if Act.STOP in lifecycle.can_follow(request):
        after = await casework.operated(request, op, by, behalf.law(by.actor, by.principal))
        assert isinstance(after, Request), after
        return await casework.recorded(request, after, op, Act.STOP.value, by, article=ART_8)
    return await record.kept_in_place(request, Act.STOP.value, by, ART_8)


async def _tell(request: Request, readers: set[str], at: datetime) -> None:
    """Whoever was shown it learns that it is gone, and what to do with what they kept."""
    text = replies.stopped_for_secrecy(request.number)
    await notify.words(sorted(readers), "已停止：内容可能涉密", text, at, request=request)
