"""/选题: the topics that a reader may see, and a year's plan by the day on which each is to come out."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from cards import notices
from cards import topics as cards
from cards.card import Card
from cards.form_topic import TOPIC
from cards.topic_stages import END
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.ledger.powers import sees_all
from handlers.people import whose
from handlers.rules.articles import ART_10
from handlers.rules.permits import SHANGHAI, Refusal, serves
from storage import people, requests
from storage.records import Person, Request, State

TEMPLATE = "topics"
YEARS = 3
"""How far back topics are looked for."""

_ASKED = re.compile(r"(?:计划)?\s*(?P<year>20\d\d)?\s*年?\s*(?:第?(?P<page>\d{1,3})页?)?", re.ASCII)
_GONE = (State.WITHDRAWN, State.REJECTED, State.VOIDED, State.STOPPED)


async def command(event: Message, person: Person, line: Line) -> Reply | None:
    """Alone what one may see, if anything; `/选题 2027` or `计划` a year by its days; None where a topic is
    to be handed in."""
    found = _ASKED.fullmatch(line.words.strip())
    if line.body or not found or not serves(person, event.at):
        return None
    today = event.at.astimezone(SHANGHAI).date()
    plan = found["year"] or line.words.startswith("计划")
    year = int(found["year"] or today.year) if plan else 0
    if not plan and not await _seen(person, today.year, event.at):
        return None
    return Reply(template=TEMPLATE, args={"year": year, "page": max(1, int(found["page"] or 1))})


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """Made from what stands on record when it is read, of what its reader may see then."""
    person, year, page = await people.get(reader), int(args["year"]), int(args["page"])
    if person is None or not serves(person, at):
        return notices.refused(str(Refusal("选题由教职工查看", ART_10)))
    today = at.astimezone(SHANGHAI).date()
    found = await _seen(person, min(year or today.year, today.year), at)
    names = {unit.code: unit.name for unit in await people.all_units()}
    own = await whose.managing_unit(person.unit)
    scope = "全校" if await sees_all(person, at) else names.get(own, own)
    if year:
        coming = sorted((one for one in found if _comes_out(one, year)), key=_day)
        return cards.plan(scope, year, [(one, names.get(one.unit, one.unit)) for one in coming], page)
    shown = found[(page - 1) * cards.PAGE : page * cards.PAGE]
    lines = [
        cards.line(one, names.get(one.unit, one.unit) if one.unit != own else "", await _awaits(one))
        for one in shown
    ]
    planned = max([today.year, *(int(_day(one)[:4]) for one in found if _day(one))])
    return cards.listed(scope, lines, len(found), page, planned)


async def _seen(person: Person, year: int, at: datetime) -> list[Request]:
    """All for those who examine or oversee; else those of one's unit, and what it publishes as the press."""
    found = await requests.of_kind(TOPIC.kind, datetime(year - YEARS + 1, 1, 1, tzinfo=UTC))
    if await sees_all(person, at):
        return found
    own = await whose.managing_unit(person.unit)
    return [one for one in found if own in (one.unit, one.facts.get("press"))]


def _comes_out(one: Request, year: int) -> bool:
    """Whether it is to come out in that year: what was taken back or refused is not, nor what ends."""
    live = one.state not in _GONE and one.form.get("stage") != END
    return live and _day(one).startswith(f"{year}-")


def _day(one: Request) -> str:
    return str(one.form.get("planned_on", ""))


async def _awaits(one: Request) -> str:
    """待 王书记; empty where nobody has to decide."""
    known = await people.several(list(await requests.holders(one.id))) if one.current else {}
    names = [person.name for person in known.values()]
    return f"待 {'、'.join(names[:2])}{' 等' if names[2:] else ''}" if names else ""
