"""退回 and 不同意 need a reason, however it is given; 修改 begins the chain again."""

import pytest

from cards.form import SECRECY_BRIEFLY
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons, title, words

NEED = "退回须写明理由。请直接回复理由（10 分钟内有效；不办了请发“取消”），或发：/退回 FB-2026-0001 理由"


async def test_feishu_asks_for_the_reason_and_the_card_stays_usable(world: World) -> None:
    await pass_review(world)

    assert await world.click("王书记", "退回") == NEED
    assert (await request()).state is State.IN_REVIEW
    assert await world.click("王书记", "退回", reason="请补主语") == "已退回 FB-2026-0001"
    assert "王书记 退回：请补主语" in world.last("李老师")


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_fields_sent_with_the_revision_are_in_it_and_shown_as_changed(world: World, who: str) -> None:
    await submit(world, who)
    await world.click("孙老师", "退回", reason="请补主语")
    await world.say(who, "/修改 FB-2026-0001 请看\n标题：机电学院更名")

    assert world.titles(who)[-2:] == ["请写明字段", "请确认：机电学院更名"]
    assert "与退回的一版相比：\n标题：学院更名 → 机电学院更名" in world.last(who)

    await world.click(who, "确认提交")

    assert (await request()).form["title"] == "机电学院更名"


async def test_what_a_revision_changes_takes_no_room_from_the_questions_of_secrecy(world: World) -> None:
    await submit(world, 发布时间="明天 10:00")
    await world.click("孙老师", "退回", reason="请补主语")
    await world.say(
        "李老师", "/修改 FB-2026-0001 标题：机电学院更名 类别：通知公告 摘要：机电学院今日更名，特此公告。"
    )
    shown = world.last("李老师")

    assert "八项均不涉及（第八条）；版权：文字原创，其余不涉及（第九条）。" in shown
    assert f"\n八项：{SECRECY_BRIEFLY}。\n已改：标题、类别、摘要。" in shown

    await world.click("李老师", "查看", of="请确认")

    assert "【与退回的一版相比】\n标题：学院更名 → 机电学院更名\n类别：新闻 → 通知公告" in world.last(
        "李老师"
    )


async def test_a_blank_reason_is_none(world: World) -> None:
    await pass_review(world)

    assert await world.click("王书记", "退回", reason="  \n ") == NEED


async def test_wecom_offers_reasons_to_choose_from(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "退回", reason="图片或版权需核实")

    assert "赵老师 退回：图片或版权需核实" in world.last("李老师")


