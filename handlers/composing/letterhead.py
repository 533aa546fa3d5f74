"""For whom and when a card is made, and what makes one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cards.card import Card


@dataclass(frozen=True, slots=True)
class Letterhead:
    """For whom and when a card is made; `fresh` is False where it repaints one already sent."""

    args: Mapping[str, Any]
    reader: str
    at: datetime
    fresh: bool = True


Composer = Callable[[Letterhead], Awaitable[Card | None]]
