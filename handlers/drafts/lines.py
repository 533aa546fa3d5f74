"""A plain line while a draft is open: fields, or the answer to its question."""

import re
from dataclasses import replace

from handlers.cases import stopping
from handlers.commands import Line, fields_in, gives_up
from handlers.drafts import drafting, secrecy
from handlers.drafts.flow import go_on
from handlers.drafts.leaving import give_up
from handlers.events import Message, Reply
from handlers.processes.process import PROCESSES
from storage.records import Draft, Person

_TITLED = re.compile(r"([^\s：:=＝，。/]{1,10})\s*[：:=＝](?!//)")


async def read(event: Message, person: Person, draft: Draft) -> Reply | None:
    """A plain line while a draft is open: fields, the answer to the question, or None for neither."""
    if gives_up(event.text):
        return await give_up(event, person, Line("放弃"))
    form = PROCESSES[draft.kind].form
    found, rest = fields_in(event.text, secrecy.titles(form))
    raw = drafting.named(form, found)
    if rest and draft.asking in {field.name for field in form.fields}:
        is_link = draft.asking == "body" and rest.startswith(("http://", "https://")) and "\n" not in rest
        raw.setdefault("link" if is_link else draft.asking, rest)
        if draft.asking == "body" and "link" in draft.talk.wrong:
            raw.setdefault("link", "")
    if secrecy.says_secret(found, raw):
        return await stopping.stop(draft, event, person)
    if not raw:
        return None
    moved = replace(draft, platform=event.platform)
    draft = await drafting.merge(moved, person, raw, event.at)
    return await go_on(draft)


def unclear(event: Message, draft: Draft) -> Reply:
    """A line that fits nowhere in the draft that is open."""
    titled = _TITLED.match(event.text.strip())
    return Reply(template="unclear", args={"draft": draft.id, "title": titled[1] if titled else ""})
