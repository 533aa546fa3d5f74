"""Who decides is 教职工: whom an old database names otherwise holds, takes over and stands in for nothing."""

from handlers.people import whose
from storage import db, requests
from tests.dialogues.posts import pass_review, request, submit
from tests.world import World

CHEN = "2107"
"""陈同学, a student of the college."""


async def give(person: str, role: str) -> None:
    await db.run("INSERT INTO person_roles (person, role) VALUES (?, ?)", person, role)
    await db.run("UPDATE people SET roles = ? WHERE id = ?", role, person)


async def becomes_a_student(person: str) -> None:
    await db.run("UPDATE people SET identity = '学生' WHERE id = ?", person)


async def test_a_student_does_not_review(world: World) -> None:
    await give(CHEN, "保密审查人")
    await submit(world)

    assert await requests.holders((await request()).id) == {"2103": ""}
    assert world.titles("陈同学") == []


async def test_where_only_a_student_would_review_the_unit_has_no_reviewer(world: World) -> None:
    await becomes_a_student("2103")
    await submit(world)

    assert (await request()).chain[0].carries_review
    assert world.titles("王书记") == ["待审批 FB-2026-0001 学院更名"]


async def test_a_student_does_not_decide_for_the_centre_nor_hears_of_it(world: World) -> None:
    await give(CHEN, "中心审批人")
    await pass_review(world, 涉及="突发事件")
    await world.click("王书记", "同意")
    await world.say("陈同学", "/同意 FB-2026-0001")

    assert await requests.holders((await request()).id) == {"1101": "", "1102": ""}
    assert (await request()).current is not None
    assert "不由您办理" in world.last("陈同学")


async def test_a_student_at_the_head_of_a_unit_leads_nothing(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = ? WHERE code = '2100'", CHEN)
    await pass_review(world)

    assert await requests.holders((await request()).id) == {"1001": ""}
    assert await whose.responsible_for("2100", world.now) == "1001"


async def test_a_student_takes_over_no_step(world: World) -> None:
    await give(CHEN, "保密审查人")
    await db.run("UPDATE units SET deputies = ? WHERE code = '2100'", f'["2102","{CHEN}"]')
    await submit(world)
    await world.say("孙老师", "/转办 FB-2026-0001 陈同学")
    assert "陈同学 不能办理这一步" in world.last("孙老师")

    await world.click("孙老师", "审查通过")
    await world.say("王书记", "/转办 FB-2026-0001 陈同学")
    assert "陈同学 不能办理这一步" in world.last("王书记")


async def test_whoever_took_a_step_over_and_is_no_member_of_staff_any_more_does_not_hold_it(
    world: World,
) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")
    await becomes_a_student("2102")
    await world.click("吴副书记", "同意")

    assert (await request()).current is not None


async def test_a_student_stands_in_for_nobody_and_appoints_nobody(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/代理 吴副书记 11-23 11-27 出差")
    await becomes_a_student("2102")
    await world.say("吴副书记", "/同意 FB-2026-0001")
    await give("2102", "保密审查人")
    await world.say("吴副书记", "/代理 孙老师 11-23 11-27")

    assert (await request()).current is not None
    assert "只有审批人" in world.last("吴副书记")
