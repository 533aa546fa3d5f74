"""The import of units, people and media: every row is checked, then all are taken or none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.rules.import_cells import Problem, Report, Table, TableKind, medium_number, number_value
from handlers.rules.import_changes import Count, count, media_changed, names, people_changed, units_changed
from handlers.rules.import_checks import check, check_headers
from handlers.rules.import_roots import roots, set_apart
from handlers.rules.import_rows import Entry, Existing, Record, read
from storage.records import Medium, Person, Unit


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would write; nothing at all where there are problems.

    `units`, `people`, `media` are new or different ones, as they will be; `last_number` is the last
    备案号 given afterwards; `changes` are sentences for whoever runs it. `waiting` are rows that can be told
    once a problem in another is put right.
    """

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    waiting: tuple[Problem, ...] = ()
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    media: tuple[Medium, ...] = ()
    last_number: int = 0
    counts: Mapping[TableKind, Count] = field(default_factory=dict)
    changes: tuple[str, ...] = ()


def plan(
    tables: Sequence[Table],
    existing: Existing,
    today: date,
    unread: Collection[TableKind] = (),
    *,
    undo: bool = False,
) -> Plan:
    """Check the tables against each other and what exists; never raises.

    Of a table whose headers are wrong, and of the kinds `unread`, nothing is known: the others are checked
    without asking whether they name what is in it. Changes that were filed and recorded are taken back only
    with `undo`.
    """
    report = Report(unread={*unread}, undo=undo)
    sound = check_headers(tables, report)
    rows = read(sound, existing, report)
    report.roots = roots(rows)
    check(rows, existing, today, report)
    set_apart(rows, report)
    if report.problems:
        return _refused(report)
    media, last = _numbered(rows.media, existing)
    return _accepted(_by_key(rows.units), _by_key(rows.people), media, existing, last, report)


def _refused(report: Report) -> Plan:
    return Plan(_sorted(report.problems), _sorted(report.warnings), _sorted(report.waiting))


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.row)))


def _by_key(entries: Iterable[Entry[Record]]) -> dict[str, Record]:
    return {entry.key: entry.record for entry in entries}


def _numbered(entries: Sequence[Entry[Medium]], existing: Existing) -> tuple[dict[str, Medium], int]:
    """Media by 备案号, and the last number: those without one get the next, in the order of the rows."""
    given = [number_value(no) for no in (*existing.media, *(entry.key for entry in entries))]
    last = max([existing.last_number, *given])
    media: dict[str, Medium] = {}
    for entry in entries:
        if not (no := entry.key):
            last += 1
            no = medium_number(last)
        media[no] = replace(entry.record, no=no)
    return media, last


def _accepted(
    units: dict[str, Unit],
    people: dict[str, Person],
    media: dict[str, Medium],
    existing: Existing,
    last: int,
    report: Report,
) -> Plan:
    known = names(existing, units.values(), people.values())
    return Plan(
        warnings=_sorted(report.warnings),
        units=_different(units, existing.units),
        people=_different(people, existing.people),
        media=_different(media, existing.media),
        last_number=last,
        counts={
            TableKind.UNITS: count(units, existing.units),
            TableKind.PEOPLE: count(people, existing.people),
            TableKind.MEDIA: count(media, existing.media),
        },
        changes=(
            *units_changed(units.values(), existing, known),
            *people_changed(people.values(), existing, known),
            *media_changed(media.values(), existing, known),
        ),
    )


def _different(after: Mapping[str, Record], before: Mapping[str, Record]) -> tuple[Record, ...]:
    return tuple(record for key, record in after.items() if before.get(key) != record)
