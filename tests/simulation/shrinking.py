"""A token that fails made shorter: the fewest acts found that still lead to a fault of the same kind."""

import re
from collections.abc import Callable, Sequence

from tests.simulation.token import Token

TRIES = 200
"""Stories that are played for it at most."""

Faults = Callable[[Token], Sequence[str]]


def shrunk(token: Token, faults: Faults) -> Token:
    """Halves of the acts are left out, then quarters, and at last each by itself."""
    wanted, tries, size = _kind(faults(token)), TRIES, max(len(token.acts) // 2, 1)
    while size and tries > 0:
        at = 0
        while at < len(token.acts) and tries > 0:
            tries -= 1
            less = Token(token.seed, token.acts[:at] + token.acts[at + size :])
            if _kind(faults(less)) == wanted:
                token = less
            else:
                at += size
        size //= 2
    return token


def _kind(faults: Sequence[str]) -> str:
    """What a fault says without its numbers and names."""
    return re.sub(r"[0-9A-Za-z:.\-_/]+", "", faults[0])[:80] if faults else ""
