"""What is open, late and coming up, counted: for the Monday digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Subquery
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from storage.db import from_ms, maybe_at, to_ms
from storage.duty_records import DutyKind
from storage.ledger_tables import Medium
from storage.records import State
from storage.tables import Duty, Request


@dataclass(frozen=True, slots=True)
class Counts:
    """Requests that wait for a decision, those of them that are late or due soon, and unfiled changes."""

    open: int
    late: int
    coming: int
    changes: int


@dataclass(frozen=True, slots=True)
class Late:
    """A request whose step is overdue."""

    number: str
    title: str
    unit: str
    due_at: datetime


async def busy_units(but: Sequence[str] = ()) -> list[str]:
    """Units with a request that waits for a decision, of a kind not among `but`, or a change that is not
    filed."""
    owing = Medium.filter(no__in=Subquery(_unfiled().values("medium")))
    deciding = await _waiting(but).distinct().values("unit")
    return sorted({str(row["unit"]) for row in [*deciding, *await owing.distinct().values("unit")]})


def _waiting(but: Sequence[str] = ()) -> QuerySet[Request]:
    found = Request.filter(state=State.IN_REVIEW)
    return found.exclude(kind__in=list(but)) if but else found


def _unfiled() -> QuerySet[Duty]:
    """next_at > 0 is found by index; for IS NOT NULL SQLite reads every duty there ever was."""
    return Duty.filter(kind=DutyKind.CHANGE, next_at__gt=0, open=True)


async def of_units(units: Sequence[str], now: datetime, until: datetime, but: Sequence[str] = ()) -> Counts:
    """What is open in these units, requests of the kinds `but` left out: late at `now`, and due from then
    until `until`."""
    if not units:
        return Counts(0, 0, 0, 0)
    waiting = _waiting(but).filter(unit__in=units)
    theirs = Medium.filter(unit__in=units).values("no")
    return Counts(
        open=await waiting.count(),
        late=await waiting.filter(due_at__lte=to_ms(now)).count(),
        coming=await waiting.filter(due_at__gt=to_ms(now), due_at__lt=to_ms(until)).count(),
        changes=await _unfiled().filter(medium__in=Subquery(theirs)).count(),
    )


async def of_kinds(
    kinds: Sequence[str], question: str, now: datetime, until: datetime
) -> tuple[int, int, int, int]:
    """Of requests of some kinds in the whole school: those at the step `question`, those beyond it, and
    of all how many are late at `now`, and due from then until `until`."""
    waiting = Request.filter(state=State.IN_REVIEW, kind__in=list(kinds))
    asked = await waiting.filter(step=question).count()
    return (
        asked,
        await waiting.count() - asked,
        await waiting.filter(due_at__lte=to_ms(now)).count(),
        await waiting.filter(due_at__gt=to_ms(now), due_at__lt=to_ms(until)).count(),
    )


async def by_kind(units: Sequence[str] = ()) -> dict[str, int]:
    """How many requests of each kind wait for a decision, of these units or of all."""
    found = _waiting().filter(unit__in=units) if units else _waiting()
    counted = await found.annotate(n=Count("id")).group_by("kind").order_by("kind").values("kind", "n")
    return {row["kind"]: row["n"] for row in counted}


@dataclass(frozen=True, slots=True)
class Open:
    """A request of which something is still expected: a decision, a revision, or that it goes on."""

    id: int
    number: str
    unit: str
    due_at: datetime | None


_UNFINISHED = (State.IN_REVIEW, State.RETURNED, State.PAUSED)


async def unfinished() -> list[Open]:
    """Every request that somebody has in hand, without its words."""
    found = Request.filter(state__in=_UNFINISHED).order_by("id")
    rows = await found.values("id", "number", "unit", "due_at")
    return [Open(row["id"], row["number"], row["unit"], maybe_at(row["due_at"])) for row in rows]


async def late(now: datetime, limit: int, units: Sequence[str] = (), but: Sequence[str] = ()) -> list[Late]:
    """The requests that are overdue the longest, of these units or of all, but for the kinds `but`."""
    found = _waiting(but).filter(due_at__lte=to_ms(now))
    if units:
        found = found.filter(unit__in=units)
    return [
        Late(request.number, request.title, request.unit, from_ms(request.due_at))
        for request in await found.order_by("due_at", "id").limit(limit)
    ]
