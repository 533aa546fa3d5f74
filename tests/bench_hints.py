"""How long the hints of the longest post take, with the books of a large school: part of `make bench`."""

import random
import time
from datetime import date

from handlers.rules.hints.books import Books, Leader, Word
from handlers.rules.hints.found import in_text
from tests.rules.clean_texts import CLEAN

LONGEST = 20_000
TODAY = date(2026, 12, 1)
KINDS = ("工程学院", "学院党委", "办公室", "研究中心", "科学与工程学院")


async def hints() -> dict[str, float]:
    """Milliseconds for a text in which little is odd; what is sought is built beforehand, as it is kept."""
    chance = random.Random(1)

    def word(least: int, most: int) -> str:
        return "".join(chr(0x4E00 + chance.randrange(2000)) for _ in range(chance.randint(least, most)))

    books = Books(
        tuple(word(2, 4) + chance.choice(KINDS) for _ in range(500)),
        tuple(Leader(word(2, 3), f"{word(2, 4)}院长") for _ in range(400)),
        tuple(Word(word(2, 4), word(2, 4)) for _ in range(3000)),
    )
    text = ("\n".join(CLEAN) * LONGEST)[:LONGEST]
    in_text(text[:100], books, TODAY)
    begun = time.perf_counter()
    in_text(text, books, TODAY)
    return {"hints of a post of 20 000 characters, ms": 1000 * (time.perf_counter() - begun)}
