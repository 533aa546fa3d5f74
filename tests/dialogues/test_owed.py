"""What is owed after a return, a withdrawal, a second time: the same for every state and by itself."""

from datetime import UTC, date, datetime

from handlers.calendar import adopt
from handlers.duties.begin import change_happened
from handlers.rules import notice
from storage import db, duties, media, requests, trail
from storage.duty_records import DutyKind
from storage.held import held
from tests.dialogues.filings import change, file_change
from tests.dialogues.posts import pass_review, request, submit
from tests.dialogues.test_duties import CARD, changed, day
from tests.world import World, buttons, university, words

FB, BG = "FB-2026-0001", "BG-2026-0001"
DUE = f"待修改 {FB} 学院更名"
COPY = f"久未修改 {FB} 学院更名"


async def returned(world: World) -> None:
    """李老师's post came back on Monday, 09:00."""
    await pass_review(world)
    await world.click("王书记", "退回", reason="请补主语")


async def change_returned(world: World) -> None:
    """李老师's filing of what 何老师 left behind came back."""
    await file_change(world, 管理员="李老师、孙老师")
    await world.click("王书记", "退回", reason="还缺交接记录")


async def mornings(world: World, *days: str) -> list[tuple[str, int, int]]:
    """On each of these days: how many reminders 李老师 and 王书记 have had since."""
    seen = []
    for one in days:
        await day(world, f"2026-{one} 09:45")
        seen.append((one, world.titles("李老师").count(DUE), world.titles("王书记").count(COPY)))
    return seen


async def test_whoever_is_to_revise_is_reminded_each_working_morning_and_their_head_from_the_third(
    world: World,
) -> None:
    await returned(world)

    assert await mornings(world, "11-23", "11-24", "11-25", "11-26", "11-27", "11-28", "11-30") == [
        ("11-23", 0, 0),
        ("11-24", 1, 0),
        ("11-25", 2, 0),
        ("11-26", 3, 1),
        ("11-27", 4, 2),
        ("11-28", 4, 2),
        ("11-30", 5, 3),
    ]
    assert "王书记 退回：请补主语" in world.last("李老师")
    assert f"/修改 {FB}" in world.last("李老师")
    assert buttons(world.card("李老师", of="待修改")) == ["修改", "撤回", "查看"]
    assert "李老师 的申请被退回后一直没有修改重报" in world.last("王书记")
    assert buttons(world.card("王书记", of="久未修改")) == ["查看"]


async def test_the_revision_is_behind_the_button_and_ends_the_reminders(world: World) -> None:
    await returned(world)
    await day(world, "2026-11-24 09:45")
    await world.click("李老师", "修改", of="待修改")
    await world.click("李老师", "确认提交")
    await day(world, "2026-11-26 09:45")

    assert [t for t in world.titles("李老师") if t == DUE] == []
    assert world.titles("李老师")[-1] == f"审批中 {FB} 学院更名"


async def test_taken_back_it_is_reminded_of_no_more(world: World) -> None:
    await returned(world)
    await day(world, "2026-11-24 09:45")
    await world.click("李老师", "撤回", of="待修改")
    await day(world, "2026-11-26 09:45")

    assert world.titles("李老师")[-2:] == [f"已撤回 {FB} 学院更名"] * 2


async def test_a_second_return_begins_its_ladder_anew(world: World) -> None:
    await returned(world)
    await day(world, "2026-11-25 09:45")
    await world.click("李老师", "修改", of="待修改")
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "退回", reason="再改")
    await day(world, "2026-11-26 09:45")

    assert "第 1 次提醒" in words(world.card("李老师", of="待修改"))
    assert COPY not in world.titles("王书记")


async def test_what_was_returned_stands_in_the_inbox_with_its_whole_number(world: World) -> None:
    await returned(world)
    await day(world, "2026-11-24 09:45")
    await world.say("李老师", "/待办")

    assert world.titles("李老师")[-1] == "待办 1 件"
    assert buttons(world.card("李老师", of="待办")) == ["改 FB0001"]

    await world.click("李老师", "改 FB0001")

    assert buttons(world.card("李老师")) == ["修改", "撤回", "查看"]


