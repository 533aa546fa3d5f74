"""What waits for each platform, and when it last took something."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import db
from storage.records import Platform
from storage.rows import marks

PACED = "enough for one member"
"""The error of a letter that waits because its receiver had as many as they may have: nothing is wrong."""

LOOKED_BACK = timedelta(hours=1)
"""How far back the last letter that went out is looked for."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How many letters wait for a platform and since when the oldest does; `error` is what was kept of the
    last try that failed, `sent_at` when one last went out there, None where none did lately."""

    platform: Platform
    letters: int
    since: datetime
    error: str = ""
    sent_at: datetime | None = None


async def waiting(platforms: Collection[Platform], now: datetime) -> list[Queue]:
    """Of each of these platforms that something waits for."""
    if not platforms:
        return []
    sql = (
        "SELECT platform, count(*) AS n, min(created_at) AS since FROM letters"
        f" WHERE state IN ('queued', 'sending') AND error <> '{PACED}'"
        f" AND platform IN ({marks(len(platforms))}) GROUP BY platform ORDER BY platform"
    )
    found = await db.rows(sql, *(name.value for name in platforms))
    return [
        Queue(
            Platform(row["platform"]),
            row["n"],
            db.from_ms(row["since"]),
            await _error(row["platform"]),
            await last_sent(Platform(row["platform"]), now),
        )
        for row in found
    ]


async def _error(platform: str) -> str:
    # what may have arrived keeps saying so: another letter may say why it was not answered
    sql = (
        "SELECT error FROM letters WHERE state IN ('queued', 'sending') AND platform = ? AND error <> ''"
        f" AND error <> '{PACED}' ORDER BY error = 'unanswered', attempts DESC, next_at DESC LIMIT 1"
    )
    row = await db.one(sql, platform)
    return str(row["error"]) if row else ""


async def last_sent(platform: Platform, now: datetime) -> datetime | None:
    """When something last went out there, as far as it was lately."""
    since = db.to_ms(now - LOOKED_BACK)
    # a letter that was sent keeps the end of its lease in next_at: (state, next_at) is an index
    sql = (
        "SELECT max(sent_at) AS at FROM letters"
        " WHERE state = 'sent' AND next_at >= ? AND sent_at >= ? AND platform = ?"
    )
    row = await db.one(sql, since, since, platform.value)
    return db.maybe_at(row["at"]) if row else None
