"""An approval without a receipt ends by itself, with notice; a paused request is reminded of each week."""

from datetime import datetime, timedelta

import pytest

from handlers.rules.deadlines import WORKING_DAY, worked
from handlers.rules.workdays import Calendar
from storage import db, duties, trail
from storage.duty_records import DutyKind
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World

FB = "FB-2026-0001"
RESUME = f"仍在暂停 {FB} 学院更名"


async def until(world: World, moment: str) -> None:
    """The clock ticks at that moment, in Shanghai's time."""
    world.now = datetime.fromisoformat(f"{moment}+08:00").astimezone(world.now.tzinfo)
    await world.tick()


async def passed(world: World, who: str) -> None:
    await submit(world, who)
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")


def seen(world: World, who: str, words: str) -> bool:
    return any(words in shown.text or words in str(shown.native) for shown in world.screen(who))


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_an_approval_ends_after_thirty_days_with_notice_three_days_before(
    world: World, who: str
) -> None:
    await passed(world, who)
    await until(world, "2026-12-17 09:45")

    assert not seen(world, who, "批准到 12月23日")

    await until(world, "2026-12-18 09:45")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert seen(world, who, "12月23日")

    await until(world, "2026-12-23 09:45")
    ended = f"{FB}《学院更名》可发布后 30 天没有登记回执，批准到期失效，不得再发布。"

    assert (await request()).state is State.VOIDED
    assert [seen(world, one, ended) for one in (who, "孙老师", "王书记")] == [True] * 3
    assert (await trail.of(FB))[-1].act == "expire"

    await world.say(who, f"/再发 {FB}")
    await world.click(who, "确认提交")

    assert (await request("FB-2026-0002")).state is State.IN_REVIEW


async def test_what_could_go_out_before_approvals_ended_has_its_thirty_days_from_the_next_look(
    world: World,
) -> None:
    await pass_all(world)
    await db.run("DELETE FROM duties WHERE kind = 'lapse'")
    await world.tick("look_out", days=3)
    owed = await duties.open_for((await request()).id, DutyKind.LAPSE)

    assert owed is not None
    assert (owed.person, owed.due_at) == ("2104", world.now + timedelta(days=30))

    await world.tick("look_out", days=1)

    assert await duties.open_for((await request()).id, DutyKind.LAPSE) == owed


async def test_a_receipt_before_ends_what_was_owed(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", f"/回执 {FB} https://mp.weixin.qq.com/s/1")
    await until(world, "2026-12-30 09:45")

    assert (await request()).state is State.PUBLISHED


async def test_what_is_out_on_one_of_its_media_does_not_end_by_itself(world: World) -> None:
    await pass_all(world, 媒体="机电之声、机电学院网站")
    await world.say("李老师", f"/回执 {FB} 机电之声 https://mp.weixin.qq.com/s/1")
    await until(world, "2026-12-30 09:45")

    assert (await request()).outcome["links"] == {"QM-0001": "https://mp.weixin.qq.com/s/1"}
    assert (await request()).state is State.AWAITING_PUBLISH


async def test_the_time_of_a_post_that_is_planned_begins_with_its_plan(world: World) -> None:
    await pass_all(world, 发布时间="2026-12-20 10:00")
    await until(world, "2027-01-15 09:45")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_the_head_hears_of_what_a_steward_turned_back_and_nobody_has_revised(world: World) -> None:
    await submit(world)
    await world.say("赵老师", f"/干预 {FB} 退回 格式不对")
    for day in (24, 25, 26):
        await until(world, f"2026-11-{day} 09:45")

    assert f"久未修改 {FB} 学院更名" in world.titles("王书记")
    assert seen(world, "王书记", f"管理员，原因见 /查询 {FB}")


async def test_a_paused_request_is_owed_by_whoever_may_resume_it_each_week(world: World) -> None:
    await pass_review(world)
    await world.say("赵老师", f"/干预 {FB} 暂停 等上级意见")
    world.step(60)
    await until(world, "2026-11-27 09:45")
    before = [world.titles(who).count(RESUME) for who in ("赵老师", "钱主任")]
    await until(world, "2026-11-30 09:45")

    assert (await request()).state is State.PAUSED
    assert before == [0, 0]
    assert [world.titles(who).count(RESUME) for who in ("赵老师", "钱主任")] == [1, 1]

    await world.say("赵老师", "/待办")

    assert "已暂停 学院更名" in world.last("赵老师")


async def test_what_is_resumed_has_what_was_left_of_its_term_and_no_place_of_who_left(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 何老师")
    world.step(2 * 3600)
    await world.say("赵老师", f"/干预 {FB} 暂停 等上级意见")
    paused = await request()
    spent = worked(paused.step_since, world.now, Calendar.default())
    await db.run("UPDATE people SET left_on = '2026-11-24' WHERE id = '2105'")
    await world.tick("depart", days=2)
    await world.say("赵老师", f"/干预 {FB} 恢复 上级已答复")
    again = await request()
    owed = await duties.open_for(again.id, DutyKind.DECIDE)

    assert (paused.due_at, again.state) == (None, State.IN_REVIEW)
    assert again.due_at is not None
    assert spent + worked(world.now, again.due_at, Calendar.default()) == WORKING_DAY
    assert owed is not None
    assert (owed.since, owed.due_at) == (again.step_since, again.due_at)

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
