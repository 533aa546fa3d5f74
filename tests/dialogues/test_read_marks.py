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
