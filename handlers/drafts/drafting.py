"""A draft: what was typed goes in, what is missing comes out."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from cards.form import Form
from handlers.drafts.offering import lines_of, meant
from handlers.duties import follow
from handlers.events import Click, Message
from handlers.kinds.process import FILLINGS
from handlers.typed import reading
from handlers.typed.answers import Raw
from storage import db, drafts, holds
from storage.held import held
from storage.holds import Row
from storage.records import Draft, Person, Platform, Request, Talk

T = TypeVar("T")


def named(form: Form, found: Mapping[str, str]) -> dict[str, str]:
    """Typed titles and aliases to field names."""
    titles = form.titles()
    return {titles[title].name: text for title, text in found.items() if title in titles}


async def merge(draft: Draft, person: Person, raw: Raw, at: datetime) -> Draft:
    """The draft with these values in it, saved.

    What cannot stand is kept too, with what is wrong with it, until it is given anew.
    """
    process = FILLINGS[draft.kind]
    found = await reading.read(process.form, process.readers, raw, person, at, draft.revises)
    form = process.form.nested(draft.form, found.values)
    typed = {mistake.name: _typed(raw[mistake.name]) for mistake in found.wrong}
    talk = replace(
        draft.talk,
        wrong=_others(draft.talk.wrong, raw) | typed,
        mistakes=_others(draft.talk.mistakes, raw) | lines_of(found.wrong),
        offers=_others(draft.talk.offers, raw) | meant(found.wrong, typed),
        remarks={**_others(draft.talk.remarks, raw), **found.remarks},
    )
    return await keep(replace(draft, form=form, talk=talk, rev=draft.rev + 1, updated_at=at))


async def open_drafts(person: str) -> list[Draft]:
    """This person's drafts that are neither submitted nor given up, held; the latest first."""
    known = await held(draft=[draft.id for draft in await drafts.open_of(person)])
    waiting = [draft for draft in known.drafts if draft.state == "open"]
    return sorted(waiting, key=lambda draft: (draft.updated_at, draft.id), reverse=True)


async def already(event: Message | Click, person: Person, request: Request, kind: str) -> Draft | None:
    """What this person has begun for a request, which is held so that nobody begins it twice. Raises
    `Conflict` where that was only now."""
    for old in await drafts.revising(request.id):
        if (old.person, old.kind) == (person.id, kind):
            if not holds.holding(Row.DRAFT, old.id):
                raise db.Conflict(f"draft {old.id} was begun meanwhile")
            return replace(old, platform=event.platform, updated_at=event.at)
    return None


def answered_by_file(draft: Draft) -> Draft:
    """The draft once a file came: what was typed instead of one and could not stand is not asked again."""
    asked = [field.name for field in FILLINGS[draft.kind].form.fields if field.file]
    talk = draft.talk
    return replace(
        draft,
        talk=replace(
            talk,
            wrong=_others(talk.wrong, asked),
            mistakes=_others(talk.mistakes, asked),
            offers=_others(talk.offers, asked),
        ),
    )


def _typed(raw: str | tuple[str, ...]) -> str:
    return raw if isinstance(raw, str) else "、".join(raw)


def _others(known: Mapping[str, T], given: Collection[str]) -> dict[str, T]:
    return {name: value for name, value in known.items() if name not in given}


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