async def test_a_reason_to_return_it_and_then_agreement_is_asked_about(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "同意", reason="图片或版权需核实")

    assert "您选了理由“图片或版权需核实”，又按了同意，没有办理。" in world.last("赵老师")
    assert (await request()).step == "centre"

    await world.click("赵老师", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_a_refusal_says_its_reason_once(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/不同意 FB-2026-0001 含内部数据")
    await world.say("李老师", "/查询 FB-2026-0001")

    refused = [words(shown) for shown in world.screen("李老师") if "未通过" in title(shown)]

    assert [said.count("含内部数据") for said in refused] == [1, 1]


async def test_in_wecom_the_next_plain_line_is_the_reason_that_was_not_chosen(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "退回")

    assert world.last("赵老师") == f"【还差理由】\n{NEED}"

    world.step(599)
    await world.say("赵老师", "第二段的数字与附件不一致")

    assert (await request()).state is State.RETURNED
    assert "赵老师 退回：第二段的数字与附件不一致" in world.last("李老师")
    assert world.titles("钱主任") == ["已办 FB-2026-0001 学院更名"]


async def test_after_ten_minutes_a_plain_line_is_no_reason_any_more(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "退回")
    world.step(601)
    await world.say("赵老师", "第二段的数字与附件不一致")

    assert "10 分钟已过" in world.last("赵老师")
    assert (await request()).state is State.IN_REVIEW


async def test_a_command_in_between_leaves_the_question_open(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "不同意")
    await world.say("赵老师", "/条款 9")
    await world.say("赵老师", "图片没有授权")

    assert (await request()).state is State.REJECTED


async def test_a_reason_given_otherwise_is_not_waited_for_any_more(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "退回")
    await world.say("赵老师", "/退回 FB-2026-0001 图片没有授权")
    await world.say("赵老师", "谢谢")

    assert world.titles("赵老师")[-1] == "没看懂"


async def test_a_reason_that_comes_after_somebody_else_decided_says_who_did(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "退回")
    await world.click("钱主任", "同意")
    await world.say("赵老师", "图片没有授权")

    assert world.last("赵老师") == ("【没有办成】\n钱主任已于11月23日（周一）09:00同意，不需要再办。")


async def test_by_command_the_reason_stands_behind_the_number(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/退回 FB-2026-0001")

    assert world.last("王书记").endswith(NEED)

    await world.say("王书记", "/退回 fb－2026－1，请补主语")

    assert "王书记 退回：请补主语" in world.last("李老师")


async def test_a_decision_without_a_number_shows_how_it_is_written(world: World) -> None:
    await world.say("王书记", "/退回 请补主语")

    assert world.last("王书记").endswith("请写明编号，例如：/退回 FB-2026-0001 理由。发 /待办 看编号。")


async def test_an_opinion_may_go_with_an_approval(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", "/同意 FB-2026-0001 注意配图")
    await world.say("李老师", "/查询 FB-2026-0001")

    assert "王书记 同意 · 11月23日（周一）09:00 · 注意配图" in world.last("李老师")


async def test_a_reason_that_is_too_long_is_refused(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/退回 FB-2026-0001 {'长' * 501}")

    too_long = "最多写 500 字，这次写了 501 字，没有办理，什么都没有改变。请缩短后再发。"

    assert world.last("王书记").endswith(too_long)

    await world.click("王书记", "退回")
    await world.say("王书记", "长" * 501)

    assert world.last("王书记").endswith(too_long)

    await world.say("王书记", "请补主语")

    assert (await request()).state is State.RETURNED


async def revise(world: World) -> None:
    """Returned by 王书记, changed, submitted again."""
    await pass_review(world)
    await world.click("王书记", "退回", reason="请补主语")
    await world.click("李老师", "修改")
    await world.say("李老师", "正文：经学校批准，机电工程学院今日更名。")
    await world.click("李老师", "确认提交")


async def test_a_revision_is_a_new_version_with_a_new_digest_from_the_start_of_the_chain(
    world: World,
) -> None:
    await pass_review(world)
    before = await request()
    await world.click("王书记", "退回", reason="请补主语")
    await world.say("李老师", "/修改 FB-2026-0001")
    await world.say("李老师", "正文：经学校批准，机电工程学院今日更名。")
    await world.click("李老师", "确认提交")
    after = await request()

    assert (after.version, after.step, after.state) == (2, "review", State.IN_REVIEW)
    assert (after.digest != before.digest, after.number) == (True, before.number)
    assert world.titles("孙老师") == ["已办 FB-2026-0001 学院更名", "待审查 FB-2026-0001 学院更名"]


async def test_the_form_comes_back_filled_in(world: World) -> None:
    await pass_review(world, 摘要="更名", 涉及="校领导")
    before = (await request()).form
    await world.click("王书记", "退回", reason="再看一遍")
    await world.click("李老师", "修改")
    await world.click("李老师", "确认提交")

    assert (await request()).form == before


async def test_those_who_decided_before_see_what_changed(world: World) -> None:
    await revise(world)

    assert (
        "【与您上次办理时相比】\n正文：“经学校批准，机电学院今日更名。”改为“经学校批准，机电工程学院今日更名。”"
        in world.last("孙老师")
    )
    assert "这是第 2 版。" in world.last("孙老师")

    await world.click("孙老师", "审查通过")

    assert "与您上次办理时相比" in world.last("王书记")


async def test_in_wecom_what_changed_stands_on_the_card_itself(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    await world.click("赵老师", "退回", reason="内容需补充")
    await world.click("李老师", "修改")
    await world.say("李老师", "标题：学院更名公告")
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    card = world.card("赵老师", "同意").native or {}

    assert card["sub_title_text"].startswith(
        "有改动：标题：学院更名 → 学院更名公告\n正文：经学校批准，机电学院今日更名。\n"
    )


async def test_before_the_first_decision_on_a_new_version_no_row_tells_of_any(world: World) -> None:
    await revise(world)

    assert "已办\n" not in world.last("孙老师")


async def test_the_record_tells_the_versions_apart(world: World) -> None:
    await revise(world)
    await world.click("孙老师", "审查通过")
    await world.say("李老师", "/查询 FB-2026-0001")

    assert """办理记录：
李老师 提交 · 11月23日（周一）09:00
孙老师 审查通过 · 11月23日（周一）09:00
王书记 退回 · 11月23日（周一）09:00 · 请补主语
李老师 修改重报（第 2 版） · 11月23日（周一）09:00
孙老师 审查通过 · 11月23日（周一）09:00
""" in world.last("李老师")


async def test_the_cards_of_the_old_version_can_no_longer_be_pressed(world: World) -> None:
    await revise(world)
    old = [shown for shown in world.screen("孙老师") if title(shown).startswith("已办")]

    assert [buttons(shown) for shown in old] == [[]]


async def test_the_applicants_older_cards_say_that_a_newer_one_follows(world: World) -> None:
    await revise(world)

    assert world.titles("李老师") == [
        "已更新 FB-2026-0001 学院更名",
        "已更新 FB-2026-0001 学院更名",
        "草稿已提交",
        "审批中 FB-2026-0001 学院更名",
    ]


async def test_a_withdrawn_request_can_not_be_revised_with_the_draft_that_was_open(world: World) -> None:
    await pass_review(world)
    await world.click("王书记", "退回", reason="请补主语")
    await world.click("李老师", "修改")
    await world.say("李老师", "/撤回 FB-2026-0001")
    await world.click("李老师", "确认提交")

    assert world.last("李老师").endswith("原申请已不能修改，不能再提交。")
    assert (await request()).state is State.WITHDRAWN


async def test_only_a_returned_request_is_revised(world: World) -> None:
    await submit(world)
    await world.say("李老师", "/修改 FB-2026-0001")

    assert world.last("李老师").endswith("FB-2026-0001 还在审批中，不能修改。")
