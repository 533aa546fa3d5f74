"""What else is known of media: when they published last, and what is owed for them."""

from collections.abc import Sequence
from datetime import date, datetime

from tortoise.queryset import QuerySet

from storage import db
from storage.duty_records import DutyKind
from storage.records import OwedChange
from storage.rows import load, marks
from storage.tables import Duty

LAST_POSTS = """
SELECT m.no, (
    SELECT p.published_at FROM post_media p WHERE p.medium = m.no AND p.published_at < ?
    ORDER BY p.published_at DESC LIMIT 1
) AS at
FROM media m WHERE m.no IN ({})
"""
"""As SQL: the newest post of each medium is sought by index, where an aggregate would read all of them."""


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
    owed = owing(numbers).order_by("due_at", "id")
    return [_owed(row) for row in await owed.values("medium", "due_at", "detail")]


def owing(numbers: Sequence[str]) -> QuerySet[Duty]:
    return Duty.filter(medium__in=numbers, kind=DutyKind.CHANGE.value, open=True, request__isnull=True)


def _owed(row: db.Row) -> OwedChange:
    detail = load(row["detail"])
    return OwedChange(
        medium=row["medium"],
        item=detail["item"],
        person=detail["person"],
        changed_on=date.fromisoformat(detail["changed_on"]),
        due_at=db.from_ms(row["due_at"]),
    )


async def interactive(numbers: Sequence[str]) -> bool:
    """Whether one of these media was filed as open to comments, as its newest filing says."""
    sql = (
        "SELECT r.form FROM media_changes c JOIN requests r ON r.id = c.request WHERE c.medium = ?"
        " AND r.kind = 'BA' AND c.recorded_at IS NOT NULL ORDER BY c.id DESC LIMIT 1"
    )
    found = [await db.one(sql, no) for no in numbers]
    return any(load(row["form"]).get("comments") == "是" for row in found if row)
