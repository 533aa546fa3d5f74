"""What an examination comes to: one thing that was looked at, and what to do where it is not good."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """BAD keeps the bot from its work, NOTE does not but somebody should know."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do where it is not good."""

    level: Level
    what: str
    remedy: str = ""
