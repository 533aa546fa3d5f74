"""A draft is begun: from text lines, or from an empty command."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards.form import Form
from cards.phrases import excerpt
from handlers.cases import stopping
from handlers.commands import Line, fields_of
from handlers.drafts import asking, drafting, quota, secrecy
from handlers.drafts.ended import leave
from handlers.drafts.flow import go_on
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from storage import drafts
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
    draft = await drafting.merge(draft, person, raw, event.at, _guessed(process.form, raw, named))
    await _replace_unfinished(waiting, raw, event.at)
    return await go_on(draft)


def _guessed(form: Form, raw: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """Which fields the words without a name of any were taken for."""
    told = [
        f"{one.title}“{excerpt(raw[one.name], _QUOTED)}”"
        for one in form.fields
        if one.name in raw.keys() - named
    ]
    return {form.named_by: f"没写字段名的，记作{'、'.join(told)}。"} if told else {}


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
