"""What became of letters: read, as their platform says or as their matter was opened here, or given up."""

from collections.abc import Collection, Sequence
from datetime import datetime

from storage import db
from storage.letter_rows import readable
from storage.letters import Letter
from storage.records import Platform
from storage.rows import marks

# A letter that was sent keeps the end of its lease in next_at: (state, next_at) is an index.
_UNREAD = (
    "SELECT * FROM letters WHERE state = 'sent' AND next_at >= ? AND sent_at > ? AND platform = ?"
    " AND kind = 'send' AND read_at IS NULL AND message_id <> '' AND id > ? AND (template = 'cc'"
    " OR (lane = 'decision' AND closed = 0"
    " AND request IN (SELECT id FROM requests WHERE state = 'in_review')))"
    " ORDER BY id LIMIT ?"
)


async def mark(person: str, platform: Platform, messages: Sequence[str], at: datetime) -> None:
    """The first time at which this person read their letters of those messages."""
    if messages:
        sql = (
            "UPDATE letters SET read_at = ? WHERE person = ? AND platform = ? AND state = 'sent'"
            f" AND read_at IS NULL AND message_id IN ({marks(len(messages))})"
        )
        await db.run(sql, db.to_ms(at), person, platform.value, *messages)


async def opened(person: str, request: int, at: datetime) -> None:
    """This person opened here what they were given a copy of, or asked to decide."""
    sql = (
        "UPDATE letters SET read_at = ? WHERE request = ? AND kind = 'send' AND state = 'sent'"
        " AND person = ? AND (template = 'cc' OR lane = 'decision') AND read_at IS NULL"
    )
    await db.run(sql, db.to_ms(at), request, person)


async def unread(platform: Platform, since: datetime, after: str, limit: int) -> list[Letter]:
    """Copies (抄送) and cards that ask for an open decision, sent since then and not known to be read,
    oldest first, behind the letter `after`."""
    sent = db.to_ms(since)
    return readable(await db.rows(_UNREAD, sent, sent, platform.value, after, limit))


async def refused(persons: Collection[str]) -> dict[tuple[str, Platform], str]:
    """Of these people, by platform, where the last message was given up: the line that was kept of why."""
    if not persons:
        return {}
    sql = (
        "SELECT person, platform, error FROM letters d WHERE state = 'dead'"
        f" AND person IN ({marks(len(persons))}) AND NOT EXISTS (SELECT 1 FROM letters s"
        " WHERE s.person = d.person AND s.platform = d.platform AND s.state = 'sent' AND s.id > d.id)"
        " ORDER BY id"
    )
    found = await db.rows(sql, *persons)
    return {(row["person"], Platform(row["platform"])): row["error"] for row in found}
