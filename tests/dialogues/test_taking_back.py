"""The applicant's card: an outdated one shows what is true; a passed post is taken back only when sure."""

import pytest

from storage import trail
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons, title

AGAIN = ["李老师", "何老师"]
"""An author in WeCom and one in Feishu."""


@pytest.mark.parametrize("who", AGAIN)
async def test_a_passed_post_is_taken_back_by_button_only_when_sure(world: World, who: str) -> None:
    await pass_all_of(world, who)
    await world.click(who, "撤回")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert world.titles(who)[-1] == "确认撤回？ FB-2026-0001 学院更名"
    assert "撤回后不得再发布" in world.last(who)

    await world.click(who, "确认撤回")

    assert (await request()).state is State.WITHDRAWN
    assert world.titles(who)[-1] == "已撤回 FB-2026-0001 学院更名"
    assert "批准的稿件已撤回，不得再发布。" in world.last(who)


async def pass_all_of(world: World, who: str) -> None:
    await submit(world, who)
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")


@pytest.mark.parametrize("who", AGAIN)
async def test_whoever_thinks_better_of_it_keeps_the_post_and_its_card(world: World, who: str) -> None:
    await pass_all_of(world, who)
    await world.click(who, "撤回")
    await world.click(who, "不撤回")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert world.titles(who)[-1] == "可发布 FB-2026-0001 学院更名"
    assert buttons(world.card(who)) == ["登记回执", "撤回", "查看"]


@pytest.mark.parametrize("who", AGAIN)
async def test_the_command_asks_as_the_button_does_and_keeps_its_reason(world: World, who: str) -> None:
    await pass_all_of(world, who)
    await world.say(who, "/撤回 FB-2026-0001 活动改期")

    assert world.titles(who)[-1] == "确认撤回？ FB-2026-0001 学院更名"

    await world.click(who, "确认撤回")

    assert (await request()).state is State.WITHDRAWN
    assert (await trail.of("FB-2026-0001"))[-1].note == "活动改期"


async def test_those_who_had_approved_are_told_once_that_it_must_not_go_out(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/撤回 FB-2026-0001")
    await world.click("李老师", "确认撤回")
    told = "李老师 已撤回 FB-2026-0001《学院更名》，不得再发布，您无需再办。"

    assert [world.titles(who) for who in ("孙老师", "王书记")] == [
        ["已办 FB-2026-0001 学院更名", "已撤回"]
    ] * 2
    assert [world.last(who).endswith(told) for who in ("孙老师", "王书记")] == [True, True]


async def test_the_question_follows_when_the_post_is_out_meanwhile(world: World) -> None:
    await pass_all(world)
    await world.click("李老师", "撤回")
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")

    assert "确认撤回？" not in "".join(world.titles("李老师"))
    assert (await request()).state is State.PUBLISHED


async def test_an_outdated_card_in_feishu_shows_where_it_stands_and_does_nothing(world: World) -> None:
    await submit(world, "何老师")
    old = world.card("何老师", "撤回")
    native = old.native
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    old.native = native
    await world.feishu.click("ou_he", old.id, "撤回")
    await world.settle()

    assert old.toast == "FB-2026-0001 现在是“可发布”，这次没有撤回。请看最新的消息。"
    assert (await request()).state is State.AWAITING_PUBLISH
    assert world.titles("何老师") == [
        "已更新 FB-2026-0001 学院更名",
        "已更新 FB-2026-0001 学院更名",
        "可发布 FB-2026-0001 学院更名",
        "可发布 FB-2026-0001 学院更名",
    ]


async def test_an_outdated_card_in_wecom_is_answered_with_the_present_one(world: World) -> None:
    await submit(world)
    old = world.card("李老师", "撤回")
    for code in world.wecom.codes.values():
        code.used = True
    await world.say("孙老师", "/退回 FB-2026-0001 请补主语")

    assert buttons(old) == ["催办", "撤回", "查看"]

    before = len(await trail.of("FB-2026-0001"))
    await world.wecom.click("li", old.id, "催办")
    await world.settle()

    assert "FB-2026-0001 现在是“已退回”，这次没有催办。请看最新的消息。" in world.last("李老师")
    assert "已退回 FB-2026-0001 学院更名" in world.titles("李老师")[-2]
    assert (title(old), len(await trail.of("FB-2026-0001"))) == ("已更新 FB-2026-0001 学院更名", before)


async def test_of_two_cards_that_wait_for_a_platform_only_the_newer_arrives(world: World) -> None:
    await submit(world)
    world.wecom.faults.down = True
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    world.wecom.faults.down = False
    world.step(400)
    await world.settle()

    assert [shown for shown in world.titles("李老师") if not shown.startswith("已更新")] == [
        "可发布 FB-2026-0001 学院更名"
    ]


async def test_the_card_of_an_urged_step_says_who_urges(world: World) -> None:
    await pass_review(world)
    await world.click("李老师", "催办")

    assert "李老师请您尽快办理。李老师（机电学院党委）申请" in world.last("王书记")
    assert "催办" in world.last("王书记")


async def test_a_receipt_without_a_link_is_told_what_is_missing(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/回执 FB-2026-0001")

    assert world.last("李老师").endswith(
        "请直接发来发布后的链接（1 小时内有效），或发：/回执 FB-2026-0001 https://…"
    )


async def test_links_are_taken_without_the_marks_around_them(world: World) -> None:
    await pass_all(world)
    await world.say(
        "李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1，https://jidian.example.cn/2。"
    )

    assert (await request()).outcome["published_url"] == (
        "https://mp.weixin.qq.com/s/1 https://jidian.example.cn/2"
    )
