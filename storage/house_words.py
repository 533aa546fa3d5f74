"""The school's own list of words: few thousand at most, read whole and replaced whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import db

WORD, ADVICE, WHY = 40, 60, 100
"""Characters that the columns hold."""


@dataclass(frozen=True, slots=True)
class HouseWord:
    """What to write instead, and why; either may be empty."""

    word: str
    advice: str = ""
    why: str = ""


@db.kept
async def everything() -> list[HouseWord]:
    rows = await db.rows("SELECT word, advice, why FROM house_words ORDER BY id")
    return [HouseWord(row["word"], row["advice"], row["why"]) for row in rows]


async def replace(words: Sequence[HouseWord]) -> None:
    """These are the list from now on."""
    await db.run("DELETE FROM house_words")
    sql = "INSERT INTO house_words (word, advice, why) VALUES (?, ?, ?)"
    await db.many(sql, [(one.word, one.advice, one.why) for one in words])
