"""What lies in the database of a large school after years: its directory, and rows that are over."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import asyncpg
from tortoise.models import Model

from handlers.rules.articles import ART_6_2, ART_6_3, ART_8
from storage import db, ledger_tables, tables
from storage.chains import chain_json
from storage.rows import dump
from storage.steps import Step, StepRole, Verb

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai: when the bench begins."""

REQUESTS = 200_000
DUTIES = 1_000_000
AHEAD = 300
"""Duties still open, their next reminder days away."""

APART = timedelta(minutes=8)
"""Between two past requests: together they fill three years."""

Line = tuple[Any, ...]
Rows = tuple[str, list[str], Iterator[Line]]
"""A table, its columns, and what goes into them."""


@dataclass(frozen=True, slots=True)
class School:
    """The size of a directory; the first people of each unit are its author, reviewer and 书记."""

    units: int
    people: int
    media: int

    def person(self, n: int) -> str:
        unit, place = n % self.units, n // self.units
        return f"{'arf'[place]}{unit}" if place < 3 else f"p{n}"


LARGE = School(100, 5000, 800)
SMALL = School(2, 10, 2)


async def found(school: School) -> None:
    """Units, people and media, as an import leaves them."""
    await tables.Unit.bulk_create([_unit(n) for n in range(school.units)])
    await tables.Person.bulk_create([_person(school, n) for n in range(school.people)])
    roles = [tables.PersonRole(person=f"r{n}", role="保密审查人") for n in range(school.units)]
    await tables.PersonRole.bulk_create(roles)
    await ledger_tables.Medium.bulk_create([_medium(school, n) for n in range(school.media)])


def _unit(n: int) -> tables.Unit:
    code = f"{1000 + n}"
    return tables.Unit(code=code, name=f"学院{n}", kind="基层党委", first_responsible=f"f{n}", deputies="[]")


def _person(school: School, n: int) -> tables.Person:
    person = school.person(n)
    roles = "保密审查人" if person.startswith("r") else ""
    return tables.Person(
        id=person, name=f"教师{n}", unit=f"{1000 + n % school.units}", identity="教职工", roles=roles,
        feishu=f"ou_{person}",
    )  # fmt: skip


def _medium(school: School, n: int) -> ledger_tables.Medium:
    return ledger_tables.Medium(
        no=f"QM-{n:04d}", name=f"之声{n}", platform_type="微信公众号", unit=f"{1000 + n % school.units}",
        operator=school.person(n), admins=f'["{school.person(n)}"]', state="在用", filed_on="2020-01-01",
    )  # fmt: skip


async def remember(url: str, school: School) -> None:
    """Fill in the past, all of it in one transaction; the tables are empty and migrated."""
    past = [_whole(model, columns.split(), lines(school)) for model, columns, lines in _PAST]
    if url.startswith("sqlite"):
        _into_sqlite(url.removeprefix("sqlite://"), past)
    else:
        await _into_postgres(url, past)


def _whole(model: type[Model], columns: list[str], lines: Iterator[Line]) -> Rows:
    """The rows with the model's own defaults for every column that is left out."""
    defaults = {
        name: field.default
        for name, field in model._meta.fields_map.items()
        if field.default is not None and name not in columns
    }
    others = tuple(defaults.values())
    return model._meta.db_table, [*columns, *defaults], (line + others for line in lines)


def _into_sqlite(path: str, past: Iterable[Rows]) -> None:
    with sqlite3.connect(path) as connection:
        for table, columns, lines in past:
            names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
            connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", lines)
    connection.close()


async def _into_postgres(url: str, past: Iterable[Rows]) -> None:
    connection = await asyncpg.connect(url)
    async with connection.transaction():
        for table, columns, lines in past:
            await connection.copy_records_to_table(table, columns=columns, records=lines)
    await connection.close()


def _submitted(n: int) -> int:
    return db.to_ms(AT - (REQUESTS - n) * APART - timedelta(days=1))


