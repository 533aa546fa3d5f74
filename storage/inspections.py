"""What the records of a unit say of a stretch of time, for the account of its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Subquery
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from storage import db, requests
from storage.records import Act, Request, State
from storage.tables import Decision, Person
from storage.tables import Request as Row

GONE = (State.WITHDRAWN, State.REJECTED, State.STOPPED, State.VOIDED)
"""States of what was asked for and is not any more."""

_POSTS = """
SELECT r.number, r.state, v.at AS handed_in, (
    SELECT max(d.at) FROM decisions d
    WHERE d.request = r.id AND d.version >= r.base AND d.act IN ('approve', 'escalate')
) AS decided FROM requests r JOIN versions v ON v.request = r.id AND v.version = r.base
WHERE r.unit = ? AND r.kind = 'FB' AND r.submitted_at >= ? AND r.submitted_at < ? ORDER BY r.id
"""
"""As SQL: thousands of rows, of which only the numbers are read."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of that time; `hours` from handing in what passed to its last decision, None of the others."""

    number: str
    hours: float | None


async def posts(unit: str, since: datetime, until: datetime) -> list[Post]:
    """The posts that a unit handed in, the oldest first."""
    found = await db.rows(_POSTS, unit, db.to_ms(since), db.to_ms(until))
    passed = (State.AWAITING_PUBLISH, State.PUBLISHED)
    return [
        Post(row["number"], (row["decided"] - row["handed_in"]) / 3_600_000)
        if row["state"] in passed and row["decided"]
        else Post(row["number"], None)
        for row in found
    ]


async def returned(
    unit: str, kinds: Sequence[str], since: datetime, until: datetime
) -> list[tuple[str, int]]:
    """The requests of these kinds that were returned in that time, and how often each."""
    theirs = _of(unit, kinds, until)
    back = Decision.filter(act=Act.RETURN.value, request__in=Subquery(theirs.values("id")))
    stretch = back.filter(at__gte=db.to_ms(since), at__lt=db.to_ms(until))
    counted = await stretch.annotate(n=Count("id")).group_by("request").values("request", "n")
    times = {row["request"]: row["n"] for row in counted}
    named = await Row.filter(id__in=list(times)).order_by("id").values("id", "number") if times else []
    return [(row["number"], times[row["id"]]) for row in named]


def _of(unit: str, kinds: Sequence[str], until: datetime) -> QuerySet[Row]:
    return Row.filter(unit=unit, kind__in=list(kinds), submitted_at__lt=db.to_ms(until))


async def submitted(
    unit: str, kinds: Sequence[str], since: datetime, until: datetime, but: Sequence[State] = GONE
) -> list[Request]:
    """The requests of these kinds that the unit handed in, or was asked for, in that time; none in a state
    among `but`."""
    asked = _of(unit, kinds, until).filter(submitted_at__gte=db.to_ms(since))
    ids = await asked.exclude(state__in=list(but)).order_by("id").values_list("id", flat=True)
    found = [await requests.by_id(int(str(one))) for one in ids]
    return [one for one in found if one]


async def last(unit: str, kind: str) -> Request | None:
    """The newest request of a kind of a unit."""
    row = await Row.filter(unit=unit, kind=kind).order_by("-id").first().values("id")
    return await requests.by_id(row["id"]) if row else None


async def registered(kind: str, units: Sequence[str]) -> int:
    """How many of a register people of these units have on it."""
    theirs = Subquery(Person.filter(unit__in=list(units)).values("id"))
    return await Row.filter(kind=kind, state=State.RECORDED, applicant__in=theirs).count()
