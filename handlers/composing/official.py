"""The answer to /官方吗, from what is recorded when it is read (Article 11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import official as cards
from cards.card import Card
from handlers.ledger.authorised import authorised
from handlers.rules import official
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.official import Answer
from handlers.rules.text import label
from storage import ledger, media, people

TEMPLATE = "official"
_REF = 200
"""Characters of what was asked for that a button carries on; of a longer one it carries nothing."""


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """The answer from what is recorded when it is read."""
    asked = str(args["asked"])
    verdict = official.look(asked, await media.ledger(), await ledger.homes())
    units = {unit.code: unit.name for unit in await people.all_units()}
    ref = asked if reader and len(asked) <= _REF and "|" not in asked else ""
    if verdict.answer is Answer.YES:
        return cards.yes(asked, verdict.media, units, ref)
    if given := await authorised(asked, at.astimezone(SHANGHAI).date()):
        if label(given[0].name).casefold() != label(asked).casefold():
            return cards.unsure(f"它与经授权的名称“{given[0].name}”写法相近，但不相同", ref)
        lasting = [one for one in given if one.ended is None]
        lines = [(one.name, one.platform, one.unit, one.until, one.number) for one in lasting]
        if lines:
            return cards.authorised(asked, lines, ref)
        over = [(one.name, one.platform, one.unit, one.ended, one.number) for one in given if one.ended]
        return cards.no_longer(asked, over, ref)
    if verdict.answer is Answer.NO:
        return cards.no(asked, verdict.near, units, ref)
    return cards.unsure(verdict.why, ref)
