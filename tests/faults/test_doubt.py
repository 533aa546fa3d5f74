"""Two letters under one key with other content: whatever came first, no card is left saying the old."""

import pytest

from tests.faults.acts import handed_in, pass_time
from tests.world import World, buttons, words


async def test_a_card_whose_first_try_was_not_answered_is_repainted_in_feishu(any_world: World) -> None:
    world = any_world
    world.feishu.faults.lost = True
    await handed_in(world)
    assert "审查通过" in buttons(world.card("孙老师", of="学院更名"))
    await world.say("李老师", "/撤回 FB-2026-0001")
    world.feishu.faults.lost = False
    await pass_time(world, 60)

    assert [buttons(shown) for shown in world.screen("孙老师")] == [[]]
    assert "撤回" in words(world.screen("孙老师")[0])


@pytest.mark.parametrize("passed", [True, False])
async def test_what_became_of_it_follows_in_wecom_where_the_answer_held_the_right_to_repaint(
    any_world: World, *, passed: bool
) -> None:
    world = any_world
    await handed_in(world)
    await world.click("孙老师", "审查通过")
    world.wecom.faults.lost = True
    await world.click("王书记", "同意并报中心")
    assert "同意" in buttons(world.card("赵老师", of="学院更名"))
    if passed:
        await world.click("钱主任", "同意")
    world.wecom.faults.lost = False
    await pass_time(world, 60)

    told = [shown for shown in world.screen("赵老师") if "FB-2026-0001" in words(shown)]
    assert ("同意" in buttons(told[0]), len(told)) == (True, 2 if passed else 1)
    if passed:
        assert "钱主任" in words(told[1])
        assert buttons(told[1]) == []
