"""A change nobody filed: its card, its ladder, who is told, putting off, and the end of it (Article 6(2))."""

from datetime import UTC, date, datetime

from handlers.duties import begin
from storage import db, duties, media
from storage.duty_records import Duty, DutyKind
from tests.dialogues.filings import file_change
from tests.dialogues.posts import submit
from tests.world import World, buttons, words

CARD = "变更待备案 机电之声"
FRIDAY = date(2026, 11, 20)
"""The day of the change: due on Friday the 27th."""


async def changed(world: World, no: str = "QM-0001", on: date = FRIDAY, item: str = "admins") -> Duty:
    """何老师 is no longer an administrator of that medium, says the directory."""
    async with db.transaction():
        medium = (await media.several([no]))[0]
        await begin.change_happened(medium, item, "2105", on, world.now, "directory")
    return (await duties.standing(DutyKind.CHANGE))[-1]


async def day(world: World, text: str) -> None:
    """It is then, in Shanghai, and the clock ticks."""
    world.now = datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)
    await world.tick()


async def test_its_card_goes_at_once_to_who_runs_the_medium_and_to_the_first_responsible_person(
    world: World,
) -> None:
    await changed(world)
    await world.tick(minutes=1)

    assert world.titles("李老师") == world.titles("王书记") == [CARD]
    assert world.titles("赵老师") == world.titles("何老师") == []
    assert buttons(world.card("王书记")) == ["发起变更", "明天再提醒", "还通知了谁"]
    said = world.last("王书记")
    assert (
        "“机电之声”的管理员 何老师 自 11月20日（周五）起有变动（来源：通讯录），还没有发起变更备案。" in said
    )
    assert "11月27日（周五）24:00前发起" in said
    assert "第六条（二）" in said


async def test_what_begins_at_night_is_told_in_the_morning(world: World) -> None:
    world.now = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    await changed(world)
    await world.tick()
    await day(world, "2026-11-24 08:30")

    assert world.titles("李老师") == []

    await day(world, "2026-11-24 08:50")

    assert world.titles("李老师") == [CARD]


async def test_reminders_climb_on_working_days_3_and_5_and_each_one_after(world: World) -> None:
    await changed(world)
    seen = []
    for text in ("11-23", "11-24", "11-25", "11-26", "11-27", "11-28", "11-29", "11-30", "12-01"):
        await day(world, f"2026-{text} 09:45")
        counts = [len(world.titles(name)) for name in ("李老师", "王书记", "赵老师", "钱主任")]
        seen.append((text, *counts))

    assert seen == [
        ("11-23", 1, 1, 0, 0),
        ("11-24", 1, 1, 0, 0),
        ("11-25", 2, 1, 0, 0),
        ("11-26", 2, 1, 0, 0),
        ("11-27", 3, 2, 0, 0),
        ("11-28", 3, 2, 0, 0),
        ("11-29", 3, 2, 0, 0),
        ("11-30", 4, 3, 1, 1),
        ("12-01", 5, 4, 2, 2),
    ]
    assert "第 4 次提醒" in world.last("李老师")
    assert "逾期" in world.last("王书记")
    assert "2 个工作日" in world.last("王书记")
    assert buttons(world.card("钱主任")) == ["明天再提醒", "还通知了谁"]


async def test_a_week_of_downtime_gives_one_message_and_leaves_nobody_out(world: World) -> None:
    await changed(world)
    await day(world, "2026-12-03 10:07")
    await world.tick(seconds=20)

    for name in ("李老师", "王书记", "赵老师", "钱主任"):
        assert world.titles(name) == [CARD]


async def test_a_restart_repeats_nothing(world: World) -> None:
    await changed(world)
    await world.tick(minutes=1)
    await world.restart()
    await world.tick(seconds=20)

    assert world.titles("李老师") == [CARD]


async def test_two_replicas_that_look_at_the_same_moment_give_one_reminder(world: World) -> None:
    duty = await changed(world)
    await world.tick(minutes=1)
    async with db.transaction():
        await duties.remind_next(duty.id, -1, world.now)
    await world.tick(seconds=20)

    assert world.titles("李老师") == [CARD]


async def test_the_draft_is_behind_the_button(world: World) -> None:
    await changed(world)
    await world.tick(minutes=1)
    toast = await world.click("王书记", "发起变更")

    assert toast == "变更备案已打开，请看新卡片。"
    assert "平台信息变更备案" in world.titles("王书记")[-1]
    assert "机电之声" in world.last("王书记")


async def test_the_centre_is_told_and_cannot_start_it(world: World) -> None:
    duty = await changed(world)
    await day(world, "2026-11-30 09:45")
    await world.say("赵老师", f"/提醒 {duty.id} 办")

    assert "请由 王书记、李老师 发起（第六条（二））。" in world.last("赵老师")


async def test_whoever_puts_it_off_is_reminded_next_working_morning_and_the_others_as_ever(
    world: World,
) -> None:
    await changed(world)
    await world.tick(minutes=1)
    toast = await world.click("王书记", "明天再提醒")

    assert toast == "好的，11月24日（周二）08:45 再提醒您；其他人的提醒不变。"

    await day(world, "2026-11-24 08:40")

    assert world.titles("王书记") == [CARD]

    await day(world, "2026-11-24 08:47")
    await world.tick(seconds=20)

    assert world.titles("王书记") == [CARD, CARD]
    assert world.titles("李老师") == [CARD]


