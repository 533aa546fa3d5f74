"""The card of a draft: the form, the next question, or the preview of what would be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import draft as cards
from cards import notices, phrases
from cards.card import Card, Panel
from cards.view import View
from handlers import workyear
from handlers.drafts import asking, offering
from handlers.kinds.process import FILLINGS, revised
from handlers.letters import showing
from handlers.people import concerned
from handlers.rules import deadlines
from handlers.rules.deadlines import chain_due, hurry
from storage import drafts, media, people, requests
from storage.records import Draft, Person, Platform, Request

_ROOM = 34
"""Characters that a WeCom preview leaves for what was changed."""


async def card(draft: Draft, at: datetime) -> Card:
    """What the author is shown now: mistakes first, then what is missing, then the preview."""
    process = FILLINGS[draft.kind]
    form, uploads = process.form, await drafts.uploads(draft.id)
    missing = asking.missing(draft, uploads)
    mistakes = [*offering.standing(draft), *draft.notes.get("told", ())]
    if not offering.standing(draft) and not missing and not draft.asking:
        return await _preview(draft, at)
    choices = await process.choices(await _author(draft), draft)
    typed = await _typed(draft)
    mistakes += cards.understood(typed, form, choices, form.flat(draft.form))
    if draft.platform is Platform.FEISHU and not draft.asking:
        mistakes += _lacking_on_form(draft, missing)
        return _first_read(draft, cards.form_card(typed, form, choices, mistakes))
    if not draft.asking:
        return cards.wrong(draft, form, mistakes)
    mistakes += _not_answered(draft, missing)
    return _first_read(draft, cards.ask(typed, form, choices, mistakes, missing, len(uploads)))


def _first_read(draft: Draft, shown: Card) -> Card:
    """What asks further, after the first message with what of that was taken otherwise than it was typed."""
    remarks = draft.talk.remarks.values() if draft.rev == 1 else ()
    return replace(shown, text="\n".join(filter(None, (*remarks, shown.text))))


async def form(draft: Draft) -> Card:
    """The whole form again, filled in."""
    process = FILLINGS[draft.kind]
    choices = await process.choices(await _author(draft), draft)
    return cards.form_card(await _typed(draft), process.form, choices)


async def _typed(draft: Draft) -> Draft:
    """The draft as it stands in inputs: people by name and not by 工号."""
    return replace(draft, form=await FILLINGS[draft.kind].typed(draft))


async def _author(draft: Draft) -> Person:
    person = await people.get(draft.person)
    return person or Person(draft.person, draft.person, "")


def _lacking_on_form(draft: Draft, missing: Sequence[str]) -> list[str]:
    """Everything that the form still lacks, once it was sent; what a later card asks is not named."""
    form = FILLINGS[draft.kind].form
    if not draft.form:
        return []
    wrong = set(draft.talk.wrong)
    wrong |= {"body"} if "link" in wrong else set()
    names = [name for name in missing if name not in form.apart and name not in wrong]
    titles = ["正文（或链接、附件）" if n == "body" else form.field(n).title for n in names]
    return [f"· 还缺：{'、'.join(titles)}"] if titles else []


def _not_answered(draft: Draft, missing: Sequence[str]) -> list[str]:
    """What was left open on the choice card that was just sent, or answered with nothing."""
    form = FILLINGS[draft.kind].form
    if draft.asking not in draft.talk.asked:
        return []
    page = form.pages.get(draft.asking)
    shown = page.fields if page else (draft.asking,)
    fields = [form.field(name) for name in missing if name in shown]
    if any(field.none for field in fields):
        return ["· 正文、链接、附件至少要有一样"]
    return [f"· 还没有选：{'、'.join(field.title for field in fields)}"] if fields else []


async def _preview(draft: Draft, at: datetime) -> Card:
    request = await planned(draft, at)
    unit, calendar = await people.unit(request.unit), await workyear.current()
    steps = len(phrases.decided_by_people(request.chain))
    before = await _returned(draft)
    view = View(
        request=request,
        face=FILLINGS[draft.kind].face,
        reader=draft.person,
        now=at,
        media=tuple(await media.several(request.form.get("media") or [])),
        people=await people.several([draft.person, *concerned.people_in(request)]),
        unit=unit.name if unit else request.unit,
        units=await concerned.units_in(request),
        before=before,
        finish=chain_due(at, steps, request.urgency, calendar),
        hurry=hurry(deadlines.planned(request.form), at, steps, request.urgency, calendar),
        before_media=tuple(await media.several((before or {}).get("media") or [])),
    )
    uploads = await drafts.uploads(draft.id)
    fetching = sum(upload.state == "fetching" for upload in uploads)
    shown = FILLINGS[draft.kind].preview(replace(draft, form=request.form), view, fetching)
    shown = shown if view.before is None else _compared(shown, view, draft.platform)
    return replace(shown, text="\n".join(filter(None, (*draft.talk.remarks.values(), shown.text))))


async def _returned(draft: Draft) -> Mapping[str, Any] | None:
    """The form of the version that a draft revises."""
    old = await requests.by_id(before) if (before := revised(draft)) is not None else None
    return old.form if old else None


def _compared(shown: Card, view: View, platform: Platform) -> Card:
    """What a revision changes, before its text; where WeCom has no room for that, which fields, and the
    whole behind 查看."""
    lines = view.face.changed(view)
    compared = "与登记的相比" if view.request.register else "与退回的一版相比"
    told = "\n".join((f"{compared}：", *lines)) if lines else f"{compared}没有改动。"
    panels = shown.panels
    if platform is Platform.WECOM and len(told) > _ROOM:
        named = dict.fromkeys(line.partition("：")[0] for line in lines)
        told = f"已改：{'、'.join(named)}。"
        panels = (Panel(compared, tuple(lines)), *panels)
    return replace(shown, text="\n".join(filter(None, (told, shown.text))), panels=panels)


async def planned(draft: Draft, at: datetime) -> Request:
    """The request this draft would become if it were submitted now (without id, number, digest)."""
    uploads = await drafts.uploads(draft.id)
    return await FILLINGS[draft.kind].plan(draft, await _author(draft), uploads, at)


async def whole(draft: Draft, at: datetime, page: int = 1) -> Card:
    """A page of everything the draft holds, and of the declarations in full, as text."""
    shown = await _preview(draft, at)
    form = FILLINGS[draft.kind].form
    text = showing.page_of("\n".join(_text(shown)), page, "/查询 全文")
    return notices.say(text, f"{form.thing}全文：{shown.title.removeprefix(cards.CONFIRM)}")


def _text(card: Card) -> list[str]:
    lines = [f"{row.label}：{row.value}" for row in card.rows]
    for panel in card.panels:
        lines += [f"【{panel.title}】", *panel.lines]
    return lines
