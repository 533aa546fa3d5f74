"""The card of a draft: the form, the next question, or the preview of what would be sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cards import notices, post
from cards.card import Card
from cards.form import PUBLISH
from cards.phrases import role
from cards.view import View
from handlers import drafting, whose
from handlers.rules import necessity
from handlers.rules.chain import publication_chain
from handlers.rules.permits import SHANGHAI
from storage import drafts, media, people
from storage.records import Draft, Kind, Medium, MediumState, Platform, Request, State, Step, Upload, Urgency


async def card(draft: Draft, at: datetime) -> Card:
    """What the author is shown now: mistakes first, then what is missing, then the preview."""
    uploads = await drafts.uploads(draft.id)
    mistakes = drafting.standing(draft.form)
    if not mistakes and not drafting.missing(draft.form, uploads) and not draft.asking:
        return await _preview(draft, at)
    active = await _choices(draft)
    if draft.platform is Platform.FEISHU and not draft.asking:
        return post.form(draft, active, mistakes or _lacking(draft, uploads))
    if not draft.asking:
        return notices.mistakes("发布：请改正", mistakes, "其余内容已保存，只需重发下面这几项：")
    return post.ask(draft, active, mistakes)


async def form(draft: Draft) -> Card:
    """The whole form again, filled in."""
    return post.form(draft, await _choices(draft))


async def _choices(draft: Draft) -> list[Medium]:
    """The media this author may publish on."""
    person = await people.get(draft.person)
    unit = await whose.managing_unit(person.unit if person else "")
    return [m for m in await drafting.own_media(unit) if m.state is MediumState.ACTIVE]


def _lacking(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    names = drafting.missing(draft.form, uploads)
    if len(names) == 3 and not draft.form.get("title"):
        return []
    titles = ["正文（或链接、文件）" if n == "body" else PUBLISH.field(n).title for n in names]
    return [f"还缺：{'、'.join(titles)}"] if titles else []


async def _preview(draft: Draft, at: datetime) -> Card:
    request, steps = await planned(draft, at)
    path = [role(step) for step in steps if not step.passed_by_rule]
    because = [reason for step in steps for reason in step.because]
    view = View(
        request=request,
        reader=draft.person,
        now=at,
        media=tuple(await media.several(request.form["media"])),
    )
    uploads = await drafts.uploads(draft.id)
    fetching = sum(upload.state == "fetching" for upload in uploads)
    shown = replace(draft, form=request.form)
    return post.preview(shown, view, " → ".join(path), because, fetching=fetching)


async def planned(draft: Draft, at: datetime) -> tuple[Request, tuple[Step, ...]]:
    """The request this draft would become if it were submitted now (without number), and its chain."""
    person = await people.get(draft.person)
    name = person.name if person else draft.person
    form = drafting.filled(draft.form, name, await drafts.uploads(draft.id))
    found = await media.several(form["media"])
    managing = await whose.managing_unit(found[0].unit if found else person.unit if person else "")
    hosts = {medium.unit for medium in found}
    unit = hosts.pop() if len(hosts) == 1 else managing
    fired = necessity.necessary(
        necessity.Post(tuple(form["involves"]), tuple([m.name for m in found if await _fresh(m, at)]))
    )
    applicant = whose.Applicant(draft.person, whose.authors(form["author"]))
    steps = publication_chain(await whose.facts(unit, applicant, fired, at))
    request = Request(
        id=0,
        number="",
        kind=Kind.PUBLISH,
        state=State.IN_REVIEW,
        applicant=draft.person,
        unit=managing,
        title=form.get("title", ""),
        form=form,
        digest="",
        chain=steps,
        step=0,
        version=1,
        urgency=Urgency(form["urgency"]),
        submitted_at=at,
        step_since=at,
    )
    return request, steps


async def _fresh(medium: Medium, at: datetime) -> bool:
    """Filed less than 30 days ago and nothing published yet."""
    filed = medium.filed_on
    if filed is None or (at.astimezone(SHANGHAI).date() - filed).days >= necessity.FRESH_DAYS:
        return False
    return not await media.has_posted(medium.no)


async def whole(draft: Draft, at: datetime) -> Card:
    """Everything the draft holds, and the declarations in full, as text."""
    shown = await _preview(draft, at)
    return notices.say("\n".join(_text(shown)), f"稿件全文：{draft.form.get('title', '')}")


def _text(card: Card) -> list[str]:
    lines = [f"{row.label}：{row.value}" for row in card.rows]
    for panel in card.panels:
        lines += [f"【{panel.title}】", *panel.lines]
    return lines
