"""Events that have been handled: a key is claimed once, and what is older than the claims is refused."""

from datetime import datetime, timedelta

from storage import db

KEPT = timedelta(days=7)
"""Longer than any platform's retries (Feishu: about 7 h 20 min). What happened before is refused: whether
it was handled is not known any more."""

ASTRAY = timedelta(days=1)
"""How much longer keys are kept: the platform's clock, by which an event is old, may be ahead of ours."""


async def claim(key: str, at: datetime) -> bool:
    """True where this transaction is the first to handle the event."""
    sql = "INSERT INTO claims (key, at) VALUES (?, ?) ON CONFLICT (key) DO NOTHING RETURNING key"
    return await db.one(sql, key[:120], db.to_ms(at)) is not None


async def forget(now: datetime) -> int:
    """Drop keys of events that would be refused for their age; how many."""
    return len(await db.rows("DELETE FROM claims WHERE at < ? RETURNING 1", db.to_ms(now - KEPT - ASTRAY)))
