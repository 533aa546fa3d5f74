"""Who must pass a post: every row of the chain of Article 6(3)1, with the review of Article 8."""

from datetime import UTC, datetime

import pytest

from cards.form import SECRECY_BRIEFLY
from storage import db, trail
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, post, request, submit
from tests.world import World, buttons


async def unit_without_reviewer(world: World) -> None:
    await db.run("DELETE FROM person_roles WHERE person = '2103'")


async def test_reviewer_then_first_responsible_then_it_may_go_out(world: World) -> None:
    await submit(world)

    assert world.titles("孙老师") == ["待审查 FB-2026-0001 学院更名"]
    assert world.titles("王书记") == []

    await world.click("孙老师", "审查通过")

    assert world.titles("王书记") == ["待审批 FB-2026-0001 学院更名"]

    await world.click("王书记", "同意")

    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"
    assert world.titles("赵老师") == []


async def test_the_words_for_a_post_that_may_go_out_stand_nowhere_else(world: World) -> None:
    await pass_review(world)
    said = [shown for name in ("李老师", "孙老师", "王书记") for shown in world.titles(name)]

    assert not any("可发布" in text for text in (*said, world.last("李老师"), world.last("王书记")))


async def test_without_a_reviewer_the_first_responsible_decision_carries_the_review_and_says_so(
    world: World,
) -> None:
    await submit(world, "唐老师", 媒体="计算人")

    assert world.titles("林书记") == ["待审批 FB-2026-0001 学院更名"]
    assert "没有其他保密审查人，您同意即同时负责保密审查（第八条）。" in world.last("林书记")
    assert (await request()).chain[0].carries_review


async def test_the_only_reviewer_does_not_review_a_post_of_their_own(world: World) -> None:
    await submit(world, "孙老师")

    assert world.titles("孙老师") == ["审批中 FB-2026-0001 学院更名"]
    assert "没有其他保密审查人，您同意即同时负责保密审查（第八条）。" in world.last("王书记")


async def test_a_reviewer_named_as_author_does_not_review(world: World) -> None:
    await submit(world, 作者="李老师、孙老师")

    assert world.titles("孙老师") == []
    assert world.titles("王书记") == ["待审批 FB-2026-0001 学院更名"]


async def test_another_reviewer_of_the_unit_takes_the_authors_place(world: World) -> None:
    await db.run("INSERT INTO person_roles (person, role) VALUES ('2105', '保密审查人')")
    await submit(world, 作者="孙老师")

    assert world.titles("何老师") == ["待审查 FB-2026-0001 学院更名"]
    assert world.titles("孙老师") == []


async def test_the_first_responsible_applicant_is_approved_by_the_centre_and_the_record_says_why(
    world: World,
) -> None:
    await submit(world, "王书记")
    await world.click("孙老师", "审查通过")

    assert world.titles("赵老师") == ["待审批 FB-2026-0001 学院更名"]
    assert "报中心原因：申请人即第一责任人" in world.last("钱主任")

    await world.click("钱主任", "同意")
    await world.say("王书记", "/查询 FB-2026-0001")

    assert "2. 第一责任人审批（第六条（三）1）\n申请人即第一责任人" in world.last("王书记")
    assert world.titles("王书记")[-1] == "可发布 FB-2026-0001 学院更名"


async def test_the_centre_carries_the_review_of_a_first_responsible_applicant_without_reviewer(
    world: World,
) -> None:
    await submit(world, "林书记", 媒体="计算人")

    assert world.titles("钱主任") == ["待审批 FB-2026-0001 学院更名"]
    assert "您同意即同时负责保密审查（第八条）。" in world.last("钱主任")


async def test_the_first_responsible_person_may_bring_in_the_centre(world: World) -> None:
    await pass_review(world)
    toast = await world.click("王书记", "同意并报中心", reason="涉及校友隐私")

    assert toast == "已同意并报中心 FB-2026-0001"
    assert "报中心原因：第一责任人报中心：涉及校友隐私" in world.last("钱主任")

    await world.click("钱主任", "同意")

    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"


