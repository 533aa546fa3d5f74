"""更多 and its prompts, /为什么, and several requests passed at once."""

import pytest

from storage import db
from storage.records import State
from tests.dialogues.posts import pass_review, request, submit
from tests.world import World, buttons, words

FB = "FB-2026-0001"
OF_HOLDER = ["转办", "加签", "委派", "提问", "抄送", "评论"]


async def test_what_a_button_needs_is_the_next_line(world: World) -> None:
    await pass_review(world)
    await world.click("王书记", "更多")

    assert world.titles("王书记")[-1] == f"更多 {FB} 学院更名"
    assert buttons(world.card("王书记", "加签")) == OF_HOLDER
    assert "转办：这一件交给对方决定。\n委派：对方提意见，您决定。" in world.last("王书记")

    toast = await world.click("王书记", "加签")

    assert toast == (
        f"加签 {FB}：加给谁？例：孙老师、何老师 并 会签。不写时在您之前、会签。"
        "（10 分钟内直接回复；不办了请回“取消”。）"
    )

    await world.say("王书记", "取消")

    assert world.last("王书记").endswith(f"{FB} 没有加签。")

    await world.click("王书记", "加签")
    await world.say("王书记", "周老师 并")

    assert world.titles("周老师") == [f"待审批 {FB} 学院更名"]

    await world.click("王书记", "转办")
    await world.say("王书记", "吴副书记 我出差")

    assert world.last("王书记").endswith(f"已将 {FB} 转给 吴副书记 办理。")
    assert world.titles("周老师") == [f"待审批 {FB} 学院更名"]


async def test_in_wecom_a_button_says_what_it_needs_and_a_late_line_does_nothing(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/转办 {FB} 吴副书记")
    await world.click("吴副书记", "更多")
    await world.click("吴副书记", "委派")

    assert world.last("吴副书记") == (
        f"【委派】\n委派 {FB}：请谁提意见？可以接着写要问什么。（10 分钟内直接回复；不办了请回“取消”。）"
    )

    world.step(11 * 60)
    await world.say("吴副书记", "何老师")

    assert world.last("吴副书记").endswith(
        f"{FB} 已过 10 分钟，没有办理。请这样写：/委派 {FB} 姓名 [要问什么]"
    )
    assert world.titles("何老师") == []


async def test_whoever_was_added_may_comment_and_whoever_added_may_drop(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/加签 {FB} 周老师")
    await world.click("周老师", "更多")
    await world.click("王书记", "更多")

    assert buttons(world.card("周老师", of="更多")) == ["评论"]
    assert buttons(world.card("王书记", of="更多")) == [*OF_HOLDER[:2], "减签", *OF_HOLDER[2:]]


async def test_why_a_request_stands_where_it_does(world: World) -> None:
    await pass_review(world, 涉及="突发事件")
    await world.say("王书记", f"/加签 {FB} 周老师、何老师 或签")
    await world.say("李老师", f"/为什么 {FB}")

    assert world.last("李老师") == (
        f"【{FB} 为什么这样走】\n"
        "✓ 提交\n"
        "　李老师 · 11月23日（周一）09:00\n"
        "✓ 1. 保密审查（第八条）\n"
        "　孙老师 审查通过 · 11月23日（周一）09:00\n"
        "▶ 2. 第一责任人审批（第六条（三）1）\n"
        "　应由：机电学院党委或最近的上级单位的第一责任人\n"
        "　现在等：王书记、周老师（由 王书记 加签）、何老师（由 王书记 加签）\n"
        "　请于：11月24日（周二）09:00前（从 11月23日（周一）09:00 起，按学校工作日历）\n"
        "　卡片：王书记，飞书已送达 11月23日（周一）09:00，还没有看\n"
        "　卡片：周老师，企业微信已送达 11月23日（周一）09:00\n"
        "　卡片：何老师，飞书已送达 11月23日（周一）09:00，还没有看\n"
        "　加签（前，或签）：周老师 还没有办、何老师 还没有办\n"
        "○ 3. 全媒体中心审批（第六条（三）1）\n"
        "　为什么有这一步：涉及突发事件\n"
        "　未到\n"
        "○ 全部通过\n"
        "　预计 11月25日（周三）09:00前\n"
        "接着：全媒体中心审批。"
    )

    await world.say("唐老师", f"/为什么 {FB}")

    assert world.last("唐老师").endswith(f"{FB} 与您无关，不能查看。")


async def three(world: World) -> list[str]:
    for title in ("第一篇", "第二篇", "第三篇"):
        await submit(world, 标题=title)
    return [f"FB-2026-000{place}" for place in (1, 2, 3)]


async def test_of_several_each_is_passed_by_itself_and_no_review_unread(world: World) -> None:
    one, two, other = await three(world)
    await world.say("孙老师", f"/查询 {one} 全文")
    await world.say("孙老师", f"/同意 {one}、{two}、FB-2026-0009")

    assert world.last("孙老师").endswith(
        f"{one}：已审查通过\n{two}：保密审查须先看正文（按“查看”），没有办理\nFB-2026-0009：没有这件申请"
    )

    await world.say("王书记", f"/同意 {one}、{other}")

    assert world.last("王书记").endswith(f"{one}：已同意\n{other}：不由您办理，现在等 孙老师（保密审查）")
    assert [(await request(number)).state for number in (one, two)] == [
        State.AWAITING_PUBLISH,
        State.IN_REVIEW,
    ]


@pytest.mark.parametrize(
    ("count", "words_behind", "answer"),
    [
        (21, "", "一次最多 20 件，现在是 21 件，都没有办理。请分开发。"),
        (2, " 都好", "几件一起办时不能写意见：意见请分开写在各件上。没有办理。"),
    ],
)
async def test_nothing_is_decided_of_too_many_or_with_words(
    world: World, count: int, words_behind: str, answer: str
) -> None:
    await pass_review(world)
    numbers = "、".join(f"FB-2026-{place:04}" for place in range(1, count + 1))
    await world.say("王书记", f"/同意 {numbers}{words_behind}")

    assert world.last("王书记").endswith(answer)
    assert (await request()).state is State.IN_REVIEW


@pytest.mark.parametrize("who", ["王书记", "吴副书记"])
async def test_the_button_under_the_list_asks_once_and_passes_what_it_showed(world: World, who: str) -> None:
    await db.run("UPDATE units SET first_responsible = ? WHERE code = '2100'", world.member(who).id)
    numbers = await three(world)
    for number in numbers[:2]:
        await world.say("孙老师", f"/同意 {number}")
    await world.say(who, "/待办")
    await world.click(who, "一起同意 2 件")
    asked = words(world.card(who, "确认同意"))

    assert "一起同意 2 件？" in asked
    assert f"{numbers[0]} 第一篇（李老师）\n{numbers[1]} 第二篇（李老师）" in asked

    await world.click(who, "先不办")

    assert (await request(numbers[0])).state is State.IN_REVIEW

    await world.say(who, "/待办")
    await world.click(who, "一起同意 2 件")
    await world.click(who, "确认同意")

    assert any(f"{numbers[0]}：已同意\n{numbers[1]}：已同意" in words(shown) for shown in world.screen(who))
    assert [(await request(number)).state for number in numbers] == [
        State.AWAITING_PUBLISH,
        State.AWAITING_PUBLISH,
        State.IN_REVIEW,
    ]
