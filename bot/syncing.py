"""`quanmei directory sync`: a platform's directory read now, and what it says carried out or only told."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from aiohttp import ClientSession

from bot import console
from bot.app import connect, dispatching
from bot.clock import utc_now
from bot.directory import Directories, Outcome, consult
from bot.http import SessionHttp
from bot.platforms.base import Platform
from bot.writer import Writer
from cards.delivery import PLATFORMS
from handlers.rules.roll import Books, Change
from storage.records import Platform as Name


def command(*, dry_run: bool) -> None:
    """Every change, platform by platform; exit code 1 where a directory could not be read to its end."""
    config = console.configured()
    if not (config.feishu or config.wecom):
        console.fail("没有接入任何平台。", code=console.WRONG_USE)

    async def work() -> bool:
        async with console.database(config, prepare=True), ClientSession() as session:
            platforms = connect(config, SessionHttp(session), utc_now)
            return await sync(platforms, utc_now(), dry_run=dry_run)

    if not console.run(work()):
        console.end()


async def sync(platforms: Mapping[Name, Platform], at: datetime, *, dry_run: bool) -> bool:
    """Read each directory, say what it changes, and carry it out; whether all could be read whole."""
    writer = Writer()
    writer.start()
    directories = Directories(platforms, writer, dispatching(writer, lambda: None), lambda: at)
    whole = True
    try:
        for name, platform in platforms.items():
            outcome, books = await consult(name, platform, lambda: at)
            for line in told(name, outcome, books):
                console.say(line)
            if not dry_run:
                await directories.carry_out(name, outcome, at)
            whole = whole and outcome.memory is not None
    finally:
        await writer.stop()
    console.say("试运行，没有写入。" if dry_run else "同步完成。", "green")
    return whole


def told(name: Name, outcome: Outcome, books: Books) -> Iterator[str]:
    """What one directory changes, and what somebody has to look at."""
    if outcome.memory is None:
        yield f"{PLATFORMS[name]}：没有读完，只处理读到的部分；未读到的人不受影响。"
    for change in outcome.changes:
        who = f"{books.people[change.person].name}（{change.person}）"
        yield f"{PLATFORMS[name]}：{who}{_words(change, books)}"
    remarks = outcome.remarks
    if remarks.departments:
        yield f"{PLATFORMS[name]}：与单位表对不上的部门：{'、'.join(remarks.departments)}"
    counted = {
        "账号已登记给别人": remarks.conflicts,
        "平台查无此账号": remarks.unknown,
        "不在应用可见范围内": remarks.hidden,
        "账号已停用": remarks.disabled,
        "已登记离职但账号仍在用": remarks.still_listed,
    }
    for what, ids in counted.items():
        if ids:
            yield f"{PLATFORMS[name]}：{what}：{'、'.join(ids)}"
    if remarks.strangers:
        yield f"{PLATFORMS[name]}：{remarks.strangers} 人不在人员表中，未处理。"
    yield f"{PLATFORMS[name]}：{len(outcome.changes)} 人有变动。"


def _words(change: Change, books: Books) -> str:
    if change.left:
        return "离职"
    person = books.people[change.person]
    parts = ["恢复在职"] if change.back else []
    if change.unit is not None:
        names = [
            books.units[code].name if code in books.units else code for code in (person.unit, change.unit)
        ]
        parts.append(f"单位：{names[0]}→{names[1]}")
    if change.title is not None:
        parts.append(f"职务：{person.title or '（空）'}→{change.title}")
    if change.account is not None:
        parts.append("账号：有变动")
    return "；".join(parts)
