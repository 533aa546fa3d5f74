"""Cards tell the truth: old ones, forwarded ones, copies on the other platform, double clicks."""

from handlers.letters import notify
from storage import db, requests, trail
from storage.records import State
from tests.dialogues.posts import pass_all, pass_review, request, submit
from tests.world import World, buttons, title

DECIDED = "已于11月23日（周一）09:00"


async def test_a_card_clicked_after_somebody_else_decided_says_who_and_when(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    late = world.card("钱主任", "同意")
    await unseen(world, "赵老师", "同意")
    await world.feishu.click("ou_qian", late.id, "同意")
    await world.settle()

    assert late.toast == f"赵老师{DECIDED}同意，不需要再办。"
    assert (title(late), buttons(late)) == ("已办 FB-2026-0001 学院更名", [])


async def unseen(world: World, who: str, button: str) -> None:
    """Somebody presses a button and nobody's screen is brought up to date yet."""
    sim, account = world.where(who)
    await sim.click(account, world.card(who, button).id, button, {})


async def test_a_card_clicked_after_a_withdrawal_says_so(world: World) -> None:
    await submit(world)
    late = world.card("孙老师", "审查通过")
    await unseen(world, "李老师", "撤回")
    await world.feishu.click("ou_sun", late.id, "审查通过")

    assert late.toast == "FB-2026-0001 已撤回，不需要再办。"
    assert (await request()).state is State.WITHDRAWN


async def test_a_card_of_an_old_version_does_not_decide_the_new_one(world: World) -> None:
    await submit(world)
    late = world.card("孙老师", "审查通过")
    native = late.native
    await world.click("孙老师", "退回", reason="请补主语")
    await world.click("李老师", "修改")
    await world.click("李老师", "确认提交")
    late.native = native
    await world.feishu.click("ou_sun", late.id, "审查通过")

    assert late.toast == f"您{DECIDED}退回；FB-2026-0001 现在又等您办理，请看新的卡片。"
    assert ((await request()).version, (await request()).step) == (2, "review")


async def test_a_double_click_decides_once(world: World) -> None:
    await pass_review(world)
    card = world.card("王书记", "同意并报中心")
    native = card.native
    await world.feishu.click("ou_wang", card.id, "同意并报中心")
    card.native = native
    await world.feishu.click("ou_wang", card.id, "同意并报中心")
    await world.settle()

    assert card.toast == f"您{DECIDED}同意并报中心，不需要再办。"
    assert len(await requests.decisions((await request()).id)) == 2


async def test_a_double_click_in_wecom_is_answered_in_words(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    card = world.card("赵老师", "同意")
    await world.wecom.click("zhao", card.id, "同意")
    await world.wecom.click("zhao", card.id, "同意")
    await world.settle()

    assert world.last("赵老师") == f"【没有办成】\n您{DECIDED}同意，不需要再办。"
    assert len(await requests.decisions((await request()).id)) == 3


async def test_a_forwarded_card_pressed_by_a_stranger_decides_nothing_and_changes_nothing(
    world: World,
) -> None:
    await submit(world)
    card = world.card("孙老师", "审查通过")
    before = await request()
    await world.feishu.forward_click("ou_he", "ou_sun", card.id, "审查通过")
    await world.settle()

    assert await request() == before
    assert world.screen("何老师")[-1].toast == "FB-2026-0001 不由您办理，现在等 孙老师（保密审查）。"
    assert (card.version, buttons(card)) == (1, ["审查通过", "退回", "不宜公开", "查看", "更多"])
    assert len(await trail.of("FB-2026-0001")) == 1


async def test_a_card_forwarded_to_its_applicant_is_refused_with_the_article(world: World) -> None:
    await submit(world, "何老师")
    card = world.card("孙老师", "审查通过")
    await world.feishu.forward_click("ou_he", "ou_sun", card.id, "审查通过")

    assert world.screen("何老师")[-1].toast == "这是您自己提交的申请，不能由本人审批（第六条（三）1）。"


async def test_looking_from_a_forwarded_card_shows_a_stranger_nothing(world: World) -> None:
    await submit(world, "唐老师", 媒体="计算人")
    card = world.card("林书记", "同意", on="feishu")
    await world.feishu.forward_click("ou_he", "ou_lin", card.id, "查看")
    await world.settle()

    assert world.last("何老师") == ("没有办成\n没有办成\n正文只给申请人和办理这件申请的人看。")
    assert "经学校批准" not in "".join(world.titles("何老师"))


async def test_a_forwarded_draft_cannot_be_confirmed_by_somebody_else(world: World) -> None:
    await world.say("何老师", "/发布\n媒体：机电之声\n标题：校庆\n正文：校庆定于六月举行。")
    card = world.card("何老师", "确认提交")
    await world.feishu.forward_click("ou_wang", "ou_he", card.id, "确认提交")

    assert world.screen("王书记")[-1].toast == "没有这份草稿。"
    assert await requests.get("FB-2026-0001") is None


async def test_somebody_on_both_platforms_decides_on_one_and_the_other_follows(world: World) -> None:
    await submit(world, "唐老师", 媒体="计算人")

    assert world.titles("林书记", on="wecom") == ["待审批 FB-2026-0001 学院更名"]
    assert world.titles("林书记", on="feishu") == ["待审批 FB-2026-0001 学院更名"]

    await world.click("林书记", "同意", on="feishu")

    assert world.titles("林书记", on="wecom") == ["已办 FB-2026-0001 学院更名"]
    assert world.titles("林书记", on="feishu") == ["已办 FB-2026-0001 学院更名"]
    assert buttons(world.card("林书记", on="wecom")) == []


async def test_notices_go_to_the_platform_used_last(world: World) -> None:
    await submit(world, "林书记", 媒体="计算人")
    await world.say("林书记", "/待办", on="feishu")
    await world.click("钱主任", "退回", reason="请补主语")

    assert world.titles("林书记", on="feishu")[-1] == "已退回 FB-2026-0001 学院更名"


async def test_a_card_of_wecom_whose_one_repaint_was_used_is_followed_by_words(world: World) -> None:
    await pass_all(world, 涉及="突发事件")
    late = world.card("赵老师", "同意")
    for code in world.wecom.codes.values():
        code.used = True
    await world.click("钱主任", "同意")

    assert buttons(late) == ["同意", "退回", "不同意", "查看", "更多"]
    assert "钱主任已同意。审批全部通过。" in world.last("赵老师")


async def test_a_card_that_feishu_no_longer_lets_be_pressed_can_be_decided_by_command(world: World) -> None:
    await pass_review(world)
    world.step(15 * 24 * 3600)
    await world.say("王书记", "/同意 FB-2026-0001")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_an_applicant_whose_card_cannot_be_repainted_reads_the_new_state_afresh_once(
    world: World,
) -> None:
    """王书记 withdraws it while 李老师 is taken for gone; the import is put right before the card is."""
    await submit(world)
    world.step(73 * 3600)
    await db.run("UPDATE people SET left_on = '2026-11-23' WHERE id = '2104'")
    await world.feishu.say("ou_wang", "/撤回 FB-2026-0001", "")
    await db.run("UPDATE people SET left_on = '' WHERE id = '2104'")
    await world.settle()

    assert world.titles("李老师") == ["审批中 FB-2026-0001 学院更名", "已撤回 FB-2026-0001 学院更名"]

    async with db.transaction():
        await notify.repaint(await request(), world.now)
    await world.settle()

    assert len(world.titles("李老师")) == 2


async def test_an_applicant_told_in_words_is_not_told_again_for_a_card_that_stays(world: World) -> None:
    await pass_all(world)
    before = len(world.titles("李老师"))
    world.step(73 * 3600)
    await world.say("钱主任", "/作废 FB-2026-0001 数据有误")

    assert world.titles("李老师")[before:] == ["已作废"]
