"""作者 is matched to people: nobody reviews a text of their own, and a namesake may."""

import pytest

from handlers.people import whose
from storage import db, requests, tables
from storage.steps import StepRole
from tests.dialogues.posts import post, request, submit
from tests.world import World

WROTE = "保密审查人是申请人或作者"


async def another(id_: str, name: str, unit: str = "2100", role: str = "", account: str = "") -> None:
    """Somebody more on the books."""
    await tables.Person.create(
        id=id_, name=name, unit=unit, identity="教职工", title="教师", roles=role, feishu=account or None
    )
    if role:
        await db.run("INSERT INTO person_roles (person, role) VALUES (?, ?)", id_, role)


async def authors() -> object:
    return (await request()).facts["authors"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("孙老师等", ["2103"]),
        ("孙老师和何老师", ["2103", "2105"]),
        ("孙 老师（保密员）", ["2103"]),
        ("2103", ["2103"]),
        ("２１０３、李老师", ["2103", "2104"]),
        ("文/李老师 图/孙老师", ["2104", "2103"]),
    ],
)
async def test_a_reviewer_who_wrote_it_is_not_asked_and_cannot_pass_it(
    world: World, text: str, ids: list[str]
) -> None:
    await submit(world, 作者=text)
    await world.say("孙老师", "/同意 FB-2026-0001")

    assert world.titles("孙老师")[0] != "待审查 FB-2026-0001 学院更名"
    assert await requests.holders((await request()).id) == {"2101": ""}
    assert await requests.decisions((await request()).id) == []
    assert (await authors(), (await request()).form["author"]) == (ids, text)


async def test_a_namesake_of_an_author_reviews(world: World) -> None:
    await another("2203", "孙老师", "2200")
    await submit(world, 作者="孙老师（2203）")

    assert world.titles("孙老师") == ["待审查 FB-2026-0001 学院更名"]
    assert await world.click("孙老师", "审查通过") == "已审查通过 FB-2026-0001"


async def test_a_namesake_of_the_applicant_reviews(world: World) -> None:
    await db.run("UPDATE people SET name = '李老师' WHERE id = '2103'")
    await submit(world)

    assert world.titles("孙老师") == ["待审查 FB-2026-0001 学院更名"]
    assert await authors() == ["2104"]


async def test_a_name_of_several_is_of_the_applicants_own_unit_where_that_makes_it_one(world: World) -> None:
    await another("2204", "何老师", "2200")
    await world.say("李老师", post(作者="何老师"))

    assert "何老师（2105）" in world.last("李老师")


async def test_a_name_of_several_in_the_unit_is_asked_and_the_number_settles_it(world: World) -> None:
    await another("2113", "孙老师", "2110")
    await world.say("李老师", post(作者="孙老师"))

    assert (
        "作者“孙老师”：有 2 位同名：孙老师（2103，机电学院党委）、孙老师（2113，机电学院办公室，教师）。"
        "请写工号；校外的请写“孙老师（校外）”" in world.last("李老师")
    )

    await world.say("李老师", "作者：孙老师（2113）")
    assert "孙老师（2113）" in world.last("李老师")

    await world.click("李老师", "确认提交")
    assert world.titles("孙老师") == ["待审查 FB-2026-0001 学院更名"]
    assert await authors() == ["2113"]


async def test_a_name_that_became_ambiguous_since_the_preview_is_asked_at_the_submission(
    world: World,
) -> None:
    await world.say("李老师", post(作者="孙老师"))
    await another("2113", "孙老师", "2110")
    await world.click("李老师", "确认提交")

    assert await requests.get("FB-2026-0001") is None
    assert "有 2 位同名" in world.last("李老师")


async def test_a_number_that_nobody_has_and_a_name_within_other_words_are_asked(world: World) -> None:
    await world.say("李老师", post(作者="9999"))
    assert "作者“9999”：没有这个工号" in world.last("李老师")

    await world.say("李老师", "作者：优秀孙老师")
    assert "作者“优秀孙老师”：是不是 孙老师（2103，机电学院党委）？是请写工号" in world.last("李老师")


async def test_the_preview_says_whom_it_understood_and_nothing_where_the_applicant_alone_wrote(
    world: World,
) -> None:
    await world.say("李老师", post(作者="孙老师等、张三"))
    assert ("作者", "孙老师（2103）、外请 张三") in rows(world)

    for own in ("李老师", "2104"):
        await world.say("李老师", f"作者：{own}")
        assert "作者" not in [label for label, _ in rows(world)]


