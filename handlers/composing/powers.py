"""The card of a year's four powers, for whoever may see them all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import notices, phrases
from cards import powers as cards
from cards.card import Card
from handlers.ledger import powers as ledger
from handlers.letters import views
from handlers.rules.articles import ART_10
from handlers.rules.permits import SHANGHAI, Refusal
from storage import people


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """Made from what stands on record when it is read."""
    person, year = await people.get(reader), int(args["year"])
    if person is None or not await ledger.sees_all(person, at):
        told = "各单位的四权确认由党委宣传部和全媒体中心查看。看本单位的请发：/四权"
        return notices.refused(str(Refusal(told, ART_10)))
    names = {unit.code: unit.name for unit in await people.all_units()}
    asked = set(await ledger.publishers())
    found = await ledger.of_year(year)
    lines = [
        (_stage(one), cards.line(names.get(one.unit, one.unit), one.number, one.lacking, one.reason, waits))
        for one in found
        for waits in (await _awaits(one, reader, at),)
    ]
    unasked = sorted(asked - {one.unit for one in found})
    this_year = year == at.astimezone(SHANGHAI).date().year
    return cards.of_year(year, lines, [names.get(unit, unit) for unit in unasked], begin=this_year)


def _stage(one: ledger.Powers) -> str:
    if not one.said:
        return cards.WAITING
    return cards.LACKING if one.lacking else cards.HELD


async def _awaits(one: ledger.Powers, reader: str, at: datetime) -> str:
    """待 王书记，10月31日 24:00前; empty where it has been said."""
    if one.request is None or one.said:
        return ""
    view = await views.load(one.request, reader, at)
    return "，".join(filter(None, (f"待 {phrases.holders(view) or '（暂缺）'}", phrases.due_briefly(view))))
