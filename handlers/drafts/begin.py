"""A draft is begun: from text lines, from an empty command, or for the next version of a request."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.cases import stopping
from handlers.commands import Line, fields_of
from handlers.drafts import asking, drafting, quota, secrecy
from handlers.drafts.flow import go_on
from handlers.drafts.leaving import leave
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from storage import db, drafts, holds, people
from storage.holds import Row
from storage.records import Draft, Person, Request, State, Talk


async def command(event: Message, person: Person, line: Line, kind: str) -> Reply:
    """Start a draft from text lines, or open the form or the dialogue."""
    process = PROCESSES[kind]
    if refusal := await process.refuses(person, event.at):
        return Reply(str(refusal), ok=False)
    found, rest = fields_of(line, secrecy.titles(process.form))
    if secrecy.says_secret(found, drafting.named(process.form, found)):
        return await stopping.before_start(event, person)
    waiting = [draft for draft in await drafting.open_drafts(person.id) if draft.kind == kind]
    if not found and not rest and waiting and waiting[0].form.get(process.form.named_by):
        return Reply(template="unfinished", args={"kind": kind})
    nothing = not found and not rest
    empty = await _reuse(waiting, event) if nothing else None
    if empty is None and (full := await quota.another_draft(event, person)):
        return Reply(full, ok=False)
    if nothing:
        return await go_on(empty or await new(person, event, kind))
    raw = await process.behind(process.form, drafting.named(process.form, found), rest)
    draft = await drafts.add(person.id, kind, event.platform, {}, event.at)
    draft = await drafting.merge(draft, person, raw, event.at)
    await _replace_unfinished(waiting, raw, event.at)
    return await go_on(draft)


async def new(person: Person, event: Message | Click, kind: str) -> Draft:
    talk = drafting.begun(event.platform)
    return await drafts.add(person.id, kind, event.platform, {}, event.at, talk=talk)


async def _reuse(waiting: list[Draft], event: Message) -> Draft | None:
    """An empty draft of before is taken again rather than a second one opened."""
    empty = [draft for draft in waiting if not any(draft.form.values())]
    if not empty:
        return None
    talk = drafting.begun(event.platform)
    return replace(empty[0], platform=event.platform, form={}, talk=talk)


async def _replace_unfinished(waiting: list[Draft], raw: Mapping[str, Any], at: datetime) -> None:
    """A draft that was never complete, and all of whose fields are given anew, is not kept twice."""
    for old in waiting:
        given = {k for k, v in old.form.items() if v and k != "copyright"} | set(old.talk.wrong)
        if asking.missing(old, await drafts.uploads(old.id)) and given <= set(raw):
            await leave(old, at)


async def revision(event: Message | Click, person: Person, request: Request, text: str = "") -> Reply:
    """/修改: the returned request's form again, filled in, with the fields that were sent along in it; the
    first line of `text` is the command's own."""
    if request.state is not State.RETURNED:
        return Reply(f"{request.number} 没有被退回，不需要修改。", ok=False)
    form = PROCESSES[request.kind].form
    own, _, further = text.partition("\n")
    found, rest = fields_of(Line("", own, further), secrecy.titles(form))
    raw = drafting.named(form, found)
    draft = await _begun(event, person, request)
    if draft is None:
        await _tell_of_others(event, person, request)
        draft = await filled_in(event, person, request, revises=request.id)
    if secrecy.says_secret(found, raw):
        return await stopping.stop(draft, event, person)
    if raw:
        draft = await drafting.merge(draft, person, raw, event.at)
    if rest:
        example = form.field(form.named_by).example
        told = f"编号后面有话没写明是改哪一项，没有改进去。要改请发“字段：值”，例如：{example}"
        await notify.answer(event, person, "refused", {"text": told, "title": "请写明字段"})
    return await go_on(draft)


async def _begun(event: Message | Click, person: Person, request: Request) -> Draft | None:
    """This person's revision that was begun already."""
    for old in await drafts.revising(request.id):
        if (old.person, old.kind) == (person.id, request.kind):
            if not holds.holding(Row.DRAFT, old.id):
                raise db.Conflict(f"draft {old.id} was begun meanwhile")
            return replace(old, platform=event.platform, updated_at=event.at)
    return None


async def _tell_of_others(event: Message | Click, person: Person, request: Request) -> None:
    """Somebody else revises it too: only what is submitted first counts."""
    begun = [draft for draft in await drafts.revising(request.id) if draft.kind == request.kind]
    others = await people.several([draft.person for draft in begun])
    if names := "、".join(other.name for other in others.values()):
        text = f"{names} 也在修改 {request.number}，先提交的一份算数。"
        await notify.answer(event, person, "say", {"text": text, "title": "已有人在修改"})


async def filled_in(
    event: Message | Click, person: Person, request: Request, *, revises: int | None = None, again: str = ""
) -> Draft:
    """What was submitted, to be changed; what it had nothing of is not asked for anew."""
    form = {key: value for key, value in request.form.items() if key != "files"}
    empty = [f.name for f in PROCESSES[request.kind].form.fields if f.none and not form.get(f.name)]
    talk = Talk(asked=tuple(empty), again=again)
    draft = await drafts.add(
        person.id, request.kind, event.platform, form, event.at, revises=revises, talk=talk
    )
    await drafts.copy_files(draft.id, request.form.get("files") or [])
    return draft
