"""What must hold whatever the platforms did: no letter ends unsent without somebody being told."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.rules.permits import in_service
from storage import db, people

_MISSED = ("send", "file")
"""Kinds of letters that somebody misses; a repaint that fails is followed by a fresh message."""


async def untold() -> list[str]:
    """Letters that were given up, and neither went another way nor are told of to anybody."""
    rows = await db.rows("SELECT * FROM letters ORDER BY id")
    told = [str(row["once"]) for row in rows if row["once"]]
    return [
        f"{row['template']} to {row['person']} on {row['platform']}: {row['error']}"
        for row in rows
        if row["state"] == "dead" and row["kind"] in _MISSED and not _told(row, told)
        if not await _needs_nothing(row)
    ]


def _told(row: Mapping[str, Any], told: Sequence[str]) -> bool:
    """Whether it went out otherwise, or an alarm names whom it was for, or the letter, or the matter."""
    once = str(row["once"] or "")
    end = f":{row['person']}:{row['platform']}"
    other = [f"{once.removesuffix(end)}:{row['person']}:{name}" for name in ("wecom", "feishu")]
    begins: tuple[str, ...] = (
        f"other:{row['id']}",
        f"plain:{row['id']}",
        f"dead:{row['person']}:",
        "unreadable:",
    )
    if row["request"] is not None:
        begins += (f"unreached:{row['request']}:",)
    return any(one.startswith(begins) or (one in other and one != once) for one in told)


async def _needs_nothing(row: Mapping[str, Any]) -> bool:
    """Whether nobody misses it: an answer to an unknown account, a leaver's, or a card that asks for what was
    decided by then."""
    person = await people.get(row["person"]) if row["person"] else None
    if person is None or not in_service(person, db.from_ms(row["created_at"])):
        return True
    if row["template"] != "approval" or row["request"] is None:
        return False
    sql = "SELECT count(*) AS n FROM requests WHERE id = ? AND state = 'in_review'"
    now = await db.one(sql, row["request"])
    return not (now and now["n"])