async def test_each_step_offers_what_its_holder_may_do(world: World) -> None:
    await submit(world, 涉及="突发事件")
    reviewer = buttons(world.card("孙老师"))
    await world.click("孙老师", "审查通过")
    responsible = buttons(world.card("王书记"))
    await world.click("王书记", "同意")

    assert (reviewer, responsible, buttons(world.card("钱主任"))) == (
        ["审查通过", "退回", "不宜公开", "查看", "更多"],
        ["同意", "退回", "不同意", "查看", "更多"],
        ["同意", "退回", "不同意", "查看", "更多"],
    )


async def test_who_presses_knows_what_they_answer_for_and_what_follows(world: World) -> None:
    await submit(world, 涉及="突发事件", 紧急="特急", 紧急理由="停水")

    assert world.titles("孙老师") == ["特急 待审查 FB-2026-0001 学院更名"]
    assert f"请逐项审查：{SECRECY_BRIEFLY}（第八条）。" in world.last("孙老师")
    assert "全媒体中心\n接着审批：涉及突发事件\n本步\n" in world.last("李老师")
    assert "11月23日（周一）10:30前办完" in world.last("李老师")

    await world.click("孙老师", "审查通过")

    assert "您同意后还须全媒体中心审批：涉及突发事件。" in world.last("王书记")

    await world.click("王书记", "同意")
    await world.click("钱主任", "同意", reason="请配图说明恢复时间")

    assert "钱主任意见：请配图说明恢复时间" in world.last("李老师")


