"""Reminders climb in working hours, urgent ones at any time, and nothing is doubled or made up for."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage import db
from tests.dialogues.posts import pass_all, pass_review, submit
from tests.world import MORNING, World, words

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def run(world: World, until: datetime, every: timedelta = timedelta(minutes=5)) -> None:
    """Let the clock tick until then."""
    while world.now < until:
        await world.tick(seconds=every.total_seconds())


def moments(world: World, who: str, what: str) -> list[str]:
    """When somebody got cards or texts that say so, in Shanghai's time."""
    return [
        f"{shown.at.astimezone(SHANGHAI):%m-%d %H:%M}"
        for shown in world.screen(who)
        if not shown.mine and what in words(shown)
    ]


async def friday_noon(world: World) -> None:
    """李老师's post at noon on Friday, 27 November."""
    world.now = MORNING + timedelta(days=4, hours=3)
    await submit(world)


async def test_a_waiting_step_is_reminded_of_after_four_working_hours_and_then_each_morning(
    world: World,
) -> None:
    await friday_noon(world)
    await run(world, world.now + timedelta(days=5), timedelta(minutes=15))
    times = [shown.at.astimezone(SHANGHAI) for shown in world.screen("孙老师")]

    assert [f"{at:%a}" for at in times] == ["Fri", "Fri", "Mon", "Tue", "Wed"]
    assert [at.hour in (8, 9) for at in times[2:]] == [True, True, True]
    assert times[1] - times[0] >= timedelta(hours=4)


async def test_no_reminder_that_is_not_urgent_leaves_outside_working_hours_or_at_crowded_minutes(
    world: World,
) -> None:
    await friday_noon(world)
    await run(world, world.now + timedelta(days=4), timedelta(minutes=10))
    times = [shown.at.astimezone(SHANGHAI) for shown in world.screen("孙老师")[1:]]

    assert all(at.weekday() < 5 and "08:30" < f"{at:%H:%M}" < "17:30" for at in times)
    assert {at.minute for at in times} & {0, 30} == set()


async def test_a_reminder_due_in_a_crowded_minute_comes_a_minute_later(world: World) -> None:
    world.step(29 * 60 + 50)
    await submit(world)
    await world.tick(hours=4, seconds=8)

    assert len(world.titles("孙老师")) == 1

    await world.tick(minutes=1)

    assert len(world.titles("孙老师")) == 2


async def test_the_third_reminder_is_copied_to_the_head_of_the_unit_and_to_the_centre(world: World) -> None:
    await submit(world)
    await world.tick(hours=4, minutes=20)
    await world.tick(hours=20, minutes=20)

    assert world.titles("赵老师") == []

    await world.tick(hours=24)

    assert world.titles("赵老师") == ["久未办理 FB-2026-0001 学院更名"]
    assert world.titles("钱主任") == ["久未办理 FB-2026-0001 学院更名"]
    assert "机电学院党委 的申请仍在等 孙老师（保密审查），已再次提醒。" in world.last("钱主任")
    assert world.titles("王书记") == ["久未办理 FB-2026-0001 学院更名"]
    assert "已再次提醒。请您督促。" in world.last("王书记")
    assert "第 3 次提醒" in world.last("孙老师")


async def test_the_centre_is_not_told_of_its_own_delay_twice(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.tick(hours=4, minutes=20)
    await world.tick(hours=20, minutes=20)
    await world.tick(hours=24)

    assert set(world.titles("钱主任")) == {"待审批 FB-2026-0001 学院更名"}


@pytest.mark.parametrize(
    ("urgency", "minutes"), [("紧急", [0, 30, 120]), ("特急", [0, 10, 30])], ids=["urgent", "critical"]
)
async def test_haste_is_reminded_of_soon_and_at_any_hour(
    world: World, urgency: str, minutes: list[int]
) -> None:
    world.now = MORNING + timedelta(days=5, hours=13)
    await submit(world, 紧急=urgency, 紧急理由="今晚活动")
    start = world.now
    await run(world, start + timedelta(hours=3))
    waits = [round((shown.at - start).total_seconds() / 60) for shown in world.screen("孙老师")]

    assert [abs(wait - expected) <= 5 for wait, expected in zip(waits, minutes, strict=True)] == [True] * 3
    assert len(world.titles("赵老师")) == 1


async def test_looking_it_up_tells_when_who_is_reminded_next_and_the_copy(world: World) -> None:
    await submit(world)
    await world.tick(hours=4, minutes=20)
    await world.tick(hours=20, minutes=20)
    await world.say("李老师", "/查询 FB-2026-0001")

    assert "等待：孙老师" in world.last("李老师")
    assert "不处理不会自动通过；11月25日（周三）" in world.last("李老师")
    assert "再次提醒，并抄送第一责任人和全媒体中心。" in world.last("李老师")


async def test_a_late_step_says_so(world: World) -> None:
    await submit(world)
    await world.tick(hours=4, minutes=20)
    await world.tick(hours=20, minutes=20)

    assert "11月24日（周二）09:00前，已超时" in world.last("孙老师")


async def test_a_second_tick_at_the_same_moment_doubles_nothing(world: World) -> None:
    await submit(world)
    await world.tick(hours=4, minutes=20)
    await world.tick()
    await world.restart()
    await world.tick()

    assert len(world.titles("孙老师")) == 2


async def test_after_a_week_of_downtime_there_is_one_reminder_of_the_highest_rung(world: World) -> None:
    await submit(world)
    await world.tick(days=7, hours=3, minutes=7)

    assert len(world.titles("孙老师")) == 2
    assert "第 6 次提醒" in world.last("孙老师")
    assert len(world.titles("赵老师")) == 1


async def test_downtime_that_ends_on_a_weekend_waits_for_the_morning(world: World) -> None:
    await submit(world)
    await world.tick(days=5, hours=3, minutes=7)

    assert len(world.titles("孙老师")) == 1

    await world.tick(days=2)

    assert len(world.titles("孙老师")) == 2


async def test_a_decided_step_is_reminded_of_no_more_and_the_next_begins_its_own_ladder(world: World) -> None:
    await submit(world)
    await world.tick(hours=3)
    await world.click("孙老师", "审查通过")
    await world.tick(hours=2)

    assert (len(world.titles("孙老师")), len(world.titles("王书记"))) == (1, 1)

    await world.tick(hours=20, minutes=20)

    assert (len(world.titles("孙老师")), len(world.titles("王书记"))) == (1, 2)


async def test_a_receipt_is_asked_for_a_day_after_the_planned_time(world: World) -> None:
    await pass_all(world, 发布时间="明天 10:00")
    await world.tick(days=1, hours=23)

    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"

    await world.tick(hours=2, minutes=7)

    assert world.titles("李老师")[-1] == "待登记 FB-2026-0001 学院更名"
    assert "已发布请按“登记回执”，或发：/回执 FB-2026-0001 链接" in world.last("李老师")

    await world.tick(days=1)

    assert len(moments(world, "李老师", "待登记 FB")) == 2

    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")
    await world.tick(days=3)

    assert len(moments(world, "李老师", "待登记 FB")) == 2


async def test_a_vacant_step_alarms_again_with_each_rung(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = '' WHERE code IN ('2100', '1000')")
    await pass_review(world)
    await world.tick(hours=4, minutes=20)

    assert len(moments(world, "钱主任", "暂缺办理人 FB")) == 2
