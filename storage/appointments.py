"""Who has held a post of a unit, since when and until when."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.expressions import Q

from storage import db
from storage.people_tables import Appointment
from storage.records import Post


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
    held = Appointment.filter(post=post.value).order_by("since_at", "id")
    for row in await held.values("unit", "person"):
        found.setdefault(row["unit"], []).append(row["person"])
    return found


async def appointed(units: Sequence[str], post: Post, at: datetime) -> dict[str, str]:
    """Who held that post of each unit at that instant, as far as the appointments reach back."""
    if not units:
        return {}
    lasts = Q(until_at__isnull=True) | Q(until_at__gt=db.to_ms(at))
    held = Appointment.filter(lasts, unit__in=units, post=post.value, since_at__lte=db.to_ms(at))
    found = await held.order_by("since_at", "id").values("unit", "person")
    return {row["unit"]: row["person"] for row in found}
