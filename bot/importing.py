"""An import from beginning to end: tables read, rows checked, and all of it written or nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from bot import console, sheets
from bot.clock import utc_now
from handlers.cases import rerouting
from handlers.directory import imported
from handlers.ledger import filed, standing
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.import_cells import TITLES, Problem, Table, TableKind
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan, plan
from storage import db, departures, imports, media, people, requests
from storage.held import held

SHOWN = 100
"""Changes listed by `--dry-run`; a first import has thousands."""


async def bring_in(
    tables: Sequence[Table],
    now: datetime,
    *,
    dry_run: bool = False,
    unread: Collection[TableKind] = (),
    undo: bool = False,
) -> Plan:
    """Plan the import and, unless `dry_run` or a row has a problem, carry it out; returns the plan.

    The database is open and migrated. Tables of the kinds `unread` were there and could not be read. The
    trail names the system account this runs under. Raises `DatabaseError`.
    """
    async with db.transaction():
        before = await _existing(hold=not dry_run)
        decided = plan(tables, before, now.astimezone(SHANGHAI).date(), unread, undo=undo)
        if not decided.problems and decided.changes and not dry_run:
            await _carry_out(before, decided, tables, now)
    return decided


async def _existing(*, hold: bool) -> Existing:
    last = await imports.last_number(hold=hold)
    if hold:
        await _hold()
    ledger = await media.ledger()
    return Existing(
        {unit.code: unit for unit in await people.all_units()},
        {person.id: person for person in await people.everybody()},
        {medium.no: medium for medium in ledger},
        last,
        {medium.no: by for medium in ledger if (by := await standing.ordered(medium))},
        await filed.fields(),
    )


async def _hold() -> None:
    """Take what an import may write before it is read: nothing of it changes in between."""
    numbers = [medium.no for medium in await media.ledger()]
    steps = [*await departures.open_steps(), *await requests.open_posts(numbers)]
    await held(request=steps, medium=numbers)


async def _carry_out(before: Existing, decided: Plan, tables: Sequence[Table], now: datetime) -> None:
    by = console.operator()
    await imports.write_units(decided.units, now)
    await imports.write_people(decided.people)
    await imports.write_media(decided.media, decided.last_number, now)
    sources = {table.kind: console.source(table.file, table.sha256) for table in tables}
    await imported.record(before, decided, sources, by, now)
    await imported.follow(before, decided, by, now)
    await rerouting.all_open("import", now, by)


def command(path: Path, *, dry_run: bool, undo: bool = False) -> None:
    """`quanmei import`: what was changed, or every bad row and exit code 1."""
    config = console.configured()
    with console.working("正在读取…"):
        found = sheets.read(path)
    if found.warnings:
        console.show_problems("提示", found.warnings, "yellow")
    if found.problems and not found.tables:
        console.show_problems("读不了，什么也没有导入", found.problems, "red")
        console.end()
    only_checked = dry_run or bool(found.problems)

    async def work() -> Plan:
        async with console.database(config, prepare=True, dry_run=only_checked):
            return await bring_in(
                found.tables, utc_now(), dry_run=only_checked, unread=found.unread, undo=undo
            )

    with console.working("正在核对…"):
        decided = console.run(work())
    _report(decided, found.problems, dry_run)


def _report(decided: Plan, unreadable: Sequence[Problem], dry_run: bool) -> None:
    if decided.warnings:
        console.show_problems("提示", decided.warnings, "yellow")
    if problems := (*unreadable, *decided.problems):
        title = f"有 {len(problems)} 处要改，什么也没有导入"
        console.show_problems(title, problems, "red")
        if decided.waiting:
            console.show_problems("这些等上面的改好后再核对，不另算", decided.waiting, "yellow")
        console.end()
    if dry_run:
        for change in decided.changes[:SHOWN]:
            console.say(change)
        if len(decided.changes) > SHOWN:
            console.say(f"……另有 {len(decided.changes) - SHOWN} 项")
    for kind, count in decided.counts.items():
        console.say(f"{TITLES[kind]}：新增 {count.added}，变更 {count.changed}，不变 {count.unchanged}")
    console.say("试运行，没有写入。" if dry_run else "导入完成。", "green")
