"""What is missing or will be: people, delegates, a year's days; the Monday digest; and what a tick costs."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from handlers.calendar import Move, adopt
from handlers.events import Tick
from handlers.reminders import remind
from handlers.rules import notice
from storage import db, duties, trail
from storage.duty_records import DutyKind
from storage.records import TrailEntry
from tests.dialogues.posts import submit
from tests.dialogues.test_duties import changed, day
from tests.world import World, buttons, words

VACANT = "暂缺第一责任人 机电学院党委"
WEEK = "周报 11月30日—12月6日 全校"


YEAR = """{"year": 2027, "holidays": {"2027-01-01": "元旦", "2027-02-05": "春节", "2027-04-05": "清明节",
"2027-05-01": "劳动节", "2027-06-09": "端午节", "2027-09-15": "中秋节", "2027-10-01": "国庆节"},
"workdays": {}}"""


async def year_known(world: World) -> None:
    """Next year's days are official and this year's account is declined, so nobody is reminded of either."""
    await adopt(notice.read(YEAR), world.now)
    async with db.transaction():
        said = TrailEntry("account:2026", 0, world.now, "1102", "decline", note="并入专项巡察")
        await trail.note(said)


async def look_out(world: World, text: str) -> None:
    """The hourly look, then the reminders it leads to."""
    world.now = datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)
    await world.tick("look_out")
    await world.tick(seconds=20)


async def test_a_unit_without_a_first_responsible_person_is_told_at_once_and_then_weekly(
    world: World,
) -> None:
    await year_known(world)
    await db.run("UPDATE people SET left_on = '2026-11-20' WHERE id = '2101'")
    await look_out(world, "2026-11-23 10:07")
    await look_out(world, "2026-11-23 11:07")

    assert world.titles("赵老师") == world.titles("钱主任") == [VACANT]

    await day(world, "2026-11-27 09:45")

    assert world.titles("钱主任") == [VACANT]

    await day(world, "2026-11-30 09:45")

    assert world.titles("钱主任")[-1] == "2 件事项请您关注"
    assert buttons(world.card("钱主任", of="2 件")) == ["看 机电学院党委", "看 周报"]


async def test_a_vacancy_that_is_filled_is_not_told_of_again_and_its_card_says_so(world: World) -> None:
    await year_known(world)
    await db.run("UPDATE units SET first_responsible = '' WHERE code = '2100'")
    await look_out(world, "2026-11-23 10:07")
    await db.run("UPDATE units SET first_responsible = '2102' WHERE code = '2100'")
    await day(world, "2026-11-30 09:45")

    assert world.titles("钱主任") == [f"已办 {VACANT}", WEEK]


async def test_a_tick_with_a_step_that_nobody_can_decide_finds_whoever_can(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = '' WHERE code IN ('2100', '1000')")
    await submit(world)
    await world.click("孙老师", "审查通过")

    assert [duty.request for duty in await duties.standing(DutyKind.VACANCY)] == [1]

    await db.run("UPDATE units SET first_responsible = '2102' WHERE code = '2100'")
    await world.tick(seconds=20)

    assert world.titles("吴副书记") == ["待审批 FB-2026-0001 学院更名"]
    assert await duties.standing(DutyKind.VACANCY) == []


async def test_both_are_told_on_the_last_working_day_of_an_absence(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-24 11-29 出差")
    told = len(world.titles("王书记"))
    await day(world, "2026-11-26 17:01")

    assert len(world.titles("王书记")) == told

    await day(world, "2026-11-27 09:45")

    assert "您请 吴副书记 代理审批，到 11月29日（周日）24:00 结束。" in world.last("王书记")
    assert "您代 王书记 审批，到 11月29日（周日）24:00 结束。" in world.last("吴副书记")


async def test_an_absence_that_was_cancelled_is_not_told_of(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-24 11-29 出差")
    await world.say("王书记", "/代理 取消")
    told = world.titles("吴副书记")
    await day(world, "2026-11-27 09:45")

    assert world.titles("吴副书记") == told


async def test_the_centre_and_the_administrators_are_told_weekly_while_next_year_is_missing(
    world: World,
) -> None:
    title = "还没有 2027 年放假安排"
    await look_out(world, "2026-10-30 10:07")
    await look_out(world, "2026-11-02 08:20")

    assert world.titles("钱主任") == []

    await day(world, "2026-11-02 09:45")

    assert world.card("钱主任", "看 放假安排", of="2 件")

    await world.click("钱主任", "看 放假安排")

    assert world.titles("钱主任")[-1] == title
    assert buttons(world.card("钱主任", of=title)) == ["明天再提醒", "还通知了谁"]

    await year_known(world)
    await day(world, "2026-11-09 09:45")

    assert world.titles("钱主任")[-1] == "周报 11月9日—11月15日 全校"


async def test_the_monday_digest_of_a_unit_and_of_the_school(world: World) -> None:
    await year_known(world)
    await look_out(world, "2026-11-23 10:07")
    await submit(world)
    await world.click("孙老师", "审查通过")
    await db.run("UPDATE duties SET next_at = NULL WHERE kind = 'decide'")
    await day(world, "2026-11-30 09:45")
    await world.tick(hours=1)
    said = words(world.screen("王书记")[-1])

    assert world.titles("王书记")[-1] == "周报 11月30日—12月6日 机电学院党委"
    assert "机电学院党委截至11月30日（周一）09:45：在办 1 件，其中超时 1 件，当周到期 0 件。" in said
    assert "· FB-2026-0001 学院更名（机电学院党委） 应于 11月24日 10:07前" in said
    assert world.titles("钱主任") == [WEEK]
    assert "机电学院党委：在办 1，超时 1，到期 0" in world.last("钱主任")
    assert world.titles("林书记") == []


async def test_a_digest_that_is_opened_later_has_the_figures_of_its_day(world: World) -> None:
    await look_out(world, "2026-11-23 10:07")
    await submit(world)
    await day(world, "2026-11-30 09:45")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await day(world, "2026-12-07 09:45")
    first = next(shown for shown in world.screen("赵老师") if "11月30日—12月6日" in words(shown))
    sim, account = world.where("赵老师")
    await sim.click(account, first.id, "看 周报", {})
    await world.settle()

    assert world.titles("赵老师")[-1] == WEEK
    assert "截至11月30日（周一）09:45：在办 1 件，其中超时 1 件" in world.last("赵老师")
    assert "· FB-2026-0001 学院更名（机电学院党委） 应于 11月24日 10:07前" in world.last("赵老师")


async def test_the_centres_digest_is_short_where_there_is_nothing_to_say(world: World) -> None:
    await year_known(world)
    await look_out(world, "2026-11-23 10:07")
    await day(world, "2026-11-30 09:45")

    assert world.titles("赵老师") == [WEEK]
    assert "09:45：在办 0 件，其中超时 0 件，当周到期 0 件。" in world.last("赵老师")
    assert "未送达 0 条，人员均可联系" in world.last("赵老师")
    assert world.titles("王书记") == []


async def test_official_days_move_an_unfiled_change_and_its_reminders(world: World) -> None:
    world.now = datetime(2026, 12, 29, 2, 7, tzinfo=UTC)
    duty = await changed(world, on=world.now.date())
    await world.tick()
    document = '{"year": 2027, "holidays": {"2027-01-01": "元旦", "2027-01-04": "元旦"}, "workdays": {}}'
    before, after = (datetime(2027, 1, d, 16, tzinfo=UTC) for d in (6, 7))

    tried = await adopt(notice.read(document), world.now, dry_run=True)
    assert tried.moves == (Move("QM-0001", "机电之声 变更备案", before, after),)

    await adopt(notice.read(document), world.now)
    await world.settle()
    moved = await duties.get(duty.id)
    assert moved
    assert moved.due_at == after
    assert moved.next_at == datetime(2027, 1, 5, 0, 45, tzinfo=UTC)
    assert "由 2027年1月6日（周三）24:00 改为 2027年1月7日（周四）24:00" in world.last("李老师")
    assert [entry.act for entry in await trail.of("medium:QM-0001")] == ["reschedule"]


async def test_a_make_up_day_that_has_passed_brings_its_reminder_at_once(world: World) -> None:
    world.now = datetime(2026, 12, 30, 2, 7, tzinfo=UTC)
    await changed(world, on=world.now.date())
    await world.tick()
    seen = len(world.titles("李老师"))
    await day(world, "2027-01-04 10:07")
    document = '{"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {"2027-01-03": "元旦"}}'
    await adopt(notice.read(document), world.now)
    await world.tick(seconds=20)

    assert world.titles("李老师")[seen:] == ["备案期限有调整", "变更待备案 机电之声"]


async def test_a_tick_that_finds_nothing_due_asks_one_question_and_an_index_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = db.to_ms(world.now)
    for n in range(300):
        await db.run(
            "INSERT INTO duties (name, kind, person, article, step, version, since_at, next_at, rung,"
            ' "open") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            f"d{n}", "draft", "", "", "", 0, moment, moment + n + 1 if n % 2 else None, 0, True,
        )  # fmt: skip
    if db.is_postgres():
        await db.run("ANALYZE duties")
        await db.run("SET enable_seqscan = off")
    explain = "EXPLAIN " if db.is_postgres() else "EXPLAIN QUERY PLAN "
    plan = " ".join(str(dict(row)) for row in await db.rows(explain + duties.DUE, moment, -1, 0, 3))

    assert re.search(r"Index Scan using \S*next_at|SEARCH duties USING INDEX \S*next_at", plan), plan

    asked: list[str] = []
    rows = db.rows

    async def listen(sql: str, *args: object) -> Sequence[db.Row]:
        asked.append(sql)
        return await rows(sql, *args)

    monkeypatch.setattr(db, "rows", listen)
    await remind.handle(Tick(key="t", at=world.now, what="remind"))

    assert asked == [duties.DUE]