@cache
def _chain(unit: int) -> str:
    code = f"{1000 + unit}"
    review = Step("review", StepRole.SECRECY_REVIEWER, Verb.EXAMINE, ART_8, code)
    return chain_json([review, Step("responsible", StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_6_3, code)])


def _form(school: School, n: int) -> str:
    body = "经学校批准，学院今日更名，特此公告。" * 5
    return dump({"media": [f"QM-{n % school.media:04d}"], "title": f"第 {n} 次公告", "body": body})


def _requests(school: School) -> Iterator[Line]:
    for n in range(REQUESTS):
        unit, at = n % school.units, _submitted(n)
        yield (
            f"FB-2025-{n:06d}", "FB", "published", school.person(n % school.people), f"{1000 + unit}",
            f"第 {n} 次公告", _form(school, n), "d" * 64, _chain(unit), 2, 1, "普通", at, at, None, 1,
            "h" * 64,
        )  # fmt: skip


def _versions(school: School) -> Iterator[Line]:
    for n in range(REQUESTS):
        yield n + 1, 1, _form(school, n), "d" * 64, _chain(n % school.units), _submitted(n)


def _decisions(school: School) -> Iterator[Line]:
    for n in range(REQUESTS):
        for step, who in (("review", "r"), ("responsible", "f")):
            yield n + 1, 1, step, "approve", f"{who}{n % school.units}", _submitted(n), "d" * 64, ""


def _trail(school: School) -> Iterator[Line]:
    for n in range(REQUESTS):
        person = school.person(n % school.people)
        yield f"FB-2025-{n:06d}", 1, _submitted(n), person, "submit", "", "", "h" * 64


def _post_media(school: School) -> Iterator[Line]:
    for n in range(REQUESTS):
        yield n + 1, f"QM-{n % school.media:04d}", _submitted(n)


def _letters(school: School) -> Iterator[Line]:
    for n in range(REQUESTS):
        at, person = _submitted(n), f"f{n % school.units}"
        yield (
            f"{at:012x}{n:020x}", "send", "feishu", person, f"ou_{person}", "approval", "{}", "decision",
            n + 1, "sent", at, at, at, f"om_{n}", 1,
        )  # fmt: skip


def _duties(school: School) -> Iterator[Line]:
    each = DUTIES // REQUESTS
    for n in range(DUTIES):
        at = _submitted(n // each)
        person = school.person(n % school.people)
        yield f"past:{n}", "decide", person, ART_6_3, n // each + 1, at, at, None, None, None, False
    detail = dump({"item": "operator", "person": "p300", "changed_on": "2026-11-20", "source": "sync"})
    soon = db.to_ms(AT + timedelta(days=3))
    for n in range(AHEAD):
        medium = f"QM-{n % school.media:04d}"
        at = soon + n * 60_000
        yield f"ahead:{n}", "change", f"p{n + 300}", ART_6_2, None, soon, at, at, medium, detail, True


def _told(school: School) -> Iterator[Line]:
    for n in range(DUTIES):
        yield n + 1, school.person(n % school.people), 1, _submitted(n // (DUTIES // REQUESTS))


_PAST: tuple[tuple[type[Model], str, Callable[[School], Iterator[Line]]], ...] = (
    (
        tables.Request,
        (
            "number kind state applicant unit title form digest chain step version urgency submitted_at"
            " step_since_at due_at trail_seq trail_hash"
        ),
        _requests,
    ),
    (tables.Version, "request version form digest chain at", _versions),
    (tables.Decision, "request version step act actor at digest reason", _decisions),
    (tables.Trail, "matter seq at actor act note prev hash", _trail),
    (ledger_tables.PostMedium, "request medium published_at", _post_media),
    (
        tables.Letter,
        (
            "id kind platform person account template args lane request state created_at next_at sent_at"
            " message_id closed"
        ),
        _letters,
    ),
    (tables.Duty, "name kind person article request since_at due_at next_at medium detail open", _duties),
    (tables.Told, "duty person rung at", _told),
)
"""Table, the columns that are given, and the rows."""
