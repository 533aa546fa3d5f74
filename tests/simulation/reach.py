"""What a platform lets nobody change any more on a screen."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.simulation.town import OnScreen, Town

WECOM_REPAINTS, FEISHU_REPAINTS = timedelta(hours=72), timedelta(days=14)
"""How long after a code was given, or a card was sent, the platform lets it be repainted."""


def beyond_reach(town: Town, one: OnScreen, letter: Mapping[str, Any]) -> bool:
    """Whether the platform lets nobody repaint that card any more. A card of Feishu's whose press was not
    answered said so, and says what is so when it is pressed again."""
    if one.sim is town.feishu:
        return one.message.id in town.unheard or town.clock() - one.at >= FEISHU_REPAINTS
    codes = [town.wecom.codes[code] for code in letter["response_codes"].split() if code in town.wecom.codes]
    return not any(town.clock() - code.issued_at < WECOM_REPAINTS and not code.used for code in codes)