async def test_by_text_the_reminder_opens_the_form(world: World) -> None:
    await returned(world)
    await day(world, "2026-11-24 09:45")
    number = (await duties.standing(DutyKind.REVISE))[0].id
    await world.say("李老师", f"/提醒 {number} 办")

    assert "请确认：学院更名" in world.titles("李老师")[-1]


async def test_while_its_filing_is_in_review_nobody_is_reminded_of_a_change(world: World) -> None:
    await changed(world)
    await world.tick(minutes=1)
    await file_change(world, 管理员="李老师、孙老师")
    before = {name: len(world.titles(name)) for name in ("李老师", "赵老师")}
    await day(world, "2026-12-01 09:45")

    assert {name: [t for t in world.titles(name)[n:] if t == CARD] for name, n in before.items()} == {
        "李老师": [],
        "赵老师": [],
    }


async def test_a_filing_that_came_back_leaves_the_change_owed_with_its_own_ladder_and_day(
    world: World,
) -> None:
    duty = await changed(world)
    await world.tick(minutes=1)
    await change_returned(world)
    stands = await duties.get(duty.id)

    assert stands
    assert (stands.open, stands.due_at, stands.rung) == (True, duty.due_at, 0)
    assert stands.next_at == datetime(2026, 11, 25, 0, 45, tzinfo=UTC)  # working day 3

    await day(world, "2026-11-30 09:45")

    assert CARD in world.titles("钱主任")
    assert "变更备案 BG-2026-0001 已被退回" in world.last("钱主任")


async def test_whoever_revises_a_filing_gets_one_message_of_a_morning_for_both(world: World) -> None:
    await changed(world)
    await change_returned(world)
    before = len(world.titles("李老师"))
    await day(world, "2026-11-25 09:45")

    assert world.titles("李老师")[before:] == [f"待修改 {BG} 机电之声 管理员变更"]
    assert "备案完成前仍算待办（第六条（二））" in world.last("李老师")


async def test_in_the_inbox_too_the_two_are_one(world: World) -> None:
    await changed(world)
    await change_returned(world)
    await day(world, "2026-11-25 09:45")
    await world.say("李老师", "/待办")

    assert world.titles("李老师")[-1] == "待办 1 件"


async def test_what_is_being_filed_is_not_begun_a_second_time_from_its_card(world: World) -> None:
    duty = await changed(world)
    await file_change(world, 管理员="李老师、孙老师")
    await world.tick(minutes=1)
    await world.say("李老师", f"/提醒 {duty.id} 办")

    assert "已发起备案 BG-2026-0001，正在审批。" in world.last("李老师")

    await world.click("王书记", "退回", of="管理员变更", reason="还缺交接记录")
    await world.say("李老师", f"/提醒 {duty.id} 办")

    assert world.titles("李老师")[-1].startswith("请确认：机电之声")


async def test_a_change_that_becomes_known_while_it_is_being_filed_rests_at_once(world: World) -> None:
    await file_change(world, 管理员="李老师、孙老师")
    async with db.transaction():
        medium = (await media.several(["QM-0001"]))[0]
        await change_happened(medium, "admins", "2105", date(2026, 11, 20), world.now, "directory")
    await world.tick(minutes=1)

    assert CARD not in world.titles("王书记")

    await world.click("王书记", "退回", reason="还缺交接记录")

    assert [duty.request for duty in await duties.standing(DutyKind.CHANGE)] == [(await request(BG)).id]


async def test_a_corrected_filing_that_is_recorded_ends_what_is_owed(world: World) -> None:
    duty = await changed(world)
    await change_returned(world)
    await world.click("李老师", "修改")
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "备案")
    await world.tick(minutes=1)
    ended = await duties.get(duty.id)

    assert ended
    assert (ended.open, ended.next_at) == (False, None)


async def test_a_correction_about_another_item_leaves_the_change_owed(world: World) -> None:
    duty = await changed(world)
    await change_returned(world)
    await world.say("李老师", f"/修改 {BG}")
    await world.say("李老师", "管理员：\n账号：jdzs")
    await world.click("李老师", "确认提交")
    stands = await duties.get(duty.id)

    assert stands
    assert (stands.open, stands.request) == (True, None)
    assert stands.reminded


