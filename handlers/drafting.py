"""A draft of a post: what was typed goes in, what is missing comes out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any

from cards.form import PUBLISH
from handlers import whose
from handlers.fields import Mistake, clean
from handlers.rules.articles import ART_6_3
from handlers.rules.deadlines import permitted
from handlers.rules.permits import managed_by, may_publish_on, not_on_the_books
from handlers.rules.workdays import Calendar
from storage import drafts, duties, media, people
from storage.records import Draft, Duty, DutyKind, Medium, MediumState, Person, Platform, Upload

REMIND_AFTER = timedelta(minutes=30)
ASSETS_PAGE = {Platform.FEISHU: "assets", Platform.WECOM: "assets1"}
"""The copyright questions: WeCom shows three selectors at a time."""

GUIDED_PAGES = ("basics", "involves")
_ASSETS = "copyright_"


async def merge(
    draft: Draft, person: Person, raw: Mapping[str, str | tuple[str, ...]], at: datetime
) -> Draft:
    """The draft with these values in it, saved.

    What cannot stand is kept too, with what is wrong with it, until it is given anew.
    """
    values, wrong = clean(PUBLISH, raw, at)
    if "media" in values:
        numbers, more = await find_media(person, values["media"])
        values["media"] = numbers
        wrong += more
    form = dict(draft.form)
    answers = dict(form.get("copyright") or {})
    for name, value in values.items():
        if name.startswith(_ASSETS):
            answers[name.removeprefix(_ASSETS)] = value
        else:
            form[name] = value
    form["copyright"] = {asset: answer for asset, answer in answers.items() if answer}
    form["_wrong"] = _others(form.get("_wrong"), raw) | {m.name: m.typed for m in wrong}
    form["_mistakes"] = _others(form.get("_mistakes"), raw) | _lines(wrong)
    return await keep(replace(draft, form=form, rev=draft.rev + 1, updated_at=at))


def _others(known: Mapping[str, Any] | None, given: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in (known or {}).items() if name not in given}


def _lines(wrong: Sequence[Mistake]) -> dict[str, list[str]]:
    return {name: [line(m) for m in wrong if m.name == name] for name in {m.name for m in wrong}}


def standing(form: Mapping[str, Any]) -> list[str]:
    """A line for each value that was given and cannot stand, in the order of the form."""
    known = form.get("_mistakes") or {}
    return [text for field in PUBLISH.fields for text in known.get(field.name, ())]


def line(mistake: Mistake) -> str:
    """标题：最多 64 字，现在 70 字。例：标题：学院更名公告"""
    typed = f"“{mistake.typed[:20]}”" if mistake.typed else ""
    example = f"。例：{mistake.example}" if mistake.example else ""
    return f"· {mistake.title}{typed}：{mistake.reason.rstrip('。')}{example}"


async def find_media(person: Person, names: Sequence[str]) -> tuple[list[str], list[Mistake]]:
    """The 备案号 of the media meant, and why the others cannot be published on."""
    own = await whose.managing_unit(person.unit)
    numbers: list[str] = []
    wrong: list[Mistake] = []
    for name in names:
        chosen, reason = await _one_medium(name, own)
        if chosen:
            numbers.append(chosen.no)
        else:
            wrong.append(Mistake("media", "媒体", name, reason, PUBLISH.field("media").example))
    return list(dict.fromkeys(numbers)), wrong


async def _one_medium(name: str, own: str) -> tuple[Medium | None, str]:
    found = await _called(name)
    if not found:
        usable = [m.name for m in await own_media(own) if m.state is MediumState.ACTIVE]
        near = get_close_matches(name, usable, n=2, cutoff=0.4)
        return None, str(not_on_the_books(name, near))
    refusals = [may_publish_on(m, own, await whose.managing_unit(m.unit)) for m in found]
    allowed = [medium for medium, refusal in zip(found, refusals, strict=True) if refusal is None]
    if len(allowed) == 1:
        return allowed[0], ""
    if not allowed:
        return None, str(refusals[0])
    choices = "、".join(f"{m.no}（{m.platform_type}）" for m in allowed)
    return None, f"有 {len(allowed)} 个同名媒体，请填备案号：{choices}"


async def _called(name: str) -> list[Medium]:
    """Media of that name or number; 机电之声·微信公众号 names one of two."""
    plain, _, platform = name.strip('“”"《》 ').partition("·")
    found = await media.called(plain)
    return [m for m in found if not platform or m.platform_type == platform] or await media.called(name)


async def own_media(managing: str) -> list[Medium]:
    """All media of a managing unit and its inner offices."""
    units = {unit.code: unit for unit in await people.all_units()}
    codes = [code for code in units if managed_by(code, units) == managing]
    return await media.of_units(codes)


async def keep(draft: Draft) -> Draft:
    """Save the draft; half an hour of silence brings a reminder."""
    await drafts.save(draft)
    await duties.close_draft(draft.id)
    await duties.owe(
        Duty(
            id=0,
            once=f"draft:{draft.id}:{draft.rev}:{draft.asking}",
            kind=DutyKind.DRAFT,
            article=ART_6_3,
            since=draft.updated_at,
            due_at=None,
            next_at=permitted(draft.updated_at + REMIND_AFTER, Calendar.default(), str(draft.id)),
            person=draft.person,
            draft=draft.id,
        )
    )
    return draft


def missing(form: Mapping[str, Any], uploads: Sequence[Upload]) -> list[str]:
    """The names of what a post still lacks, in the order it is asked for."""
    lacking = [name for name in ("media", "title") if not form.get(name)]
    if not (form.get("body") or form.get("link") or uploads):
        lacking.append("body")
    if form.get("source_kind", "原创") != "原创" and not form.get("source_name"):
        lacking.append("source_name")
    if form.get("urgency", "普通") != "普通" and not form.get("urgent_reason"):
        lacking.append("urgent_reason")
    if form.get("source_kind") == "校外转载" and not (form.get("copyright") or {}).get("text"):
        lacking.append("copyright_text")
    return lacking


def next_question(draft: Draft, uploads: Sequence[Upload]) -> str:
    """What the guided dialogue asks next; empty once the preview can be shown."""
    lacking = missing(draft.form, uploads)
    asked = draft.form.get("_asked") or []
    first = [name for name in lacking if name in ("media", "title", "body")]
    pages = [page for page in GUIDED_PAGES if draft.form.get("_guided") and page not in asked]
    page = ASSETS_PAGE[draft.platform]
    rest = [page if name == "copyright_text" else name for name in lacking if name not in first]
    return next(iter((*first, *pages, *rest)), "")


def filled(form: Mapping[str, Any], author: str, uploads: Sequence[Upload]) -> dict[str, Any]:
    """The form as it is submitted: every default written out, nothing of the dialogue left in it."""
    given = {key: value for key, value in form.items() if not key.startswith("_")}
    defaults = {f.name: f.default for f in PUBLISH.fields if f.default and f.name in _DEFAULTED}
    result = defaults | {key: value for key, value in given.items() if value not in (None, "", [])}
    result.setdefault("author", author)
    result["involves"] = list(given.get("involves") or [])
    pictures = any(upload.kind == "image" for upload in uploads)
    own = result["source_kind"] == "原创"
    answers = {
        "text": "原创" if own else "已授权",
        "image": "原创" if pictures else "不涉及",
        "font": "不涉及",
        "video": "原创" if any(upload.kind == "video" for upload in uploads) else "不涉及",
        "music": "不涉及",
    }
    result["copyright"] = answers | dict(given.get("copyright") or {})
    result["files"] = [
        {"sha256": f.sha256, "name": f.name, "size": f.size, "type": f.media_type}
        for upload in uploads
        if (f := upload.file)
    ]
    return result


_DEFAULTED = ("source_kind", "urgency", "info_kind", "portrait")


def guided(platform: Platform) -> dict[str, Any]:
    """What a new draft begins with: WeCom asks question by question."""
    return {"_guided": True} if platform is Platform.WECOM else {}


def raw_titles(found: Mapping[str, str]) -> dict[str, str]:
    """Typed titles and aliases to field names."""
    titles = PUBLISH.titles()
    return {titles[title].name: text for title, text in found.items()}
