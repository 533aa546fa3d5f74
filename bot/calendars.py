"""`quanmei calendar`: a year shown, and an official year brought in."""

import hashlib
from pathlib import Path

from bot import console
from bot.clock import utc_now
from bot.year_page import year_page
from cards.times import deadline
from handlers import calendar, workyear
from handlers.calendar import Move
from handlers.rules import notice
from handlers.rules.notice import NoticeError, WorkYear
from handlers.rules.workdays import Calendar
from storage import opening


def show(year: int) -> None:
    """The page of a year, with what the database adds where there is one."""
    config = console.configured()

    async def work() -> Calendar:
        async with opening.opened(opening.untouched(config.database_url)):
            return Calendar.default() if await opening.pending_migrations() else await workyear.current()

    console.say(year_page(year, console.run(work())))


def bring_in(file: Path, *, dry_run: bool, campus: bool = False) -> None:
    """Lay the year down and tell which deadlines move; exit code 1 where the text cannot be right."""
    config, (year, source) = console.configured(), _read(file)

    async def work() -> list[Move]:
        async with console.database(config, prepare=True, dry_run=dry_run):
            by = console.operator()
            return await calendar.adopt(year, utc_now(), dry_run=dry_run, campus=campus, by=by, note=source)

    with console.working("正在核对办理期限…"):
        moves = console.run(work())
    _report(year, moves, dry_run)


def _read(file: Path) -> tuple[WorkYear, str]:
    """The year, and what it was read from, as the trail names it."""
    content = file.read_bytes()
    try:
        year = notice.read(content.decode("utf-8-sig"))
        return year, console.source(file.name, hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError:
        console.fail(f"{file.name} 不是 UTF-8 编码的文本。")
    except NoticeError as why:
        console.fail(f"{file.name}：{why}。")


def _report(year: WorkYear, moves: list[Move], dry_run: bool) -> None:
    worked = sum(row.workday for row in year.days.values())
    console.say(f"{year.year} 年：放假 {len(year.days) - worked} 天，调休上班 {worked} 天。")
    now = utc_now()
    for move in moves:
        before, after = deadline(move.before, now), deadline(move.after, now)
        console.say(f"{move.number} {move.title}：办理期限 {before} → {after}")
    console.say(f"{len(moves)} 件的办理期限有变动。" if moves else "没有办理期限变动。")
    console.say("试运行，没有写入。" if dry_run else "导入完成。", "green")
