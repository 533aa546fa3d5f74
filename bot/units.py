"""`quanmei unit`: a unit renamed, merged into another, or split, from a day on."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime

from bot import console
from bot.clock import utc_now
from handlers.directory import units
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.permits import Refusal
from storage import db

Work = Callable[[date, datetime, str], Awaitable[Refusal | None]]


def rename(code: str, name: str, on: datetime | None) -> None:
    _do(lambda day, at, by: units.rename(code, name, day, at, by), on, f"{code} 已更名为 {name}。")


def merge(code: str, into: str, on: datetime | None) -> None:
    done = f"{code} 已并入 {into}：人员、媒体和未办结的申请已转入。"
    _do(lambda day, at, by: units.merge(code, into, day, at, by), on, done)


def split(code: str, parts: Sequence[str], on: datetime | None) -> None:
    done = f"已登记 {code} 拆分为 {'、'.join(parts)}。人员和媒体的去向请导入。"
    _do(lambda day, at, by: units.split(code, parts, day, at, by), on, done)


def _do(work: Work, on: datetime | None, done: str) -> None:
    """Carry it out as of that day (today without one); exit code 1 with the reason where it cannot be."""
    config, at = console.configured(), utc_now()
    day = on.date() if on else at.astimezone(SHANGHAI).date()

    async def changed() -> Refusal | None:
        async with console.database(config, prepare=True), db.transaction():
            return await work(day, at, console.operator())

    if refusal := console.run(changed()):
        console.fail(f"{refusal}。")
    console.say(done, "green")