async def test_taken_back_a_filing_leaves_the_change_owed_as_before(world: World) -> None:
    duty = await changed(world)
    await file_change(world, 管理员="李老师、孙老师")
    await world.click("李老师", "撤回")
    await world.tick(minutes=1)

    assert CARD in world.titles("王书记")
    assert (await duties.standing(DutyKind.CHANGE))[0].id == duty.id


async def test_official_days_move_what_rests_too(world: World) -> None:
    world.now = datetime(2026, 12, 29, 2, 7, tzinfo=UTC)
    duty = await changed(world, on=world.now.date())
    await file_change(world, 管理员="李老师、孙老师", 变更日期="2026-12-29")
    document = '{"year": 2027, "holidays": {"2027-01-01": "元旦", "2027-01-04": "元旦"}, "workdays": {}}'
    await adopt(notice.read(document), world.now)
    await world.click("王书记", "退回", of="管理员变更", reason="还缺交接记录")
    stands = await duties.get(duty.id)

    assert stands
    assert stands.due_at == datetime(2027, 1, 7, 16, tzinfo=UTC)


async def test_a_filing_begun_in_time_and_corrected_after_the_term_was_in_time(world: World) -> None:
    await file_change(world)
    await world.click("王书记", "退回", reason="还缺交接记录")
    world.now = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
    await world.click("李老师", "修改")

    assert "变更：逾期原因" not in world.titles("李老师")
    assert "在变更后 5 个工作日内发起。" in world.last("李老师")

    await world.click("李老师", "确认提交")

    assert (await request(BG)).facts["late"] is False
    assert "逾期" not in (await trail.of(BG))[-1].note


async def test_a_filing_begun_late_stays_as_late_as_it_was(world: World) -> None:
    await file_change(world, 变更日期="2026-11-10", 逾期原因="未及时发现")
    await world.click("王书记", "退回", reason="还缺交接记录")
    world.now = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
    await world.click("李老师", "修改")
    await world.click("李老师", "确认提交")

    assert (await request(BG)).facts["delay"] == 4
    assert "逾期 4 个工作日发起；" in (await trail.of(BG))[-1].note


async def test_a_new_filing_is_still_measured_at_its_own_submission(world: World) -> None:
    world.now = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
    await world.say("李老师", change())

    assert world.titles("李老师") == ["变更：逾期原因"]


async def test_somebody_who_leaves_twice_starts_the_clock_twice(world: World) -> None:
    first = await changed(world)
    await file_change(world, 管理员="李老师、孙老师")
    await world.click("王书记", "同意")
    await world.click("钱主任", "备案")
    await world.tick(minutes=1)
    await day(world, "2027-03-01 10:07")
    second = await changed(world, on=date(2027, 2, 26))
    before = world.titles("王书记").count(CARD)
    await world.tick(minutes=1)

    assert second.id != first.id
    assert (second.open, second.changed_on) == (True, date(2027, 2, 26))
    assert world.titles("王书记").count(CARD) == before + 1


async def test_the_same_fact_told_twice_is_one_duty(world: World) -> None:
    first = await changed(world)

    assert await changed(world) == first


async def test_a_draft_that_was_gone_on_with_is_reminded_of_again(world: World) -> None:
    await world.say("李老师", "/发布\n标题：学院更名")
    await world.tick(minutes=31)
    await world.click("李老师", "继续填写")
    await world.tick(minutes=29)

    assert world.titles("李老师")[-1] == "发布：媒体"

    await world.tick(minutes=2)

    assert world.titles("李老师")[-1] == "您有一份没提交的稿件"


async def test_a_tick_leaves_alone_what_another_replica_acts_on_at_that_moment(
    postgres_university: str,
) -> None:
    async with university(postgres_university) as world:
        await submit(world)
        number = (await request()).id
        holders = await requests.holders(number)
        await db.run("UPDATE people SET left_on = '2026-11-20' WHERE id = '2103'")
        async with db.transaction():
            await held(request=FB)
            await world.machine.ticks.tick("remind")
            await day(world, "2026-11-24 09:45")

            assert await requests.holders(number) == holders

        await world.tick(seconds=20)

        assert await requests.holders(number) != holders