def rows(world: World) -> list[tuple[str, str]]:
    """The rows of the newest card on 李老师's screen."""
    native = world.card("李老师", "确认提交").native or {}
    listed = native.get("horizontal_content_list", ())
    assert len(listed) == 6
    return [(row["keyname"], row["value"]) for row in listed]


async def test_an_urgent_post_with_other_authors_keeps_the_six_rows_of_its_preview(world: World) -> None:
    await world.say("李老师", post(作者="何老师", 紧急="紧急", 紧急理由="今晚活动"))

    assert [label for label, _ in rows(world)] == ["媒体", "来源", "涉及", "拟发布", "作者", "审批"]
    assert "紧急" in dict(rows(world))["拟发布"]


async def test_where_the_last_reviewer_is_an_author_the_centre_is_necessary_and_the_card_says_so(
    world: World,
) -> None:
    await world.say("李老师", post(作者="孙老师"))
    assert f"须报中心：{WROTE}（第六条（三）1）。" in world.last("李老师")

    await world.click("李老师", "确认提交")
    assert "您同意即同时负责保密审查（第八条）。" in world.last("王书记")

    await world.click("王书记", "同意")
    assert f"报中心原因：{WROTE}。" in world.last("钱主任")
    assert (await request()).state == "in_review"

    await world.click("钱主任", "同意")
    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"


async def test_where_the_only_reviewer_applies_the_centre_is_necessary(world: World) -> None:
    await submit(world, "孙老师")

    assert (await request()).chain[-1].because == (WROTE,)


async def test_where_a_unit_upwards_has_another_reviewer_it_is_theirs(world: World) -> None:
    await another("1002", "郑老师", "1000", "保密审查人", "ou_zheng")
    await submit(world, 作者="孙老师")

    assert await requests.holders((await request()).id) == {"1002": ""}
    assert (await request()).chain[-1].role is StepRole.FIRST_RESPONSIBLE


async def test_where_nobody_reviews_and_the_head_is_an_author_the_centre_answers_for_it(world: World) -> None:
    await db.run("DELETE FROM person_roles WHERE person = '2103'")
    await submit(world, 作者="王书记、李老师")
    await world.click("王书记", "同意")

    assert "报中心原因：没有保密审查人，第一责任人是作者。" in world.last("钱主任")
    assert "您同意即同时负责保密审查（第八条）。" in world.last("钱主任")
    assert [step.carries_review for step in (await request()).chain] == [False, True]


async def test_an_author_does_not_take_over_nor_stand_in_for_a_decision_that_carries_the_review(
    world: World,
) -> None:
    await db.run("DELETE FROM person_roles WHERE person = '2103'")
    await world.say("王书记", "/代理 吴副书记 11-23 11-27 出差")
    await submit(world, 作者="吴副书记")
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")

    assert "吴副书记 不能办理这一步" in world.last("王书记")
    assert await requests.holders((await request()).id) == {"2101": ""}


async def test_a_request_of_before_is_compared_by_name_as_it_was(world: World) -> None:
    await submit(world, 作者="李老师、何老师")
    await db.run("UPDATE requests SET facts = '{}'")
    await db.run("INSERT INTO person_roles (person, role) VALUES ('2105', '保密审查人')")
    old = await request()

    assert whose.applicant_of(old).names == ("李老师", "何老师")
    assert old.current is not None
    assert await whose.holders(old.current, whose.applicant_of(old), world.now) == {"2103": ""}


async def test_a_revised_post_is_read_anew(world: World) -> None:
    await submit(world, 作者="何老师")
    await world.click("孙老师", "退回", reason="作者请写全")
    await world.say("李老师", "/修改 FB-2026-0001")
    await world.say("李老师", "作者：何老师、孙老师")
    await world.click("李老师", "确认提交")

    assert await authors() == ["2105", "2103"]
    assert await requests.holders((await request()).id) == {"2101": ""}
    assert (await request()).chain[-1].because == (WROTE,)


async def test_a_name_with_marks_of_sql_or_patterns_is_only_a_name(world: World) -> None:
    await another("2114", "O'Brien")
    await another("2115", "%_\\")
    await submit(world, 作者="o'brien、100%\\")

    assert (await authors(), (await request()).facts["outside_authors"]) == (["2114"], ["100"])
