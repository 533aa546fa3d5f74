"""抄送: who was given a copy, and when they saw it, here or as the platform reports it."""

import pytest

from tests.dialogues.posts import pass_review, request
from tests.world import World, words

FB = "FB-2026-0001"
WU, QIAN = "吴副书记", "钱主任"
"""One in WeCom and one in Feishu; neither has a place in the chain."""


async def copied(world: World) -> None:
    await pass_review(world)
    await world.say("李老师", f"/抄送 {FB} {WU}、{QIAN}")


async def marks(world: World) -> str:
    """What /查询 says of who has read."""
    await world.say("李老师", f"/查询 {FB}")
    told = "\n".join(words(shown) for shown in world.screen("李老师"))
    return told.rpartition("抄送：")[2].partition("\n")[0]


@pytest.mark.parametrize("who", [WU, QIAN])
@pytest.mark.parametrize("how", ["查看", f"/查询 {FB}", f"/查询 {FB} 全文"])
async def test_opening_the_text_here_marks_it_read_once(world: World, who: str, how: str) -> None:
    await copied(world)
    other = QIAN if who == WU else WU
    world.step(3720)
    await (world.click(who, how) if how == "查看" else world.say(who, how))
    world.step(3600)
    await world.say(who, f"/查询 {FB}")
    shown = await marks(world)

    assert f"{who}（11月23日（周一）10:02 已看）" in shown
    assert f"{other}（还没有看）" in shown


async def test_what_feishu_reports_as_read_is_marked_for_its_own_reader_alone(world: World) -> None:
    await copied(world)
    card = world.card(QIAN, of="抄送")
    await world.feishu.read("ou_sun", world.screen("孙老师")[-1].id)
    world.step(3720)
    await world.feishu.read("ou_qian", card.id)
    await world.feishu.read("ou_qian", card.id)

    assert (await request()).outcome["cc"]["2102"] == ""
    assert f"{QIAN}（11月23日（周一）10:02 已看）" in await marks(world)


async def test_whoever_must_decide_has_read_what_they_opened_here(world: World) -> None:
    await pass_review(world, 涉及="突发事件")
    await world.click("王书记", "同意")
    world.step(3720)
    await world.click("赵老师", "查看")
    await world.say("李老师", f"/查询 {FB}")

    assert "赵老师，企业微信已送达 11月23日（周一）09:00，11月23日（周一）10:02 已看" in world.last("李老师")
    assert "钱主任，飞书已送达 11月23日（周一）09:00，还没有看" in world.last("李老师")


async def rounds(world: World, times: int = 1) -> list[str]:
    """The read marks are asked for so many times; the messages asked about."""
    before = len(world.feishu.asked_about)
    for _ in range(times):
        world.step(3 * 3600 + 1)
        await world.machine.reads.look()
    return world.feishu.asked_about[before:]


async def test_a_read_mark_that_no_event_brought_is_asked_for(world: World) -> None:
    await copied(world)
    await world.machine.reads.look()
    world.step(3720)
    for name, account in ((QIAN, "ou_qian"), ("王书记", "ou_wang")):
        world.feishu.sees(account, world.screen(name)[-1].id)
    asked = [world.screen(name)[-1].id for name in ("王书记", QIAN)]

    assert await rounds(world) == asked
    assert f"{QIAN}（11月23日（周一）10:02 已看）" in await marks(world)
    await world.say("李老师", f"/为什么 {FB}")
    assert "王书记，飞书已送达 11月23日（周一）09:00，11月23日（周一）10:02 已看" in world.last("李老师")
    assert await rounds(world) == []


async def test_a_letter_is_asked_about_once_a_round_for_a_week_and_no_longer_than_its_step(
    world: World,
) -> None:
    await copied(world)
    await world.machine.reads.look()
    card = world.card(QIAN, of="抄送").id

    assert len(await rounds(world, 2)) == 4
    await world.click("王书记", "同意")
    await world.machine.reads.look()
    assert await rounds(world) == [card]
    world.step(7 * 86_400)
    assert await rounds(world, 2) == []


@pytest.mark.parametrize(("code", "asked"), [(99991400, 0), (2200, 0), (230011, 1), (99991672, 0)])
async def test_a_refusal_to_say_who_read_is_passed_over(world: World, code: int, asked: int) -> None:
    await copied(world)
    await world.machine.reads.look()
    world.feishu.sees("ou_qian", world.card(QIAN, of="抄送").id)
    world.feishu.faults.next_codes.append(code)

    assert len(await rounds(world)) == asked
    await rounds(world, 2)
    assert f"{QIAN}（11月23日（周一）09:00 已看）" in await marks(world)
