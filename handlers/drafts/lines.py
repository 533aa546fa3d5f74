"""A plain line while a draft is open: fields, or the answer to its question."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cards.card import Input
from cards.form import Field, Form
from handlers.cases import stopping
from handlers.commands import Line, fields_in, gives_up
from handlers.drafts import asking, drafting, secrecy
from handlers.drafts.flow import go_on
from handlers.drafts.leaving import give_up
from handlers.events import Message, Reply
from handlers.kinds.process import FILLINGS
from storage import drafts
from storage.records import Draft, Person

_TITLED = re.compile(r"([^\s：:=＝，。/]{1,10})\s*[：:=＝](?!//)")


async def read(event: Message, person: Person, draft: Draft) -> Reply | None:
    """A plain line while a draft is open: the answer to its question, fields, or None for neither."""
    if gives_up(event.text):
        return await give_up(event, person, Line("放弃"))
    form = FILLINGS[draft.kind].form
    uploads = await drafts.uploads(draft.id)
    name = asking.expects(draft, uploads)
    asked = form.field(name) if name else None
    moved = replace(draft, platform=event.platform, updated_at=event.at)
    if asked and asked.none and event.text.strip(" 。.！!") == asked.none:
        return await go_on(asking.without(moved, asked.name))
    lacking = [form.field(one) for one in asking.missing(draft, uploads)]
    if asked and not _filled_in(event.text, asked, lacking, form) and _whole(event.text, draft, asked, form):
        raw = _answer(event.text, asked)
        secret = secrecy.admitted(event.text)
    else:
        found, rest = fields_in(event.text, secrecy.titles(form))
        raw = drafting.named(form, found) | (_answer(rest, asked) if rest and asked else {})
        secret = secrecy.says_secret(found, raw)
    if secret:
        return await stopping.stop(draft, event, person)
    if not raw:
        return None
    if asked and asked.name in raw and asked.instead in draft.talk.wrong:
        raw.setdefault(asked.instead, "")
    return await go_on(await drafting.merge(moved, person, raw, event.at))


def _whole(text: str, draft: Draft, asked: Field, form: Form) -> bool:
    """Whether a text is one answer, whatever its lines look like: what a text is asked for gets is.

    A form that is open beside the dialogue takes lines of fields as well, where the first is one.
    """
    if asked.input is not Input.TEXT:
        return False
    first = text.strip().partition("\n")[0]
    if draft.asking != asked.name:
        return not fields_in(first, secrecy.titles(form))[0]
    other = form.field(asked.instead) if asked.instead else None
    return not (other and first == text.strip() and fields_in(first, (other.title, *other.aliases))[0])


def _filled_in(text: str, asked: Field, lacking: Sequence[Field], form: Form) -> bool:
    """整改情况：…, and below it nothing but other fields of the form, one of them lacking: not one text."""
    first, *more = [line for line in text.splitlines() if line.strip()] or [""]
    others = [title for one in lacking if one is not asked for title in (one.title, *one.aliases)]
    return (
        bool(fields_in(first, (asked.title, *asked.aliases))[0])
        and all(fields_in(line, secrecy.titles(form))[0] for line in more)
        and any(fields_in(line, others)[0] for line in more)
    )


def _answer(text: str, asked: Field) -> dict[str, str]:
    """What answers the question, without the field's own name before it; an address alone is the link."""
    found, before = fields_in(text.strip().partition("\n")[0], (asked.title, *asked.aliases))
    if found and not before:
        first = next(iter(found.values()))
        text = "\n".join((first, text.strip().partition("\n")[2]))
    text = text.strip()
    address = text.startswith(("http://", "https://")) and "\n" not in text
    return {asked.instead if address and asked.instead else asked.name: text}


def unclear(event: Message, draft: Draft) -> Reply:
    """A line that fits nowhere in the draft that is open."""
    titled = _TITLED.match(event.text.strip())
    return Reply(template="unclear", args={"draft": draft.id, "title": titled[1] if titled else ""})
