"""What else is known of media: when they published last, what is owed for them, who answered for them."""

from collections.abc import Sequence
from datetime import date, datetime

from storage import db
from storage.duty_records import DutyKind
from storage.records import OwedChange, Post
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


async def last_appointed(unit: str, post: Post, at: datetime) -> str | None:
    """Who held a post of a unit at that instant, or had held it last and was not replaced.

    Empty where the post had been left vacant by an import, None where no appointment reaches back.
    """
    sql = (
        "SELECT a.person, a.until_at, p.left_on FROM appointments a LEFT JOIN people p ON p.id = a.person"
        " WHERE a.unit = ? AND a.post = ? AND a.since_at <= ?"
        " AND (a.until_at IS NULL OR a.until_at > a.since_at)"
        " ORDER BY a.since_at DESC, a.id DESC LIMIT 1"
    )
    row = await db.one(sql, unit, post.value, db.to_ms(at))
    if row is None:
        return None
    stands = row["until_at"] is None or row["until_at"] > db.to_ms(at) or row["left_on"]
    return str(row["person"]) if stands else ""


async def ever_appointed(post: Post) -> dict[str, list[str]]:
    """Everybody who has held that post of a unit, by unit, in order."""
    found: dict[str, list[str]] = {}
    sql = "SELECT unit, person FROM appointments WHERE post = ? ORDER BY since_at, id"
    for row in await db.rows(sql, post.value):
        found.setdefault(row["unit"], []).append(row["person"])
    return found


async def appointed(units: Sequence[str], post: Post, at: datetime) -> dict[str, str]:
    """Who held that post of each unit at that instant, as far as the appointments reach back."""
    if not units:
        return {}
    sql = (
        f"SELECT unit, person FROM appointments WHERE unit IN ({marks(len(units))}) AND post = ?"
        " AND since_at <= ? AND (until_at IS NULL OR until_at > ?) ORDER BY since_at, id"
    )
    moment = db.to_ms(at)
    found = await db.rows(sql, *units, post.value, moment, moment)
    return {row["unit"]: row["person"] for row in found}
