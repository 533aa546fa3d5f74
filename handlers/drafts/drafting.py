"""A draft: what was typed goes in, what is missing comes out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from cards.form import Form
from cards.phrases import excerpt
from handlers.duties import follow
from handlers.kinds.process import FILLINGS
from handlers.typed import reading
from handlers.typed.answers import Mistake, Raw
from storage import drafts
from storage.held import held
from storage.records import Draft, Person, Platform, Talk

T = TypeVar("T")

_QUOTED = 20
"""Characters of what was typed that are quoted where it cannot stand."""


def named(form: Form, found: Mapping[str, str]) -> dict[str, str]:
    """Typed titles and aliases to field names."""
    titles = form.titles()
    return {titles[title].name: text for title, text in found.items() if title in titles}


async def merge(draft: Draft, person: Person, raw: Raw, at: datetime) -> Draft:
    """The draft with these values in it, saved.

    What cannot stand is kept too, with what is wrong with it, until it is given anew.
    """
    process = FILLINGS[draft.kind]
    found = await reading.read(process.form, process.readers, raw, person, at)
    form = process.form.nested(draft.form, found.values)
    typed = {mistake.name: _typed(raw[mistake.name]) for mistake in found.wrong}
    talk = replace(
        draft.talk,
        wrong=_others(draft.talk.wrong, raw) | typed,
        mistakes=_others(draft.talk.mistakes, raw) | _lines(found.wrong),
        offers=_others(draft.talk.offers, raw) | _offers(found.wrong, typed),
        remarks={**_others(draft.talk.remarks, raw), **found.remarks},
    )
    return await keep(replace(draft, form=form, talk=talk, rev=draft.rev + 1, updated_at=at))


async def open_drafts(person: str) -> list[Draft]:
    """This person's drafts that are neither submitted nor given up, held; the latest first."""
    known = await held(draft=[draft.id for draft in await drafts.open_of(person)])
    waiting = [draft for draft in known.drafts if draft.state == "open"]
    return sorted(waiting, key=lambda draft: (draft.updated_at, draft.id), reverse=True)


def _typed(raw: str | tuple[str, ...]) -> str:
    return raw if isinstance(raw, str) else "、".join(raw)


def _others(known: Mapping[str, T], given: Collection[str]) -> dict[str, T]:
    return {name: value for name, value in known.items() if name not in given}


def _lines(wrong: Sequence[Mistake]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(line(m) for m in wrong if m.name == name) for name in {m.name for m in wrong}}


def _offers(wrong: Sequence[Mistake], typed: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By field each button, with the whole answer that has in it what may be meant."""
    offers: dict[str, tuple[tuple[str, str], ...]] = {}
    for mistake in wrong:
        whole, name = typed[mistake.name], mistake.name
        meant = [(words, whole.replace(mistake.typed, text, 1)) for words, text in mistake.offers.items()]
        offers[name] = (*offers.get(name, ()), *meant)
    return offers


def offers(draft: Draft) -> list[tuple[str, str, str]]:
    """Field, words of the button and the answer it stands for, in the order of the form."""
    fields = FILLINGS[draft.kind].form.fields
    return [(f.name, words, text) for f in fields for words, text in draft.talk.offers.get(f.name, ())]


def standing(draft: Draft) -> list[str]:
    """A line for each value that was given and cannot stand, in the order of the form."""
    fields = FILLINGS[draft.kind].form.fields
    return [text for field in fields for text in draft.talk.mistakes.get(field.name, ())]


def line(mistake: Mistake) -> str:
    """标题：最多 64 字，现在 70 字。例：标题：学院更名公告"""
    typed = f"“{excerpt(mistake.typed, _QUOTED)}”" if mistake.typed else ""
    reason = mistake.reason.rstrip("。")
    if not mistake.example:
        return f"· {mistake.title}{typed}：{reason}"
    stop = "" if reason.endswith(("？", "！")) else "。"
    return f"· {mistake.title}{typed}：{reason}{stop}例：{mistake.example}"


async def keep(draft: Draft) -> Draft:
    """Save the draft; what is owed for it follows."""
    await drafts.save(draft)
    await follow.draft(draft)
    return draft


async def noted(draft: Draft, at: datetime) -> Draft:
    """The draft with what the ledger and the calendar say of it at that instant."""
    return replace(draft, notes=await FILLINGS[draft.kind].notes(draft, at))


def begun(platform: Platform) -> Talk:
    """How the dialogue of a new draft begins: WeCom asks question by question."""
    return Talk(guided=platform is Platform.WECOM)
