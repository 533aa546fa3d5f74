"""The ledger: media on the books, as they are recorded; `ledger.shown` lays over it what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q, Subquery
from tortoise.functions import Length
from tortoise.queryset import QuerySet

from storage import db, holds, memo
from storage import ledger_tables as tables
from storage.holds import Row
from storage.records import Medium, MediumState
from storage.rows import load, marks
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for, and the codes of the units whose names hold it."""

    text: str
    units: tuple[str, ...] = ()


def _medium(row: db.Row) -> Medium:
    return Medium(
        no=row["no"],
        name=row["name"],
        platform_type=row["platform_type"],
        unit=row["unit"],
        operator=row["operator"],
        admins=tuple(load(row["admins"])),
        account=row["account"],
        filed_on=date.fromisoformat(row["filed_on"]) if row["filed_on"] else None,
        filed_here_at=db.maybe_at(row["filed_here_at"]),
        state=MediumState(row["state"]),
    )


CALLED = (
    "SELECT * FROM media WHERE no = ? OR name = ? OR no IN (SELECT medium FROM media_changes"
    " WHERE recorded_at IS NULL AND item = 'name' AND after = ?)"
    " ORDER BY CASE WHEN no = ? OR name = ? THEN 0 ELSE 1 END, no"
)


async def called(name_or_no: str) -> list[Medium]:
    """Media with that name (on any platform) or that 备案号; after them those that wait for that name."""
    no = name_or_no.upper()
    return [_medium(row) for row in await db.rows(CALLED, no, name_or_no, name_or_no, no, name_or_no)]


async def several(numbers: Sequence[str]) -> list[Medium]:
    """Those of the 备案号 that are on the books, in the order asked for."""
    return [*await _several(tuple(numbers))] if numbers else []


@memo.kept
async def _several(numbers: tuple[str, ...]) -> tuple[Medium, ...]:
    sql = f"SELECT * FROM media WHERE no IN ({marks(len(numbers))})"
    found = {row["no"]: _medium(row) for row in await db.rows(sql, *numbers)}
    return tuple(found[no] for no in numbers if no in found)


async def hold(numbers: Sequence[str]) -> list[Medium]:
    """Lines of the ledger, locked until the transaction ends; `held` is the way to this."""
    if not numbers:
        return []
    holds.take(Row.MEDIUM, *numbers)
    sql = f"SELECT * FROM media WHERE no IN ({marks(len(numbers))}) ORDER BY no{db.locked()}"
    return [_medium(row) for row in await db.rows(sql, *numbers)]


async def of_units(codes: Sequence[str]) -> list[Medium]:
    """The media that these units host, by name."""
    hosted = tables.Medium.filter(unit__in=codes).order_by("name", "no")
    return [_medium(row) for row in await hosted.values()] if codes else []


async def ledger() -> list[Medium]:
    """Every medium on the books, by 备案号."""
    return [_medium(row) for row in await tables.Medium.all().order_by("no").values()]


async def has_posted(no: str) -> bool:
    """Whether a post of this medium has gone out through this system."""
    sql = "SELECT 1 AS one FROM post_media WHERE medium = ? AND published_at IS NOT NULL LIMIT 1"
    return await db.one(sql, no) is not None


async def search(
    words: Sequence[Word], within: Sequence[str] | None, limit: int, offset: int
) -> tuple[list[Medium], int]:
    """One page of the media in which every word is found, by 备案号, and how many there are in all.

    `within` are the hosting units looked at, None for every one.
    """
    if within is not None and not within:
        return [], 0
    found = tables.Medium.filter(*[await _hits(word) for word in words])
    if within is not None:
        found = found.filter(unit__in=within)
    page = found.annotate(digits=Length("no")).order_by("digits", "no").limit(limit).offset(offset)
    return [_medium(row) for row in await page.values()], await found.count()


async def _hits(word: Word) -> Q:
    """A word in number, name, platform or account, in the operator's name; a 工号, a state, an
    administrator; one of the units that the word names. What waits for the record is found under both."""
    text = word.text
    people = await Person.filter(Q(name=text) | Q(id=text)).values_list("id", flat=True)
    within = [Q(**{f"{field}__icontains": text}) for field in ("no", "name", "platform_type", "account")]
    operators = Subquery(Person.filter(name__icontains=text).values("id"))
    return Q(
        *within,
        Q(operator__in=operators),
        Q(operator=text),
        Q(state=text),
        Q(no__in=Subquery(_waiting(text).values("medium"))),
        *(Q(admins__contains=f'"{person}"') for person in people),
        *([Q(unit__in=word.units)] if word.units else []),
        join_type=Q.OR,
    )


def _waiting(text: str) -> QuerySet[tables.MediumChange]:
    """Filed changes that wait for the record and say the word."""
    operators = Subquery(Person.filter(name__icontains=text).values("id"))
    said = Q(item__in=("name", "platform_type", "account"), after__icontains=text)
    run = Q(item="operator", after__in=operators)
    named = Q(item__in=("operator", "state"), after=text)
    return tables.MediumChange.filter(said | run | named, recorded_at__isnull=True)