async def test_a_reminder_of_the_day_does_not_reach_whoever_put_it_off(world: World) -> None:
    duty = await changed(world)
    await day(world, "2026-11-24 10:07")
    await world.say("李老师", f"/提醒 {duty.id} 推迟")
    await day(world, "2026-11-24 17:15")

    assert [title for title in world.titles("李老师") if title == CARD] == [CARD]

    await day(world, "2026-11-25 09:45")

    assert [title for title in world.titles("李老师") if title == CARD] == [CARD, CARD]


async def test_the_card_says_who_else_was_told_and_when(world: World) -> None:
    await changed(world)
    await world.tick(minutes=1)
    await world.click("李老师", "还通知了谁")

    assert "王书记 11月23日（周一）09:01" in world.last("李老师")
    assert "李老师 11月23日（周一）09:01" in world.last("李老师")


async def filed(world: World) -> None:
    """李老师 files what 何老师 left behind."""
    await file_change(world, 管理员="李老师、孙老师")
    await world.tick(seconds=20)


async def test_old_cards_say_that_it_is_being_filed_and_then_that_it_is_done(world: World) -> None:
    await changed(world)
    await world.tick(minutes=1)
    await filed(world)

    assert world.titles("王书记")[0] == f"已办 {CARD}"
    assert buttons(world.screen("李老师")[0]) == []
    assert "已发起备案（BG-2026-0001），审批期间不再提醒。" in words(world.screen("王书记")[0])
    assert await duties.standing(DutyKind.CHANGE) == []


async def test_nothing_is_put_off_of_which_nobody_is_reminded(world: World) -> None:
    duty = await changed(world)
    await world.tick(minutes=1)
    await filed(world)
    await world.say("李老师", f"/提醒 {duty.id} 推迟")

    assert world.last("李老师").endswith("已发起备案 BG-2026-0001，审批期间不再提醒，不用推迟。")


async def test_a_change_is_owed_until_the_centre_has_recorded_it(world: World) -> None:
    duty = await changed(world)
    await filed(world)
    await day(world, "2026-12-03 09:45")

    assert [CARD in world.titles(name) for name in ("李老师", "钱主任")] == [False, False]

    await world.click("王书记", "同意", of="管理员变更")
    await world.click("钱主任", "备案", of="管理员变更")
    await world.tick(seconds=20)

    ended = await duties.get(duty.id)
    assert (ended and ended.open) is False


async def test_what_is_done_is_said_to_be_done(world: World) -> None:
    duty = await changed(world)
    await world.tick(minutes=1)
    await filed(world)
    await world.click("王书记", "同意")
    await world.click("钱主任", "备案")
    for who in ("李老师", "王书记"):
        await world.say(who, f"/提醒 {duty.id}")

        assert world.last(who).endswith("这项已经办结，不再提醒。")


async def test_nobody_else_can_open_it(world: World) -> None:
    duty = await changed(world)
    await world.tick(minutes=1)
    await world.say("唐老师", f"/提醒 {duty.id}")

    assert world.last("唐老师").endswith("没有这项提醒，或它与您无关。发 /待办 看您的事项。")


async def test_a_command_that_lacks_something_says_how_it_is_written(world: World) -> None:
    await world.say("李老师", "/提醒")

    assert "请写明编号，例如：/提醒 12，" in world.last("李老师")


async def test_where_the_operator_is_gone_the_administrators_are_told(world: World) -> None:
    await db.run("UPDATE people SET left_on = '2026-11-20' WHERE id = '2104'")
    await db.run("""UPDATE media SET admins = '["2104","2105"]' WHERE no = 'QM-0001'""")
    await changed(world, item="operator")
    await world.tick(minutes=1)

    assert world.titles("何老师") == world.titles("王书记") == [CARD]


async def test_the_inbox_lists_duties_beside_approvals_oldest_due_first(world: World) -> None:
    await changed(world)
    await submit(world)
    await world.click("孙老师", "审查通过")
    await world.tick(minutes=1)
    await world.say("王书记", "/待办")
    listed = world.last("王书记")

    assert world.titles("王书记")[-1] == "待办 2 件"
    assert listed.index("学院更名") < listed.index("变更待备案 机电之声 11月27日 24:00前")

    await world.click("王书记", "办 FB-2026-0001", of="待办")

    assert world.titles("王书记")[-1] in ("待审批 FB-2026-0001 学院更名", CARD)


async def test_several_matters_of_one_morning_are_one_message(world: World) -> None:
    await changed(world)
    await changed(world, "QM-0002")
    await submit(world)
    await world.click("孙老师", "审查通过")
    await day(world, "2026-11-24 08:50")
    morning = world.titles("王书记")[1:]

    assert morning == ["3 件事项请您关注"]
    assert buttons(world.card("王书记", of="3 件")) == ["办 FB-2026-0001", "办 QM-0001", "办 QM-0002"]

    await world.click("王书记", "办 QM-0002", of="3 件")

    assert world.titles("王书记")[-1] == "变更待备案 机电学院网站"


async def test_a_matter_that_was_settled_leaves_the_digest(world: World) -> None:
    await changed(world)
    await changed(world, "QM-0002")
    await world.tick(minutes=1)

    assert world.titles("王书记") == ["2 件事项请您关注"]

    await file_change(world, 管理员="李老师、孙老师")
    await world.click("王书记", "办 QM-0002")

    assert "机电之声" not in world.last("王书记")


async def test_an_urgent_request_goes_by_itself_at_any_hour(world: World) -> None:
    world.now = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
    await changed(world)
    await submit(world, 紧急="特急", 紧急理由="突发")
    await world.click("孙老师", "审查通过")
    before = world.titles("王书记")
    await world.tick(minutes=11)

    assert world.titles("王书记") == [*before, "特急 待审批 FB-2026-0001 学院更名"]
