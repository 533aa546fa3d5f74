"""The administrators are told, once a day, that no checkpoint has reached anybody for over a day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import alarms as cards
from cards.card import Card
from handlers.letters import checkpoints, notify
from handlers.rules.checkpoints import late
from handlers.rules.deadlines import SHANGHAI

TEMPLATE = "unposted"


async def tell(now: datetime) -> None:
    """The administrators, or the centre where there are none. Runs in a transaction."""
    once = f"{TEMPLATE}:{now.astimezone(SHANGHAI):%Y%m%d}"
    people = await notify.administrators(now) or await notify.center(now)
    await notify.tell(people, TEMPLATE, {}, now, once=once)


async def card(_args: Mapping[str, Any], _reader: str, at: datetime) -> Card | None:
    """While it is so; what was posted meanwhile is none of an alarm."""
    since = await checkpoints.oldest_uncovered()
    if since is None or not late(since, at):
        return None
    return cards.unposted(since, at)
