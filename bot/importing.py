"""An import from beginning to end: existing rows, the plan, and all of it written or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.rules.deadlines import SHANGHAI
from handlers.rules.import_cells import Table, TableKind
from handlers.rules.import_changes import Count
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan, plan
from storage import db, imports, media, people


async def bring_in(tables: Sequence[Table], now: datetime, *, dry_run: bool = False) -> Plan:
    """Plan the import and, unless `dry_run` or a row has a problem, carry it out; returns the plan.

    The database is open and migrated. Raises `DatabaseError`.
    """
    async with db.transaction():
        decided = plan(tables, await _existing(hold=not dry_run), now.astimezone(SHANGHAI).date())
        if not decided.problems and decided.changes and not dry_run:
            await _carry_out(decided, now)
    return decided


async def _existing(*, hold: bool) -> Existing:
    last = await imports.last_number(hold=hold)
    return Existing(
        {unit.code: unit for unit in await people.all_units()},
        {person.id: person for person in await people.everybody()},
        {medium.no: medium for medium in await media.ledger()},
        last,
    )


async def _carry_out(decided: Plan, now: datetime) -> None:
    await imports.write_units(decided.units, now)
    await imports.write_people(decided.people)
    await imports.write_media(decided.media, decided.last_number)
    await imports.note(_counted(decided.counts), now)


def _counted(counts: Mapping[TableKind, Count]) -> str:
    return "; ".join(f"{kind} +{count.added} ~{count.changed}" for kind, count in counts.items())
