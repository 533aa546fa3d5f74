"""Somebody leaves or moves, and the directory says so: what follows at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.sandbox.directory import Enrolled
from handlers.events import ContactHint, DirectoryChange
from handlers.rules.roll import Change
from storage import db, duties, inbox, marks, people, proxies, requests, trail
from storage.records import Person, Platform
from tests.dialogues.posts import pass_review, request, submit
from tests.world import World, title, words

TODAY = date(2026, 11, 23)
NIGHT = {"hours": 20}
"""From nine in the morning past the nightly reading."""


async def nights(world: World, number: int = 1) -> None:
    """That many nights pass, in each of which both directories are read."""
    await world.look()
    for _ in range(number):
        await world.look(**NIGHT)
        await world.look(hours=4)


async def owed() -> list[tuple[str, str, str, str]]:
    """Medium, item, person and day of every change that must be filed."""
    rows = await db.rows("SELECT id FROM duties WHERE kind = 'change' ORDER BY id")
    found = [duty for row in rows if (duty := await duties.get(row["id"]))]
    return sorted(
        (duty.medium, duty.detail["item"], duty.detail["person"], duty.detail["changed_on"])
        for duty in found
        if duty.detail
    )


def of_li(day: date) -> list[tuple[str, str, str, str]]:
    """What must be filed of the two media that 李老师 runs."""
    return [
        (medium, item, "2104", day.isoformat())
        for medium in ("QM-0001", "QM-0002")
        for item in ("admins", "operator")
    ]


async def person(number: str) -> Person:
    found = await people.get(number)
    assert found is not None
    return found


async def left(number: str) -> date | None:
    return (await person(number)).left_on


async def bound_to(account: str) -> str:
    """The 工号 behind an account of Feishu."""
    found = await people.by_account(Platform.FEISHU, [account])
    return found.id if found else ""


async def acts(matter: str) -> list[str]:
    return [entry.act for entry in await trail.of(matter)]


async def test_a_step_of_someone_who_left_is_put_to_whoever_can_decide_it_now(world: World) -> None:
    await pass_review(world)
    await world.feishu.leaves("ou_wang")
    await world.look()

    assert "待审批 FB-2026-0001 学院更名" in world.titles("高书记")
    assert await requests.holders((await request()).id) == {"1001": ""}
    assert world.titles("王书记")[-1] == "已不需办理 FB-2026-0001 学院更名"
    entry = (await trail.of("FB-2026-0001"))[-1]
    assert (entry.act, entry.note) == ("reroute", "2101 → 1001；2101 left on 2026-11-23")
    await world.click("高书记", "同意", of="FB-2026-0001")
    assert (await request()).state == "awaiting_publish"


async def test_a_unit_without_its_first_responsible_person_is_told_to_the_centre(world: World) -> None:
    await world.feishu.leaves("ou_wang")
    await world.look()

    for who in ("赵老师", "钱主任"):
        assert "第一责任人空缺" in world.titles(who)
    assert "机电学院党委 的第一责任人 王书记 已于 11月23日（周一）离职" in world.last("钱主任")
    media = ("QM-0001", "QM-0002", "QM-0004", "QM-0005")
    assert await owed() == [(no, "first_responsible", "2101", "2026-11-23") for no in media]


async def test_a_step_that_nobody_can_decide_any_more_waits_and_alarms(world: World) -> None:
    await submit(world)
    await world.feishu.leaves("ou_sun")
    await world.look()

    assert "暂缺办理人 FB-2026-0001 学院更名" in world.titles("赵老师")
    assert await requests.holders((await request()).id) == {}
    assert (await request()).state == "in_review"


async def test_the_media_of_a_leaver_must_be_filed_anew_and_the_fact_is_told_once(world: World) -> None:
    await nights(world)
    await world.wecom.leaves("li")
    await nights(world)
    assert await left("2104") is None

    await nights(world, 3)

    gone = await left("2104")
    assert gone is not None
    assert await owed() == of_li(gone)
    assert await acts("person:2104") == ["directory", "leave"]


async def test_an_event_and_the_nightly_reading_of_the_same_fact_are_one(world: World) -> None:
    await nights(world)
    await world.feishu.leaves("ou_he")
    await world.look()
    once = await owed()
    await world.feishu.leaves("ou_he")
    await nights(world, 2)

    assert {medium for medium, *_ in once} == {"QM-0004", "QM-0005"}
    assert await owed() == once
    assert await acts("person:2105") == ["directory", "leave"]


async def test_who_is_listed_again_is_back_where_the_directory_said_that_they_left(world: World) -> None:
    member = world.wecom.directory.members["li"]
    member.left = True
    await nights(world)
    assert await left("2104") is not None

    member.left = False
    await nights(world)

    assert await left("2104") is None
    assert await duties.changes_by("2104") == []
    assert await acts("person:2104") == ["directory", "leave", "directory", "return"]


async def test_who_left_by_an_import_is_not_back_because_an_account_is_still_used(world: World) -> None:
    await db.run("UPDATE people SET left_on = '2026-11-20' WHERE id = '2104'")
    await world.machine.ticks.tick("depart")
    await nights(world)

    assert await left("2104") == date(2026, 11, 20)


async def test_a_member_with_status_5_has_left_at_once(world: World) -> None:
    world.wecom.directory.members["li"].left = True
    await nights(world)

    assert await left("2104") == TODAY + timedelta(days=1)


async def test_whoever_is_only_out_of_the_visible_scope_has_not_left(world: World) -> None:
    await nights(world)
    world.wecom.directory.members["li"].hidden = True
    await nights(world, 4)

    assert (await left("2104"), await owed()) == (None, [])
    assert "账号不在应用可见范围内：李老师（2104）" in world.last("赵老师")


async def test_when_the_whole_scope_shrinks_nobody_leaves_and_the_administrator_is_asked(
    world: World,
) -> None:
    await nights(world)
    world.wecom.directory.members.clear()
    await nights(world, 4)

    assert [person for person in await people.everybody() if person.left_on] == []
    assert "没有据此登记任何人离职" in world.last("赵老师")


async def test_the_same_remark_is_not_made_every_night(world: World) -> None:
    world.wecom.directory.members["li"].disabled = True
    await nights(world, 3)

    assert world.titles("赵老师").count("通讯录核对") == 1


async def test_a_reading_that_breaks_off_changes_nobody_it_did_not_see(world: World) -> None:
    await nights(world)
    await world.wecom.leaves("li")
    world.wecom.faults.down = True
    await nights(world, 4)
    assert await left("2104") is None

    world.wecom.faults.down = False
    await nights(world)
    assert await left("2104") is None
    await nights(world)
    assert await left("2104") is not None


async def test_a_reading_that_breaks_off_is_tried_again_less_and_less_often(world: World) -> None:
    await world.look()
    world.feishu.faults.down = True
    world.now = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
    waits = []
    for _ in range(4):
        await world.look()
        due = await marks.get("sync:feishu")
        assert due is not None
        waits.append((due.at - world.now) // timedelta(minutes=1))
        world.now = due.at

    assert waits == [15, 30, 60, 120]


async def test_after_a_week_without_a_reading_one_is_made_at_once(world: World) -> None:
    await nights(world)
    world.wecom.directory.members["li"].left = True
    await world.restart()
    await world.look(days=7)

    gone = await left("2104")
    assert gone == world.now.astimezone(UTC).date()
    assert await owed() == of_li(gone)


async def test_of_two_replicas_one_reads_at_night(world: World) -> None:
    await world.look()
    world.now += timedelta(**NIGHT)
    calls = len(world.wecom.calls)
    await world.machine.directories.look()
    once = len(world.wecom.calls) - calls
    await world.machine.directories.look()

    assert (once > 0, len(world.wecom.calls) - calls) == (True, once)


async def test_an_event_is_read_anew_and_what_it_says_itself_is_not_believed(world: World) -> None:
    hint = ContactHint(key="feishu:e1", at=world.now, platform=Platform.FEISHU, account="ou_he", left=True)
    await world.machine.dispatch(hint)
    await world.look()

    assert await left("2105") is None
    assert await marks.named("dirty:") == []


async def test_a_leaver_whom_the_platform_shows_no_more_has_left(world: World) -> None:
    await world.feishu.leaves("ou_he")
    del world.feishu.directory.members["ou_he"]
    await world.look()

    assert await left("2105") == TODAY


async def test_an_event_waits_while_the_platform_is_away(world: World) -> None:
    await world.feishu.leaves("ou_he")
    world.feishu.faults.down = True
    await world.look()
    assert await left("2105") is None

    world.feishu.faults.down = False
    await world.look()
    assert await left("2105") == TODAY


async def test_an_administrator_who_moves_starts_the_clock_of_each_medium(world: World) -> None:
    await world.feishu.moves("ou_he", "2200")
    await world.look()

    moved = await person("2105")
    assert (moved.unit, moved.left_on) == ("2200", None)
    assert await owed() == [
        (medium, item, "2105", "2026-11-23")
        for medium in ("QM-0004", "QM-0005")
        for item in ("admins", "operator")
    ]
    assert (await trail.of("person:2105"))[0].note == "unit 2100 → 2200"


async def test_moving_within_the_same_managing_unit_changes_no_medium(world: World) -> None:
    await world.feishu.moves("ou_he", "2110")
    await world.look()

    assert ((await person("2105")).unit, await owed()) == ("2110", [])


async def test_a_department_that_is_no_unit_is_told_and_not_guessed(world: World) -> None:
    world.feishu.directory.section("od-7", "深空探测所")
    await world.feishu.moves("ou_he", "od-7")
    await nights(world)

    assert (await person("2105")).unit == "2100"
    assert "与单位表对不上的部门：深空探测所" in world.last("赵老师")


async def test_a_reviewer_who_moves_decides_no_more_where_they_were(world: World) -> None:
    await submit(world)
    await world.feishu.moves("ou_sun", "2200")
    await world.look()

    assert await requests.holders((await request()).id) == {}
    assert "孙老师（2103）由 机电学院党委 调到 计算学部党委，仍登记为：保密审查人。" in world.last("赵老师")


async def test_a_known_number_with_a_new_account_is_bound_to_it(world: World) -> None:
    await db.run("UPDATE people SET feishu = NULL WHERE id = '2105'")
    await nights(world)

    assert await bound_to("ou_he") == "2105"


async def test_an_account_that_somebody_else_has_taken_stays_theirs(world: World) -> None:
    change = DirectoryChange(
        key="directory:1",
        at=world.now,
        platform=Platform.FEISHU,
        change=Change("2104", account="ou_wang"),
    )
    await world.machine.dispatch(change)

    assert await bound_to("ou_wang") == "2101"


async def test_nobody_who_was_not_imported_is_added(world: World) -> None:
    before = await people.everybody()
    world.feishu.directory.members["ou_new"] = Enrolled("ou_new", "新同事", "2100", "9998")
    await nights(world)

    assert await people.everybody() == before


async def test_absences_end_with_whoever_stood_in(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-23 11-27 出差")
    await pass_review(world)
    await nights(world)
    await world.wecom.leaves("wu")
    await nights(world, 2)

    assert await proxies.upcoming("2101", world.now) == []
    assert await requests.holders((await request()).id) == {"2101": ""}
    assert "外出代理已终止" in world.titles("王书记")


async def test_the_first_responsible_person_learns_what_a_leaver_left_open(world: World) -> None:
    await pass_review(world)
    await submit(world, 标题="搁置的")
    await world.say("赵老师", "/干预 FB-2026-0002 暂停 等上级意见")
    await nights(world)
    world.wecom.directory.members["li"].left = True
    await nights(world)
    told = next(words(shown) for shown in world.screen("王书记") if title(shown) == "申请人已离职")

    assert "FB-2026-0001" in told
    assert "FB-2026-0002" in told
    assert (await request()).state == "in_review"


async def test_a_leaving_date_of_an_import_is_carried_out_when_it_comes(world: World) -> None:
    await pass_review(world)
    await db.run("UPDATE people SET left_on = '2026-11-25' WHERE id IN ('2101', '2104')")
    await world.machine.ticks.tick("depart")
    assert await owed() == []

    world.now = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)
    for _ in range(2):
        await world.machine.ticks.tick("depart")

    assert of_li(date(2026, 11, 25)) == [line for line in await owed() if line[2] == "2104"]
    assert await requests.holders((await request()).id) == {"1001": ""}
    assert await acts("person:2101") == ["leave"]


@pytest.mark.parametrize("account", ["ou_" + "x" * 80, ""])
async def test_a_hint_about_nobody_in_particular_asks_for_a_whole_reading(world: World, account: str) -> None:
    await world.look()
    world.wecom.directory.members["li"].left = True
    world.feishu.directory.members["ou_he"].left = True
    hint = ContactHint(key="feishu:e2", at=world.now, platform=Platform.FEISHU, account=account)
    await world.machine.dispatch(hint)
    await world.look(seconds=1)

    assert (await left("2105"), await left("2104")) == (TODAY, None)
    assert await inbox.claim("feishu:e2", world.now) is False
