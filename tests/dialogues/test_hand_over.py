"""转办 and 代理: a step passed to a colleague, an absence with a stand-in; the record says both."""

import pytest

from cards.proxies import FORM
from storage import db, proxies, requests, trail
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons


async def test_a_step_goes_to_the_deputy_who_is_asked_and_may_decide(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记 我在外地")

    assert world.last("王书记").endswith("已将 FB-2026-0001 转给 吴副书记 办理。")
    assert world.titles("吴副书记") == ["待审批 FB-2026-0001 学院更名"]
    assert "王书记 转请您办理。" in world.last("吴副书记")

    await world.click("吴副书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_the_card_of_whoever_handed_it_over_can_no_longer_be_pressed(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 2102")

    assert world.titles("王书记") == ["已不需办理 FB-2026-0001 学院更名", "全媒"]
    assert buttons(world.card("王书记", of="已不需办理")) == []

    await world.say("王书记", "/同意 FB-2026-0001")

    assert world.last("王书记").endswith("FB-2026-0001 不由您办理，现在等 吴副书记（第一责任人）。")


async def test_the_applicant_and_the_chain_say_where_it_is(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")
    await world.say("李老师", "/查询 FB-2026-0001")

    assert "现在等 吴副书记（第一责任人）。" in world.last("李老师")
    assert "正在等 吴副书记（王书记 转办）" in world.last("李老师")
    assert "现在等 吴副书记（第一责任人）。" in world.last("李老师")


async def test_handing_over_is_on_the_trail_with_its_reason(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记 我在外地")
    entry = await trail.last("FB-2026-0001", "transfer")

    assert entry is not None
    assert (entry.actor, entry.note, entry.article) == ("2101", "2101 → 2102：我在外地", "第六条（三）1")


@pytest.mark.parametrize(
    ("whom", "answer"),
    [
        ("何老师", "何老师 不能办理这一步，只能转给本单位有相应职责的人（第六条（三）1）。"),
        ("林书记", "林书记 不能办理这一步，只能转给本单位有相应职责的人（第六条（三）1）。"),
        ("李老师", "不能转给申请人本人（第六条（三）1）。"),
        ("王书记", "已经在您这里了。"),
        ("张三", "没有找到“张三”。请写姓名或工号。"),
    ],
    ids=["colleague", "stranger", "applicant", "self", "nobody"],
)
async def test_a_step_goes_to_nobody_who_may_not_decide_it(world: World, whom: str, answer: str) -> None:
    await pass_review(world)
    await world.say("王书记", f"/转办 FB-2026-0001 {whom}")

    assert world.last("王书记").endswith(answer)
    assert (await requests.holders((await request()).id)) == {"2101": ""}


async def test_two_of_one_name_are_told_apart_by_their_number(world: World) -> None:
    await db.run("UPDATE people SET name = '吴副书记' WHERE id = '2105'")
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")

    assert world.titles("王书记")[-1] == "请选一位：吴副书记"
    assert "第 1 位\n2102，机电学院党委" in world.last("王书记")
    assert buttons(world.card("王书记", of="请选一位")) == ["吴副书记 2102", "吴副书记 2105"]

    await world.click("王书记", "吴副书记 2102", of="请选一位")

    assert (await requests.holders((await request()).id)) == {"2102": ""}
    assert world.titles("王书记")[-1] == "已选 吴副书记 2102"


async def test_of_namesakes_one_is_chosen_once(world: World) -> None:
    """In WeCom, before the card that was pressed is brought up to date."""
    await db.run("UPDATE people SET name = '钱主任' WHERE id = '1001'")
    await world.say("赵老师", "/代理 钱主任 今天 明天")
    card, first = world.card("赵老师", of="请选一位"), "钱主任 1102"
    assert buttons(card) == ["钱主任 1001", first]
    for _ in range(2):
        await world.wecom.click("zhao", card.id, first)
    await world.settle()

    assert world.titles("赵老师") == ["已选 钱主任 1102"]
    assert len(await proxies.upcoming("1101", world.now)) == 1


async def test_what_pads_a_name_does_not_matter(world: World) -> None:
    await db.run("UPDATE people SET name = '吴　磊' WHERE id = '2102'")
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴 磊 出差")

    assert (await requests.holders((await request()).id)) == {"2102": ""}


async def test_of_two_namesakes_the_one_who_is_meant_is_asked_for_an_opinion(world: World) -> None:
    await db.run("UPDATE people SET name = '吴明', title = '副书记' WHERE id = '2102'")
    await db.run("UPDATE people SET name = '吴明' WHERE id = '2105'")
    await pass_review(world)
    await world.say("王书记", "/委派 FB-2026-0001 吴　明 合适吗")
    await world.click("王书记", "吴明 2105", of="请选一位")

    assert world.titles("王书记")[-1] == "已选 吴明 2105"

    await world.say("王书记", "/委派 FB-2026-0001 吴明 副书记 合适吗")

    assert world.last("王书记").endswith("已请 吴明 对 FB-2026-0001 提意见；仍由您决定，不必等。")
    assert "想问：合适吗。" in world.last("吴副书记")


async def test_a_steward_names_people_as_everybody_does(world: World) -> None:
    await pass_review(world)
    await world.say("赵老师", "/干预 FB-2026-0001 改派　吴　副书记　王书记出差")

    assert (await requests.holders((await request()).id)) == {"2102": ""}
    assert "作了干预：改派给 吴副书记 办理。理由：王书记出差" in world.last("王书记")


async def test_only_the_holder_hands_a_step_over(world: World) -> None:
    await pass_review(world)
    await world.say("吴副书记", "/转办 FB-2026-0001 吴副书记")

    assert world.last("吴副书记").endswith("FB-2026-0001 不由您办理，现在等 王书记（第一责任人）。")


async def test_a_step_of_the_centre_goes_to_a_colleague_there(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.say("赵老师", "/转办 FB-2026-0001 钱主任")
    await world.click("钱主任", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_a_step_handed_to_and_fro_is_asked_and_reminded_each_time(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")
    await world.say("吴副书记", "/转办 FB-2026-0001 王书记")
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")
    asked = len([shown for shown in world.titles("吴副书记") if shown.startswith("待审批")])
    await world.tick(hours=4, minutes=20)
    reminded = len([shown for shown in world.titles("吴副书记") if shown.startswith("待审批")])

    assert reminded == asked + 1


async def test_handing_over_does_not_begin_the_ladder_of_reminders_anew(world: World) -> None:
    await pass_review(world)
    await world.tick(hours=4, minutes=20)
    await world.tick(hours=20, minutes=20)
    await world.say("王书记", "/转办 FB-2026-0001 吴副书记")
    await world.tick(minutes=5)

    assert world.titles("吴副书记") == ["待审批 FB-2026-0001 学院更名"]

    await world.tick(hours=24)

    assert "第 3 次提醒" in world.last("吴副书记")
    assert world.titles("钱主任") == ["久未办理 FB-2026-0001 学院更名"]


ABSENT = "/代理 吴副书记 11-23 11-25 出差"


async def test_a_stand_in_decides_and_the_record_says_for_whom(world: World) -> None:
    await world.say("王书记", ABSENT)
    await pass_review(world)

    assert "您代 王书记 办理。" in world.last("吴副书记")

    await world.click("吴副书记", "同意")
    await world.say("李老师", "/查询 FB-2026-0001")
    entry = await trail.last("FB-2026-0001", "approve")

    assert "吴副书记 代 王书记 同意" in world.last("李老师")
    assert entry is not None
    assert (entry.actor, entry.principal) == ("2102", "2101")


async def test_whoever_is_stood_in_for_is_told_of_each_act(world: World) -> None:
    await world.say("王书记", ABSENT)
    await pass_review(world)
    await world.click("吴副书记", "同意")

    assert "吴副书记 已代您同意 FB-2026-0001《学院更名》。" in world.last("王书记")


async def test_both_are_asked_and_the_first_to_decide_decides_for_both(world: World) -> None:
    await world.say("王书记", ABSENT)
    await pass_review(world)
    await world.click("王书记", "同意")

    assert world.titles("吴副书记")[-1] == "已办 FB-2026-0001 学院更名"


async def test_the_stand_in_is_told_from_when_to_when_and_what_waits(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", ABSENT)

    assert world.last("王书记").endswith(
        "已设代理：吴副书记，11月23日（周一）09:00 至 11月25日（周三）24:00。"
        "取消发 /代理 取消。责任仍由您承担（第五条（二））。"
    )
    assert world.last("吴副书记") == (
        "【外出代理】\n王书记 请您在 11月23日（周一）09:00 至 11月25日（周三）24:00 代为审批。"
        "记录会写明“代 王书记”，责任仍由委托人承担。现有 1 件，发 /待办 办理。"
    )

    await world.say("吴副书记", "/待办")

    assert world.titles("吴副书记")[-1] == "待办 1 件"


async def test_a_cancelled_proxy_ends_at_once(world: World) -> None:
    await world.say("王书记", ABSENT)
    await pass_review(world)
    await world.say("王书记", "/代理 取消")

    assert world.last("王书记").endswith("代理已取消，审批恢复由您办理。")

    assert world.titles("吴副书记") == ["外出代理", "已不需办理 FB-2026-0001 学院更名", "外出代理已终止"]
    assert buttons(world.card("王书记", "同意")) == ["同意", "同意并报中心", "退回", "不同意", "查看", "更多"]

    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert world.last("吴副书记").endswith("FB-2026-0001 不由您办理，现在等 王书记（第一责任人）。")

    await world.say("吴副书记", "/待办")

    assert world.last("吴副书记").endswith("没有等您办理的事项。")


async def test_the_stand_in_is_told_that_it_is_over(world: World) -> None:
    await world.say("王书记", ABSENT)
    await world.say("王书记", "/代理 取消")

    assert world.last("吴副书记") == (
        "【外出代理已终止】\n您代 王书记 审批（11月23日（周一）09:00 至 11月25日（周三）24:00）"
        "已于 11月23日（周一）09:00 终止：王书记 已取消代理。不再需要您代为审批。"
    )


async def test_a_proxy_holds_only_within_its_days(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-24 11-24")
    await pass_review(world)
    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert world.last("吴副书记").endswith("FB-2026-0001 不由您办理，现在等 王书记（第一责任人）。")

    world.step(16 * 3600)
    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert "现在的内容您还没有看过，没有办理。请看新的卡片。" in world.last("吴副书记")
    assert world.titles("吴副书记")[-2] == "待审批 FB-2026-0001 学院更名"

    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_an_applicant_never_decides_as_a_stand_in(world: World) -> None:
    await world.say("王书记", ABSENT)
    await submit(world, "吴副书记")
    await world.click("孙老师", "审查通过")
    await world.say("吴副书记", "/同意 FB-2026-0001")

    assert world.last("吴副书记").endswith("这是您自己提交的申请，不能由本人审批（第六条（三）1）。")


async def test_an_author_does_not_review_as_a_stand_in(world: World) -> None:
    await reviewer("2105", "2200")
    await world.say("孙老师", "/代理 何老师 11-23 11-25")
    await submit(world, 作者="何老师")

    assert world.titles("何老师") == ["外出代理"]


async def test_what_a_stand_in_hands_over_is_recorded_for_whom(world: World) -> None:
    await world.say("王书记", "/代理 林书记 11-23 11-25")
    await pass_review(world)
    await world.say("林书记", "/转办 FB-2026-0001 吴副书记")
    entry = await trail.last("FB-2026-0001", "transfer")

    assert entry is not None
    assert (entry.actor, entry.principal) == ("2201", "2101")
    assert "林书记 已代您将 FB-2026-0001 转给 吴副书记。" in world.last("王书记")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/代理 吴副书记", FORM),
        ("/代理 吴副书记 11-25 11-24", "止日不能早于起日。例：/代理 吴副书记 12-01 12-05 出差"),
        ("/代理 吴副书记 某天 11-24", "看不出是哪一天。例：/代理 吴副书记 12-01 12-05 出差"),
        ("/代理 吴副书记 前天 昨天", "这几天已经过去了。例：/代理 吴副书记 12-01 12-05 出差"),
        ("/代理 吴副书记 2027-06-01 2027-06-02", "起日只能在 90 天以内。例：/代理 吴副书记 12-01 12-05 出差"),
        ("/代理 王书记 11-23 11-24", "代理人须是在职的另一位教职工。"),
        ("/代理 陈同学 11-23 11-24", "代理人须是在职的另一位教职工。"),
        ("/代理 取消", "您没有正在生效或将要生效的代理。"),
        (
            "/代理",
            "您没有设代理。要设请发：/代理 姓名或工号 起 止 原因，例：/代理 张老师 12-01 12-05 出差",
        ),
    ],
    ids=["incomplete", "backwards", "no-day", "past", "far", "self", "student", "none", "shown"],
)
async def test_a_proxy_that_cannot_be_is_refused(world: World, typed: str, answer: str) -> None:
    await world.say("王书记", typed)

    assert world.last("王书记").endswith(answer)
    assert await db.rows("SELECT * FROM proxies") == []


async def reviewer(person: str, unit: str) -> None:
    """Somebody becomes a secrecy reviewer, in that unit."""
    await db.run("UPDATE people SET roles = '保密审查人', unit = ? WHERE id = ?", unit, person)
    await db.run("INSERT INTO person_roles (person, role) VALUES (?, '保密审查人')", person)


@pytest.mark.parametrize(
    ("who", "whom", "answer"),
    [
        (
            "王书记",
            "何老师",
            (
                "何老师 不能代您审批，代理人须是本单位副职或其他第一责任人（第五条（二））。"
                "可请：吴副书记、高书记、林书记。"
            ),
        ),
        (
            "孙老师",
            "吴副书记",
            "吴副书记 不能代您审批，代理人须是其他保密审查人（第五条（二））。可请：周老师。",
        ),
        (
            "钱主任",
            "沈老师",
            "沈老师 不能代您审批，代理人须是其他中心审批人（第五条（二））。可请：赵老师。",
        ),
    ],
    ids=["responsible", "reviewer", "centre"],
)
async def test_nobody_of_another_level_stands_in_and_it_is_said_who_may(
    world: World, who: str, whom: str, answer: str
) -> None:
    await reviewer("2106", "2110")
    await world.say(who, f"/代理 {whom} 11-23 11-25")

    assert world.last(who).endswith(answer)
    assert await db.rows("SELECT * FROM proxies") == []


@pytest.mark.parametrize(
    ("who", "whom"), [("王书记", "吴副书记"), ("王书记", "林书记"), ("钱主任", "赵老师")]
)
async def test_people_of_the_same_level_stand_in(world: World, who: str, whom: str) -> None:
    await world.say(who, f"/代理 {whom} 今天 明天 出差")

    assert world.last(who).endswith(
        f"已设代理：{whom}，11月23日（周一）09:00 至 11月24日（周二）24:00。"
        "取消发 /代理 取消。责任仍由您承担（第五条（二））。"
    )


async def test_a_second_stand_in_for_the_same_days_is_refused(world: World) -> None:
    await world.say("王书记", ABSENT)
    await world.say("王书记", "/代理 林书记 11-25 11-27")

    assert world.last("王书记").endswith(
        "11月23日（周一）09:00 至 11月25日（周三）24:00 已由 吴副书记 代理，与这次重叠，没有另设。"
        "要换人或改日期，请先发 /代理 取消。"
    )

    await world.say("王书记", "/代理 林书记 11-26 11-27")

    assert "已设代理：林书记" in world.last("王书记")


async def test_only_approvers_have_stand_ins(world: World) -> None:
    await world.say("李老师", "/代理 何老师 11-23 11-25")

    assert world.last("李老师").endswith("只有审批人（第一责任人、保密审查人、中心审批人）可以设代理。")
