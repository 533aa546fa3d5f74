"""What applicants do with their own requests: 撤回, 催办, 回执, and whose they are."""

from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons


async def test_a_waiting_request_can_be_withdrawn_and_nobody_need_decide_it_any_more(world: World) -> None:
    await submit(world)
    await world.click("李老师", "撤回")

    assert (await request()).state is State.WITHDRAWN
    assert world.titles("李老师") == ["已撤回 FB-2026-0001 学院更名"]
    assert world.titles("孙老师") == ["已不需办理 FB-2026-0001 学院更名"]
    assert buttons(world.card("孙老师")) == []

    await world.tick(days=3)

    assert world.titles("孙老师") == ["已不需办理 FB-2026-0001 学院更名"]


async def test_a_returned_request_can_be_withdrawn(world: World) -> None:
    await pass_review(world)
    await world.click("王书记", "退回", reason="请补主语")
    await world.say("李老师", "/撤回 FB-2026-0001 不发了")

    assert (await request()).state is State.WITHDRAWN


async def test_a_passed_request_can_be_withdrawn_and_then_must_not_go_out(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/撤回 FB-2026-0001")
    await world.click("李老师", "确认撤回")

    assert world.titles("李老师")[-1] == "已撤回 FB-2026-0001 学院更名"

    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")

    assert world.last("李老师").endswith("FB-2026-0001 已撤回，不能登记回执。")

    await world.say("李老师", "/撤回 FB-2026-0001")

    assert world.last("李老师") == "【没有办成】\nFB-2026-0001 已撤回，不用再办。"


async def test_what_is_over_cannot_be_withdrawn(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "/不同意 FB-2026-0001 含内部数据")
    await world.say("李老师", "/撤回 FB-2026-0001")

    assert world.last("李老师").endswith("FB-2026-0001 没有通过，不能撤回。")


async def test_what_is_out_cannot_be_withdrawn(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")
    await world.say("李老师", "/撤回 FB-2026-0001")

    assert world.last("李老师").endswith("FB-2026-0001 已登记发布，不能撤回。")


async def test_nobody_else_withdraws_it(world: World) -> None:
    await submit(world)
    await world.say("何老师", "/撤回 FB-2026-0001")

    assert world.last("何老师").endswith("FB-2026-0001 不是您提交的，只有申请人能撤回。")
    assert (await request()).state is State.IN_REVIEW


async def test_urging_asks_again_and_says_whom(world: World) -> None:
    await submit(world)
    await world.click("李老师", "催办")

    assert world.last("李老师") == "【全媒】\n已催办 FB-2026-0001，请孙老师尽快办理。"
    assert world.titles("孙老师") == ["待审查 FB-2026-0001 学院更名", "待审查 FB-2026-0001 学院更名"]


async def test_urging_is_possible_once_an_hour(world: World) -> None:
    await submit(world)
    await world.say("李老师", "/催办 FB-2026-0001")
    world.step(30 * 60)
    await world.say("李老师", "/催办 FB-2026-0001")

    assert world.last("李老师").endswith("一小时内已催办过，请 29 分钟后再催。")

    world.step(30 * 60)
    await world.say("李老师", "/催办 FB-2026-0001")

    assert world.last("李老师").endswith("已催办 FB-2026-0001，请孙老师尽快办理。")
    assert len(world.titles("孙老师")) == 3


async def test_all_copies_of_an_urged_card_are_closed_by_one_decision(world: World) -> None:
    await submit(world)
    await world.say("李老师", "/催办 FB-2026-0001")
    await world.click("孙老师", "审查通过")

    assert world.titles("孙老师") == ["已办 FB-2026-0001 学院更名", "已办 FB-2026-0001 学院更名"]


async def test_a_receipt_before_the_approval_is_refused_with_the_article(world: World) -> None:
    await submit(world)
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")

    assert world.last("李老师").endswith(
        "FB-2026-0001 还在审批中，不能登记回执。通过后方可正式发布（第六条（三）1）。"
    )


async def test_a_receipt_needs_a_real_link(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/回执 FB-2026-0001 公众号已发")

    assert "请直接发来发布后的链接（1 小时内有效）" in world.last("李老师")

    await world.say("李老师", "/回执 FB-2026-0001 mp.weixin.qq.com/s/1")

    assert world.last("李老师").endswith(
        "链接要以 http:// 或 https:// 开头，中间没有空格。例：/回执 FB-2026-0001 https://mp.weixin.qq.com/s/…"
    )
    assert (await request()).state is State.AWAITING_PUBLISH


async def test_a_receipt_closes_the_matter_and_keeps_the_links(world: World) -> None:
    await pass_all(world)
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1 https://jidian.example.cn/2")
    done = await request()

    assert (done.state, done.outcome["published_url"]) == (
        State.PUBLISHED,
        "https://mp.weixin.qq.com/s/1 https://jidian.example.cn/2",
    )
    assert world.titles("李老师")[-1] == "已发布 FB-2026-0001 学院更名"
    assert "登记即确认发布内容与批准的一致。" in world.last("李老师")


async def test_a_receipt_does_not_change_what_was_approved(world: World) -> None:
    await pass_all(world)
    approved = (await request()).digest
    await world.say("李老师", "/回执 FB-2026-0001 https://mp.weixin.qq.com/s/1")

    assert (await request()).digest == approved


async def test_an_unknown_number_is_said_to_be_unknown(world: World) -> None:
    await world.say("李老师", "/撤回 FB-2026-0009")

    assert world.last("李老师").endswith("没有 FB-2026-0009 这件申请。发 /我的 看您提交的申请。")


async def test_a_command_without_number_shows_how_it_is_written(world: World) -> None:
    await world.say("李老师", "/回执")

    assert world.last("李老师").endswith("请写明编号，例如：/回执 FB-2026-0001 https://…。发 /我的 看编号。")
