"""What else is known of media: when they published last, and what is owed for them."""

from collections.abc import Sequence
from datetime import date, datetime

from storage import db
from storage.duty_records import DutyKind
from storage.records import OwedChange
from storage.rows import load, marks

LAST_POSTS = """
SELECT m.no, (
    SELECT p.published_at FROM post_media p WHERE p.medium = m.no AND p.published_at < ?
    ORDER BY p.published_at DESC LIMIT 1
) AS at
FROM media m WHERE m.no IN ({})
"""

OWED = (
    "SELECT medium, due_at, detail FROM duties WHERE medium IN ({}) AND kind = ?"
    ' AND "open" = ? AND request IS NULL ORDER BY due_at, id'
)


async def last_posts(numbers: Sequence[str], before: datetime) -> dict[str, datetime]:
    """When each medium last published by its receipts, of those that did before that instant."""
    if not numbers:
        return {}
    found = await db.rows(LAST_POSTS.format(marks(len(numbers))), db.to_ms(before), *numbers)
    return {row["no"]: db.from_ms(row["at"]) for row in found if row["at"] is not None}


async def changes_owed(numbers: Sequence[str]) -> list[OwedChange]:
    """Changes of these media that happened and are not being filed yet, the earliest due first."""
    if not numbers:
        return []
    sql = OWED.format(marks(len(numbers)))
    return [_owed(row) for row in await db.rows(sql, *numbers, DutyKind.CHANGE.value, True)]


def _owed(row: db.Row) -> OwedChange:
    detail = load(row["detail"])
    return OwedChange(
        medium=row["medium"],
        item=detail["item"],
        person=detail["person"],
        changed_on=date.fromisoformat(detail["changed_on"]),
        due_at=db.from_ms(row["due_at"]),
    )
