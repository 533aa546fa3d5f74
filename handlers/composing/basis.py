"""/依据 编号: the edition of the Measures under which a record was submitted, and what it rests on."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import notices, phrases
from cards.card import Card, Panel, Row
from cards.view import View
from handlers.letters import may_read
from handlers.rules import articles, editions
from handlers.rules.editions import Edition
from storage import trail
from storage.records import Act


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """For those who may see where the record stands."""
    found = await may_read.loaded(args, reader, at)
    if found is None:
        return None
    person, view = found
    request = view.request
    if refusal := await may_read.may_see(person, view):
        return notices.refused(str(refusal))
    return _card(view, await edition_of(request.number, request.submitted_at), editions.in_force(at))


async def edition_of(number: str, submitted: datetime) -> Edition:
    """What the trail notes of the last submission; of one without a note, the edition of its day."""
    told = [await trail.last(number, act) for act in (Act.REVISE, Act.SUBMIT)]
    entry = next(filter(None, told), None)
    return editions.of_note(entry.note, entry.at) if entry else editions.in_force(submitted)


def _card(view: View, edition: Edition, present: Edition) -> Card:
    rests = dict.fromkeys(step.article for step in view.request.chain)
    rows = tuple(Row(phrases.task(step), step.article) for step in view.request.chain)
    changed = "" if edition is present else f"现行版本是 {present.version}，这件仍按提交时的版本。"
    return Card(
        title=f"{view.request.number} 的依据",
        lead=f"按 {edition.version} 提交（{edition.told}）。{changed}",
        rows=rows,
        panels=tuple(_panel(number, edition) for number in _numbers(rests, edition)),
    )


def _numbers(rests: Mapping[str, None], edition: Edition) -> list[int]:
    """The articles that steps name, each once, in order."""
    named = [found[0] for one in rests if (found := re.match(r"第[^条]+条", one))]
    known = [articles.by_number(one, edition.text) for one in named]
    return sorted({one.number for one in known if one})


def _panel(number: int, edition: Edition) -> Panel:
    article = articles.articles(edition.text)[number - 1]
    return Panel(article.name, tuple(article.text.split("\n")))
