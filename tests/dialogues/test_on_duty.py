"""值班: urgent steps at nights and on days off; 李老师 and 吴副书记 write in WeCom, 王书记 in Feishu."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.rules.deadlines import working_hours
from handlers.rules.workdays import Calendar
from storage import db, requests
from storage.records import State
from tests.dialogues.posts import pass_review, request
from tests.world import World

ROSTERED = "/值班 机电学院党委 吴副书记 今天 11-29"
TO_EVENING = 11 * 3600


@pytest.mark.parametrize(
    ("at", "works"),
    [
        (datetime(2026, 11, 23, 0, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 0, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 9, 29, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 4, 0, tzinfo=UTC), False),
    ],
    ids=["early", "opens", "last", "closes", "sunday"],
)
def test_working_hours(at: datetime, works: bool) -> None:
    assert working_hours(at, Calendar.default()) is works


async def test_who_is_on_duty_takes_an_urgent_step_in_the_evening(world: World) -> None:
    await world.say("王书记", ROSTERED)

    assert "已排值班：机电学院党委，吴副书记" in world.last("王书记")
    assert "王书记 请您在" in world.last("吴副书记")

    world.step(TO_EVENING)
    await pass_review(world, 紧急="紧急", 紧急理由="突发情况")

    assert await requests.holders(1) == {"2101": "", "2102": "2101"}

    assert "您值班，代 王书记 办理。" in world.last("吴副书记")

    await world.say("王书记", "/为什么 FB-2026-0001")

    assert "吴副书记（值班，代 王书记）" in world.last("王书记")

    await world.click("吴副书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert "吴副书记 已代您同意 FB-2026-0001" in world.last("王书记")

    await world.say("李老师", "/查询 FB-2026-0001")

    assert "吴副书记 代 王书记 同意" in world.last("李老师")
    assert "值班。" in world.last("李老师")


async def test_who_is_on_duty_stands_in_the_inbox_of_those_whose_steps_it_takes(world: World) -> None:
    await world.say("王书记", ROSTERED)
    await pass_review(world)
    for who in ("王书记", "吴副书记", "孙老师", "林书记"):
        await world.say(who, "/待办")
    turn = "（机电学院党委），至 11月29日 24:00，办下班后和休息日的紧急、特急件。"

    assert f"值班：吴副书记{turn}" in world.last("王书记")
    assert f"值班：您{turn}" in world.last("吴副书记")
    assert "值班" not in world.last("孙老师") + world.last("林书记")

    await world.say("王书记", "/值班 机电学院党委 取消")
    await world.say("王书记", "/待办")

    assert "值班" not in world.last("王书记")


async def test_neither_by_day_nor_what_is_not_urgent(world: World) -> None:
    await world.say("王书记", ROSTERED)
    await pass_review(world, 紧急="特急", 紧急理由="突发情况")

    assert await requests.holders(1) == {"2101": ""}

    world.step(TO_EVENING)
    await pass_review(world, 标题="不急")

    assert await requests.holders(2) == {"2101": ""}

    await world.say("吴副书记", "/同意 FB-2026-0002")

    assert "FB-2026-0002 不由您办理" in world.last("吴副书记")


async def test_in_the_morning_it_is_over_and_so_when_it_is_cancelled(world: World) -> None:
    await world.say("王书记", ROSTERED)
    world.step(TO_EVENING)
    await pass_review(world, 紧急="紧急", 紧急理由="突发情况")
    world.step(timedelta(hours=14).total_seconds())
    await world.click("吴副书记", "同意")

    assert (await request()).state is State.IN_REVIEW

    world.step(TO_EVENING)
    await world.say("王书记", "/值班 机电学院党委 取消")
    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert (await request()).state is State.IN_REVIEW


@pytest.mark.parametrize(
    ("who", "typed", "answer"),
    [
        ("李老师", ROSTERED, "机电学院党委 的值班由其第一责任人或内勤安排（第五条（二））。"),
        ("王书记", "/值班 机电学院党委 何老师 今天 明天", "何老师 不能办理 机电学院党委 的审批，不能值班"),
        ("王书记", "/值班 机电系 何老师 今天 明天", "没有找到单位“机电系”。"),
        ("王书记", "/值班", "请这样写：/值班 单位 姓名或工号 12-01 12-07"),
        ("王书记", "/值班 机电学院党委", "机电学院党委 没有排值班。"),
    ],
)
async def test_who_may_not_and_who_cannot(world: World, who: str, typed: str, answer: str) -> None:
    await world.say(who, typed)

    assert answer in world.last(who)
    assert await db.rows("SELECT id FROM on_call") == []