async def test_bringing_in_the_centre_by_command_works_too(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/报中心 FB-2026-0001 请中心把关")

    assert world.titles("王书记") == ["已办 FB-2026-0001 学院更名", "全媒"]
    assert world.last("王书记").endswith("已同意并报中心 FB-2026-0001，理由：请中心把关。")
    assert "报中心原因：第一责任人报中心：请中心把关" in world.last("赵老师")


async def test_only_the_first_responsible_person_brings_in_the_centre(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/报中心 FB-2026-0001")

    assert world.last("孙老师").endswith("只有第一责任人能“报中心”（第六条（三）1）。")


@pytest.mark.parametrize(
    ("topic", "reason"),
    [
        ("重大事项决策", "涉及重大事项决策"),
        ("突发事件", "涉及突发事件"),
        ("上级领导", "涉及上级领导"),
        ("民族宗教", "涉及民族宗教"),
        ("涉外港澳台", "涉外、涉港澳台"),
        ("军工科研", "涉及军工科研"),
    ],
)
async def test_topics_that_need_the_centre(world: World, topic: str, reason: str) -> None:
    await pass_all(world, 涉及=topic)

    assert world.titles("钱主任") == ["待审批 FB-2026-0001 学院更名"]
    assert f"报中心原因：{reason}。" in world.last("钱主任")


async def test_the_centres_own_card_does_not_announce_a_copy_to_the_centre(world: World) -> None:
    await pass_review(world, 涉及="突发事件")
    await world.tick(hours=5, minutes=5)
    await world.tick(days=1)
    copied = world.last("王书记")
    await world.click("王书记", "同意")
    await world.tick(days=1)
    await world.tick(days=1)

    assert "并抄送全媒体中心" in copied
    assert "再次提醒。" in world.last("钱主任")
    assert "抄送" not in world.last("钱主任")


@pytest.mark.parametrize("topic", ["校领导", "招生考试", "师生个人信息", "无"])
async def test_topics_that_do_not(world: World, topic: str) -> None:
    await pass_all(world, 涉及=topic)

    assert world.titles("钱主任") == []
    assert world.titles("李老师")[-1] == "可发布 FB-2026-0001 学院更名"


async def test_the_first_post_of_a_newly_filed_medium_needs_the_centre_and_the_second_does_not(
    world: World,
) -> None:
    filed_here = int(datetime(2026, 11, 10, tzinfo=UTC).timestamp() * 1000)
    await db.run(
        "UPDATE media SET filed_on = '2026-11-10', filed_here_at = ? WHERE no = 'QM-0001'", filed_here
    )
    await pass_all(world)

    assert "报中心原因：机电之声 备案不满 30 天，首次发布" in world.last("钱主任")

    await world.click("钱主任", "同意")
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")
    await submit(world, 标题="第二篇")
    await world.click("孙老师", "审查通过", of="0002")
    await world.click("王书记", "同意", of="0002")

    assert world.titles("李老师")[-1] == "可发布 FB-2026-0002 第二篇"


async def test_a_medium_of_an_inner_office_climbs_to_the_college(world: World) -> None:
    await db.run("UPDATE media SET unit = '2110' WHERE no = 'QM-0001'")
    await submit(world, "周老师")
    await world.click("孙老师", "审查通过")

    assert world.titles("王书记") == ["待审批 FB-2026-0001 学院更名"]


async def test_where_nobody_is_first_responsible_it_waits_and_the_centre_hears_at_once(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = '' WHERE code IN ('2100', '1000')")
    await pass_review(world)

    assert world.titles("赵老师") == ["暂缺办理人 FB-2026-0001 学院更名"]
    assert world.titles("钱主任") == ["暂缺办理人 FB-2026-0001 学院更名"]
    assert "现在等第一责任人，暂缺办理人，已告知全媒体中心。" in world.last("李老师")

    await world.say("李老师", "/查询 FB-2026-0001")

    assert "等待：暂缺办理人，已告知全媒体中心" in world.last("李老师")

    await world.say("王书记", "/同意 FB-2026-0001")

    assert world.last("王书记").endswith(
        "FB-2026-0001 不由您办理，现在等第一责任人，暂缺办理人，已告知全媒体中心。"
    )


async def test_whoever_becomes_first_responsible_is_asked_within_a_tick(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = '' WHERE code IN ('2100', '1000')")
    await pass_review(world)
    await db.run("UPDATE units SET first_responsible = '2102' WHERE code = '2100'")
    await world.tick(seconds=20)
    await world.tick(seconds=20)

    assert world.titles("吴副书记") == ["待审批 FB-2026-0001 学院更名"]

    await world.say("吴副书记", "/待办")

    assert world.titles("吴副书记")[-1] == "待办 1 件"


async def test_a_vacant_college_is_answered_for_by_the_school(world: World) -> None:
    await db.run("UPDATE units SET first_responsible = '' WHERE code = '2100'")
    await pass_review(world)

    assert world.titles("高书记") == ["待审批 FB-2026-0001 学院更名"]


async def test_nobody_approves_their_own_request(world: World) -> None:
    await db.run("INSERT INTO person_roles (person, role) VALUES ('2101', '中心审批人')")
    await submit(world, "王书记")
    await world.click("孙老师", "审查通过")
    await world.say("王书记", "/同意 FB-2026-0001")

    assert world.last("王书记").endswith("这是您自己提交的申请，不能由本人审批（第六条（三）1）。")
    assert (await request()).state is State.IN_REVIEW


async def test_one_of_the_centre_is_enough_and_the_others_card_says_who_did_it(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert world.titles("钱主任") == ["已办 FB-2026-0001 学院更名"]
    assert "赵老师已同意。审批全部通过。" in world.last("钱主任")


async def test_a_rejection_ends_it(world: World) -> None:
    await submit(world)
    toast = await world.click("孙老师", "不宜公开", reason="含内部数据")

    assert toast == "已定为“不宜公开” FB-2026-0001"
    assert world.titles("李老师")[-1] == "未通过 FB-2026-0001 学院更名"
    assert "孙老师 不宜公开：含内部数据" in world.last("李老师")
    assert "您已定为“不宜公开”。审批到此结束，不能发布。" in world.last("孙老师")
    assert world.titles("王书记") == []


async def test_the_trail_keeps_every_act_with_person_message_and_article(world: World) -> None:
    await pass_all(world)
    entries = await trail.of("FB-2026-0001")

    assert [(e.actor, e.act, e.before, e.after, e.platform, e.article) for e in entries] == [
        ("2104", "submit", "draft", "in_review/review v1", "wecom", "第八条"),
        ("2103", "approve", "in_review/review v1", "in_review/responsible v1", "feishu", "第八条"),
        ("2101", "approve", "in_review/responsible v1", "awaiting_publish v1", "feishu", "第六条（三）1"),
    ]
    assert all(entry.message for entry in entries)
    assert {entry.digest for entry in entries} == {(await request()).digest}
    assert "声明：保密 8 项均不涉及" in entries[0].note


async def test_the_preview_says_who_will_be_asked_and_why_the_centre(world: World) -> None:
    await world.say("何老师", post(涉及="军工科研"))

    assert "保密审查 → 第一责任人 → 全媒体中心" in world.last("何老师")
    assert "须报中心：涉及军工科研（第六条（三）1）。" in world.last("何老师")
