"""A draft: what was typed goes in, what is missing comes out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.duty import follow
from handlers.fields import Mistake, clean
from handlers.processes import PROCESSES
from storage import drafts
from storage.records import Draft, Person, Platform, Upload


async def merge(
    draft: Draft, person: Person, raw: Mapping[str, str | tuple[str, ...]], at: datetime
) -> Draft:
    """The draft with these values in it, saved.

    What cannot stand is kept too, with what is wrong with it, until it is given anew.
    """
    process = PROCESSES[draft.kind]
    values, wrong = clean(process.form, raw, at)
    values, more = await process.take(person, values, at)
    wrong += more
    form = process.form.nested(draft.form, values)
    form["_wrong"] = _others(form.get("_wrong"), raw) | {m.name: m.typed for m in wrong}
    form["_mistakes"] = _others(form.get("_mistakes"), raw) | _lines(wrong)
    return await keep(replace(draft, form=form, rev=draft.rev + 1, updated_at=at))


def _others(known: Mapping[str, Any] | None, given: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in (known or {}).items() if name not in given}


def _lines(wrong: Sequence[Mistake]) -> dict[str, list[str]]:
    return {name: [line(m) for m in wrong if m.name == name] for name in {m.name for m in wrong}}


def standing(draft: Draft) -> list[str]:
    """A line for each value that was given and cannot stand, in the order of the form."""
    known = draft.form.get("_mistakes") or {}
    fields = PROCESSES[draft.kind].form.fields
    return [text for field in fields for text in known.get(field.name, ())]


def line(mistake: Mistake) -> str:
    """标题：最多 64 字，现在 70 字。例：标题：学院更名公告"""
    typed = f"“{mistake.typed[:20]}”" if mistake.typed else ""
    example = f"。例：{mistake.example}" if mistake.example else ""
    return f"· {mistake.title}{typed}：{mistake.reason.rstrip('。')}{example}"


async def keep(draft: Draft) -> Draft:
    """Save the draft; what is owed for it follows."""
    await drafts.save(draft)
    await follow.draft(draft)
    return draft


async def noted(draft: Draft, at: datetime) -> Draft:
    """The draft with what the ledger and the calendar say of it at that instant."""
    notes = await PROCESSES[draft.kind].notes(draft, at)
    return replace(draft, form={**draft.form, **notes})


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """The names of what a draft still lacks, in the order it is asked for."""
    return PROCESSES[draft.kind].missing(draft.form, uploads)


def next_question(draft: Draft, uploads: Sequence[Upload]) -> str:
    """What is asked next; empty once the form card or the preview can be shown."""
    process = PROCESSES[draft.kind]
    lacking = process.missing(draft.form, uploads)
    asked = draft.form.get("_asked") or []
    first = [name for name in lacking if name in (*process.first, "body")]
    pages = [page for page in process.guided if draft.form.get("_guided") and page not in asked]
    rest = [process.asked_on(name, draft.platform) for name in lacking if name not in first]
    question = next(iter((*first, *pages, *rest)), "")
    if draft.platform is Platform.FEISHU and question not in process.feishu_pages:
        return ""
    return question


def guided(platform: Platform) -> dict[str, Any]:
    """What a new draft begins with: WeCom asks question by question."""
    return {"_guided": True} if platform is Platform.WECOM else {}
