"""`quanmei calendar`: a year shown, and an official year brought in."""

import hashlib
from datetime import date
from pathlib import Path

from bot import console
from bot.clock import utc_now
from bot.year_page import year_page
from cards.times import deadline
from handlers import calendar, workyear
from handlers.calendar import Adopted, Turn
from handlers.rules import notice
from handlers.rules.notice import WorkYear
from handlers.rules.notice_days import WEEKDAYS, NoticeError
from handlers.rules.workdays import Calendar, lacking
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

    async def work() -> Adopted:
        async with console.database(config, prepare=True, dry_run=dry_run):
            by = console.operator()
            return await calendar.adopt(year, utc_now(), dry_run=dry_run, campus=campus, by=by, note=source)

    try:
        with console.working("正在核对办理期限…"):
            adopted = console.run(work())
    except NoticeError as why:
        console.fail(f"{file.name}：{why}。")
    _report(year, adopted, dry_run=dry_run, campus=campus)


def _read(file: Path) -> tuple[WorkYear, str]:
    """The year, and what it was read from, as the trail names it."""
    content = file.read_bytes()
    try:
        year = notice.read(content.decode("utf-8-sig"))
        return year, console.source(file.name, hashlib.sha256(content).hexdigest())
    except UnicodeDecodeError:
        console.fail(f"{file.name} 不是 UTF-8 编码的文本，请在记事本中另存为“UTF-8”。")
    except NoticeError as why:
        console.fail(f"{file.name}：{why}。")


def _report(year: WorkYear, adopted: Adopted, *, dry_run: bool, campus: bool) -> None:
    console.say(_summary(year, adopted))
    if not (year.whole or year.about or campus):
        lacks = "、".join(lacking(year.year, year.days))
        console.say(f"其中没有{lacks}，不是全年的安排：其余日子照旧。", "yellow")
    for turn in adopted.turns:
        console.say(_turn(turn))
    turns = len(adopted.turns)
    console.say(f"{turns} 天的上班安排有变动。" if turns else "没有一天的上班安排有变动。")
    now = utc_now()
    for move in adopted.moves:
        before, after = deadline(move.before, now), deadline(move.after, now)
        console.say(f"{move.number} {move.title}：办理期限 {before} → {after}")
    moves = len(adopted.moves)
    console.say(f"{moves} 件的办理期限有变动。" if moves else "没有办理期限变动。")
    console.say("试运行，没有写入。" if dry_run else "导入完成。", "green")


def _summary(year: WorkYear, adopted: Adopted) -> str:
    if year.until:
        return f"{adopted.source}：{'、'.join(year.about)}放假到 {_day(year.until)}。"
    worked = sum(row.workday for row in year.days.values())
    return f"{adopted.source}：放假 {len(year.days) - worked} 天，调休上班 {worked} 天。"


def _turn(turn: Turn) -> str:
    name = f"（{turn.name}）" if turn.name else ""
    return f"{_day(turn.day)}：{'休息 → 上班' if turn.worked else '上班 → 休息'}{name}"


def _day(day: date) -> str:
    return f"{day}（周{WEEKDAYS[day.weekday()]}）"
