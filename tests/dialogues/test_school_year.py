"""A school year of everything: every process begins and ends, the yearly reminders come when they should, and
the account of the year says what the year was."""

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from handlers.calendar import adopt
from handlers.kinds.process import FILLINGS, PROCESSES
from handlers.rules import notice
from storage import db, duties
from storage.duty_records import DutyKind
from tests.dialogues.posts import request
from tests.dialogues.test_files import PICTURE, upload
from tests.dialogues.test_topic import examiner
from tests.school_year import ACCOUNTS, ACTS, BEGINS, ENDED, ENDS, PERIODIC, Act
from tests.world import World, words
from tests.year_days import NOTICE, SHANGHAI, at

COMES_BACK = (
    DutyKind.ROUND, DutyKind.ACCOUNT, DutyKind.SYSTEMS, DutyKind.CALENDAR, DutyKind.EXPIRY, DutyKind.COMMENTS,
    DutyKind.LOOK_AGAIN, DutyKind.WEEK,
)  # fmt: skip
OFTEN, HOURLY = ("rounds", "campaigns", "silences", "remind"), ("look_out", "powers", "depart", "registers")
KNOWN_ON = "2026-11-17 10:10"
"""When the days off of the next year are brought in."""


async def live(world: World, acts: Iterable[Act], until: str) -> None:
    """People act, and between their acts comes each morning and whatever is due."""
    for act in acts:
        await wait(world, act.when)
        await world.say(act.who, act.text)
        if act.picture:
            await upload(world, act.who, "", PICTURE, "image")
        for press in act.presses:
            await world.click(act.who, press)
        for what in OFTEN[:-1]:
            await world.machine.ticks.tick(what)
        await world.settle()
    await wait(world, until)


async def wait(world: World, until: str) -> None:
    while world.now < at(until):
        early = world.now.astimezone(SHANGHAI).replace(hour=8, minute=37, second=0, microsecond=0)
        morning = early if early > world.now else early + timedelta(days=1)
        due = await duties.next_due()
        world.now = min(one for one in (at(until), morning, due) if one and one > world.now)
        for what in (*(HOURLY if world.now == morning else ()), *OFTEN):
            await world.machine.ticks.tick(what)
        await world.settle()


async def reminded() -> list[str]:
    """Every reminder of what comes back, a line each."""
    sql = (
        "SELECT t.person, t.at, d.name, d.kind, r.number FROM told t JOIN duties d ON d.id = t.duty"
        " LEFT JOIN requests r ON r.id = d.request"
    )
    return sorted(
        f"{db.from_ms(row['at']).astimezone(SHANGHAI):%Y-%m-%d %H:%M} {row['person']} "
        + (f"{row['kind']} {row['number']}" if row["number"] else row["name"])
        for row in await db.rows(sql)
        if row["kind"] in COMES_BACK
    )


async def counted(number: str) -> tuple[dict[str, str], int]:
    """Figures and proposed score, as the pack of a unit keeps them."""
    form = (await request(number)).form
    return {one["label"]: one["value"] for one in form["figures"]}, form["score"]


def books(world: World, *names: str) -> dict[str, dict[str, Any]]:
    """The figures in the workbooks on somebody's screen, by the number they are asked with."""
    found = {}
    for shown in (one for name in names for one in world.screen(name)):
        if shown.file and shown.file.name.endswith(".xlsx"):
            rows = list(load_workbook(BytesIO(shown.file.content))["各项数据"].values)[1:]
            found[shown.file.name.removesuffix(".xlsx")] = {str(row[0]): row[2] for row in rows}
    return found


async def test_a_school_year_in_which_everything_begins_and_ends(world: World) -> None:
    world.now = at(BEGINS)
    await examiner()
    await live(world, [one for one in ACTS if one.when < KNOWN_ON], KNOWN_ON)
    await adopt(notice.read(NOTICE), world.now)
    await live(world, [one for one in ACTS if one.when > KNOWN_ON], ENDS)

    requests = await db.rows("SELECT number, kind, state FROM requests")
    ended = {number: state for state, numbers in ENDED.items() for number in numbers.split()}
    assert {row["number"]: row["state"] for row in requests} == ended
    assert {row["kind"] for row in requests} == set(PROCESSES)
    drafts = await db.rows("SELECT kind FROM drafts WHERE state = 'submitted'")
    begun = {name for name, one in FILLINGS.items() if name not in PROCESSES or PROCESSES[name].starts}
    assert {row["kind"] for row in drafts} == begun | {"JS"}  # /解释 begins by its own words

    assert await reminded() == PERIODIC
    (asked,) = await db.rows("SELECT submitted_at FROM requests WHERE kind = 'QL'")
    assert f"{db.from_ms(asked['submitted_at']).astimezone(SHANGHAI):%m-%d %H:%M}" == "10-08 08:37"

    assert {number: await counted(number) for number in ACCOUNTS} == ACCOUNTS
    written = books(world, "赵老师", "钱主任")
    for number, (figures, _) in ACCOUNTS.items():
        assert written[(await request(number)).title] == figures

    await world.say("沈老师", "/溯源 FB-2026-0001\n理由：核查投诉")
    assert "同意 王书记" in "\n".join(words(one) for one in world.screen("沈老师"))
    for who, asks, told in (
        ("李老师", "/公文 FB-2026-0001", "FB-2026-0001 信息发布审批记录.docx"),
        ("陈同学", "/官方吗 机电青春", "机电学院党委"),
        ("李老师", "/依据 FB-2026-0001", "哈工大党宣〔2019〕10号"),
    ):
        await world.say(who, asks)
        assert told in world.last(who)
