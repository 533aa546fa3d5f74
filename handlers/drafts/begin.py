"""A draft is begun: from text lines, or from an empty command."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards.phrases import excerpt
from handlers.cases import stopping
from handlers.commands import Line, fields_of, number_in
from handlers.drafts import asking, drafting, quota, secrecy
from handlers.drafts.ended import leave
from handlers.drafts.flow import go_on
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from storage import drafts, requests
from storage.records import Draft, Person

_QUOTED = 20
"""Characters of what was typed that are quoted."""


async def command(event: Message, person: Person, line: Line, kind: str) -> Reply:
    """Start a draft from text lines, or open the form or the dialogue."""
    process = PROCESSES[kind]
    if refusal := await process.refuses(person, event.at):
        return Reply(str(refusal), ok=False)
    found, rest = fields_of(line, secrecy.titles(process.form))
    if secrecy.says_secret(found, drafting.named(process.form, found)):
        return await stopping.before_start(event, person)
    if not found and (number := number_in(rest)[0]) and await requests.get(number):
        told = f"{number} 是已有的申请。办理请发 /同意 {number}，看进度请发 /查询 {number}"
        return Reply(told, ok=False)
    waiting = [draft for draft in await drafting.open_drafts(person.id) if draft.kind == kind]
    if not found and not rest and waiting and waiting[0].form.get(process.form.named_by):
        return Reply(template="unfinished", args={"kind": kind})
    nothing = not found and not rest
    empty = await _reuse(waiting, event) if nothing else None
    if empty is None and (full := await quota.another_draft(event, person)):
        return Reply(full, ok=False)
    if nothing:
        return await go_on(empty or await new(person, event, kind))
    named = drafting.named(process.form, found)
    raw = await process.behind(process.form, named, rest)
    draft = await drafts.add(person.id, kind, event.platform, {}, event.at)
    draft = await drafting.merge(draft, person, raw, event.at)
    if "\n" in rest or process.lacks(draft, ()):
        draft = replace(draft, talk=replace(draft.talk, remarks=_guessed(draft, raw, named)))
    await _replace_unfinished(waiting, raw, event.at)
    return await go_on(draft)


def _guessed(draft: Draft, raw: Mapping[str, str], named: Mapping[str, str]) -> Mapping[str, str]:
    """The remarks on a draft, with the fields for which words without a name of any were taken."""
    form = PROCESSES[draft.kind].form
    taken = [one for one in form.fields if one.name in raw.keys() - named]
    told = "、".join(f"{one.title}“{excerpt(raw[one.name], _QUOTED)}”" for one in taken)
    return (
        {form.named_by: f"没写字段名的，记作{told}。", **draft.talk.remarks} if told else draft.talk.remarks
    )


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
