"""A page of the media in which every word is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tortoise.expressions import Q, Subquery
from tortoise.functions import Length
from tortoise.models import Model
from tortoise.queryset import QuerySet

from storage import ledger_tables as tables
from storage.media import medium
from storage.records import Medium
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for, and the codes of the units whose names hold it."""

    text: str
    units: tuple[str, ...] = ()


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
    return [medium(row) for row in await page.values()], await found.count()


async def _hits(word: Word) -> Q:
    """A word in number, name, platform or account, in the operator's name; a 工号, a state, an
    administrator; one of the units that the word names. What waits for the record is found under both."""
    text = word.text
    known = Person.filter(_is(Person, text, "name") | _is(Person, text, "id"))
    people = await known.values_list("id", flat=True)
    within = [Q(**{f"{field}__icontains": text}) for field in ("no", "name", "platform_type", "account")]
    operators = Subquery(Person.filter(name__icontains=text).values("id"))
    return Q(
        *within,
        Q(operator__in=operators),
        _is(tables.Medium, text, "operator"),
        _is(tables.Medium, text, "state"),
        Q(no__in=Subquery(_waiting(text).values("medium"))),
        *(Q(admins__contains=f'"{person}"') for person in people),
        *([Q(unit__in=word.units)] if word.units else []),
        join_type=Q.OR,
    )


def _is(table: type[Model], text: str, column: str) -> Q:
    """Whether a column holds just this text; what does not fit into it stands in no row."""
    most = _longest(table).get(column)
    return Q(pk__in=[]) if most and len(text) > most else Q(**{column: text})


@cache
def _longest(table: type[Model]) -> dict[str, int | None]:
    """Characters that fit into each column."""
    said = table.describe(serializable=False)
    columns = said["pk_field"], *said["data_fields"]
    return {column["name"]: column["constraints"].get("max_length") for column in columns}


def _waiting(text: str) -> QuerySet[tables.MediumChange]:
    """Filed changes that wait for the record and say the word."""
    operators = Subquery(Person.filter(name__icontains=text).values("id"))
    said = Q(item__in=("name", "platform_type", "account"), after__icontains=text)
    run = Q(item="operator", after__in=operators)
    named = Q(item__in=("operator", "state")) & _is(tables.MediumChange, text, "after")
    return tables.MediumChange.filter(said | run | named, recorded_at__isnull=True)
