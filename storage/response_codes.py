"""WeCom's one-time rights to repaint a card, kept with its letter."""

from collections.abc import Sequence

from storage import db

ROOM = 1000
"""Characters of the column that keeps them."""


async def use(letter: str) -> str:
    """Take the newest of a card's WeCom response codes (each works once); empty where none is left."""
    codes = await _of(letter)
    if not codes:
        return ""
    await _keep(letter, codes[:-1])
    return codes[-1]


async def add(letter: str, code: str) -> None:
    """A click gave a fresh WeCom response code for this card."""
    await _keep(letter, [*await _of(letter), code])


async def before(letter: str, code: str) -> None:
    """The code with which a card was sent: one that a click gave in the meantime stays the newer one."""
    await _keep(letter, [code, *await _of(letter)])


async def _of(letter: str) -> list[str]:
    """A card's codes, the newest last, its row held."""
    row = await db.one(f"SELECT response_codes FROM letters WHERE id = ?{db.locked()}", letter)
    return row["response_codes"].split() if row else []


async def _keep(letter: str, codes: Sequence[str]) -> None:
    await db.run("UPDATE letters SET response_codes = ? WHERE id = ?", _fitting(codes), letter)


def _fitting(codes: Sequence[str]) -> str:
    """As many of the newest codes as their column takes; whoever presses often is given one each time."""
    kept: list[str] = []
    for code in filter(None, reversed(codes)):
        if len(" ".join((*kept, code))) > ROOM:
            break
        kept.append(code)
    return " ".join(reversed(kept))
