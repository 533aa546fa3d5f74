"""加签, 减签, 委派 and 意见: others are asked at the step that waits, and its holder stays who decides."""

import pytest

from storage.records import State
from tests.dialogues.posts import pass_review, request
from tests.world import World, buttons, words

FB = "FB-2026-0001"


async def test_whoever_is_added_before_is_waited_for_and_their_refusal_is_advice(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师、何老师 前 会签 拿不准")

    assert world.last("王书记").endswith(f"{FB} 已请 周老师、何老师 先于您办理（会签）。都答复后再由您决定。")
    assert "王书记 请您加签。" in world.last("周老师")
    assert "王书记 请您加签。" in world.last("何老师")
    assert "周老师、何老师（加签）答复后，您才能同意。" in words(world.card("王书记", "同意"))

    await world.say("王书记", f"/同意 {FB}")
    await world.say("李老师", f"/查询 {FB}")

    assert world.last("王书记").endswith(
        f"您请加签的人还没有答复，暂不能同意；不再需要他们时发 /减签 {FB} 姓名。"
    )
    assert "现在等 王书记（第一责任人）；加签：周老师、何老师。" in world.last("李老师")
    assert "王书记 加签 周老师、何老师（前，会签） · 11月23日（周一）09:00 · 拿不准" in world.last("李老师")

    await world.click("周老师", "同意")
    await world.say("何老师", f"/退回 {FB} 请核实日期")
    asked = world.last("王书记")

    assert world.titles("王书记")[-1] == f"待审批 {FB} 学院更名"
    assert "加签的人已答复。李老师（机电学院党委）申请在“机电之声”发布，请您审批。" in asked
    assert "何老师（加签）退回：请核实日期" in asked
    assert "孙老师 审查通过；周老师（加签） 同意；何老师（加签） 退回" in asked

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert "何老师（加签）退回：请核实日期" in world.last("李老师")


async def test_of_several_before_the_first_answers_for_all_where_one_is_enough(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师、何老师 或签")

    assert world.last("王书记").endswith("先于您办理（或签）。有一人答复，就由您决定。")
    assert "周老师、何老师（加签）中有一人答复后，您才能同意。" in words(world.card("王书记", "同意"))

    await world.click("周老师", "同意")
    await world.say("王书记", f"/减签 {FB} 何老师")

    assert world.last("王书记").endswith("何老师 不是您加的，或已经办过，不能减签。")

    await world.say("何老师", f"/同意 {FB}")

    assert world.last("何老师").endswith(f"{FB} 不由您办理，现在等 王书记（第一责任人）。")
    assert buttons(world.card("何老师", of="已不需办理")) == []

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_those_beside_agree_by_votes_and_the_holder_too(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师、何老师、沈老师 并 票签 2/3")

    assert world.last("王书记").endswith(
        f"{FB} 已请 周老师、何老师、沈老师 与您一起办理（票签 2/3）。您同意、对方也通过，这一步才通过。"
    )

    await world.click("王书记", "同意")
    await world.click("周老师", "同意")

    assert (await request()).state is State.IN_REVIEW
    assert "您已同意。现在等 加签的 何老师、沈老师。" in words(world.card("周老师", of="已办"))

    await world.click("何老师", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_those_after_are_asked_in_turn_and_a_refusal_there_is_final(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师、何老师 后 依次")
    await world.say("何老师", f"/同意 {FB}")

    assert world.titles("周老师") == []
    assert world.last("何老师").endswith(f"{FB} 不由您办理，现在等 王书记（第一责任人）。")

    await world.click("王书记", "同意")
    await world.say("何老师", f"/同意 {FB}")

    assert world.last("何老师").endswith(f"{FB} 不由您办理，现在等 加签的 周老师。")

    await world.click("周老师", "同意")

    assert "周老师（王书记 加签） 同意" in world.last("何老师")

    await world.say("何老师", f"/不同意 {FB} 事实不准")

    assert (await request()).state is State.REJECTED
    assert "何老师 不同意：事实不准" in world.last("李老师")


async def test_a_refusal_beside_brings_the_matter_back_to_the_holder(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师 并")
    await world.click("王书记", "同意")
    await world.say("周老师", f"/退回 {FB} 标题不通")

    assert "周老师（加签）退回：标题不通" in world.last("王书记")

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_an_own_addition_that_has_not_acted_is_dropped(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师")
    await world.say("周老师", f"/减签 {FB} 周老师")

    assert world.last("周老师").endswith("周老师 不是您加的，或已经办过，不能减签。")

    await world.say("王书记", f"/减签 {FB} 周老师")

    assert world.last("王书记").endswith(f"{FB} 不再请 周老师 办理。")
    assert world.titles("周老师")[0] == f"已不需办理 {FB} 学院更名"

    await world.say("周老师", f"/同意 {FB}")

    assert world.last("周老师").endswith(f"{FB} 不由您办理，现在等 王书记（第一责任人）。")

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH


async def test_nobody_is_added_who_may_not_be(world: World) -> None:
    await pass_review(world)
    for typed, answer in (
        ("李老师", "申请人本人不能参加审批，可以用 /提问 问申请人。"),
        ("王书记", "您本人就在办理，不用加签自己。"),
        ("陈同学", "没有找到在职的教职工“陈同学”。请写姓名或工号。"),
        ("周老师、何老师 票签", "票签请写明几票通过，一共 2 人，例：票签 2/2。"),
        (
            "",
            f"请这样写：/加签 {FB} 姓名、姓名 [前、并、后] [会签、或签、依次、票签 2/3] [理由]",
        ),
    ):
        await world.say("王书记", f"/加签 {FB} {typed}")

        assert world.last("王书记").endswith(answer)

    await world.say("何老师", f"/加签 {FB} 周老师")

    assert world.last("何老师").endswith(f"{FB} 不由您办理，现在等 王书记（第一责任人）。")


@pytest.mark.parametrize("whom", ["周老师", "何老师"])
async def test_an_opinion_comes_back_to_the_holder_who_decides(world: World, whom: str) -> None:
    await pass_review(world)
    await world.say("王书记", f"/委派 {FB} {whom} 名称对吗？")

    assert world.last("王书记").endswith(f"已请 {whom} 对 {FB} 提意见；仍由您决定，不必等。")
    assert (
        "王书记 请您提意见：李老师（机电学院党委）申请在“机电之声”发布。想问：名称对吗？"
        "您的意见供其参考，仍由其决定。"
    ) in world.last(whom)

    await world.say(whom, f"/同意 {FB}")

    assert world.last(whom).endswith(f"{FB} 不由您办理，现在等 王书记（第一责任人）。")

    await world.click(whom, "意见")
    await world.say(whom, "名称无误")

    assert world.last(whom).endswith(f"您的意见已记在 {FB} 上，并告诉了 王书记。")
    assert world.last("王书记").endswith(f"{whom} 对 {FB}《学院更名》的意见：名称无误")
    assert f"{whom} 意见：名称无误" in words(world.card("王书记", "同意"))

    await world.say(whom, f"/意见 {FB} 再想想")

    assert "您的意见已经记在" in world.last(whom)

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert f"已不需办理 {FB} 学院更名" not in world.titles(whom)


async def test_an_opinion_that_comes_too_late_or_unasked_is_refused(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/委派 {FB} 唐老师")
    await world.say("何老师", f"/意见 {FB} 我插一句")

    assert world.last("何老师").endswith(f"没有人请您对 {FB} 提意见。要留言请用 /评论。")

    await world.click("王书记", "同意")
    await world.say("唐老师", f"/意见 {FB} 晚了")

    assert world.titles("唐老师")[0] == f"已不需办理 {FB} 学院更名"
    assert world.last("唐老师").endswith(f"{FB} 的这一步已经办过，不再需要您的意见。")


async def test_whose_place_ended_is_told_where_their_card_cannot_be_repainted(world: World) -> None:
    """WeCom gives a card one repaint: 何老师's answer has used it up."""
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 何老师、周老师")
    await world.say("何老师", f"/同意 {FB}")
    await world.say("王书记", f"/减签 {FB} 周老师")

    gone = "现在等 王书记（第一责任人）。这张卡片不再需要您办理。"
    assert world.last("周老师") == f"【已不需办理 {FB} 学院更名】\n{gone}"
    before = len(world.titles("周老师"))
    await world.say("王书记", f"/委派 {FB} 吴副书记 妥当吗")
    assert len(world.titles("周老师")) == before

    await world.say("吴副书记", f"/意见 {FB} 妥当")
    assert words(world.card("吴副书记", of="已提意见")).split("\n")[:2] == [
        f"已提意见 {FB} 学院更名",
        f"您的意见已记在 {FB} 上，并告诉了 王书记。",
    ]
