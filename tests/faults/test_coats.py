"""Cards whose last coat comes late, or comes to nothing: what stands on them is true, and said once."""

from tests.faults.acts import pass_time
from tests.world import World, buttons, title

NUMBER = "FB-2026-0001"
POST = "/发布\n媒体：机电之声\n标题：学院更名\n正文：经学校批准，特此公告。"


async def handed_in(world: World, more: str = "") -> None:
    await world.say("李老师", POST + more)
    await world.click("李老师", "确认提交")


def deciding(world: World, who: str) -> list[str]:
    """Titles of the cards on which somebody may still decide."""
    found = [shown for shown in world.screen(who) if {"审查通过", "同意"} & {*buttons(shown)}]
    return [title(shown) for shown in found if not shown.recalled]


async def test_a_last_coat_that_comes_once_the_step_waits_again_is_not_the_last(world: World) -> None:
    await handed_in(world)
    await world.say("李老师", f"/催办 {NUMBER}")
    world.feishu.faults.down = True
    await world.click("孙老师", "审查通过")
    await world.say("孙老师", f"/拿回 {NUMBER}")
    world.feishu.faults.down = False
    await pass_time(world, 60)
    await world.click("孙老师", "审查通过")
    await pass_time(world, 60)

    assert deciding(world, "孙老师") == []


async def test_whoever_has_several_cards_of_a_step_is_told_once_that_it_is_over(world: World) -> None:
    await handed_in(world, "\n涉及：重大事项决策")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.say("李老师", f"/催办 {NUMBER}")
    await world.tick("forget", days=4)  # WeCom lets nobody repaint what is older than 72 hours
    before = len(world.titles("赵老师"))
    await world.click("钱主任", "同意")

    assert len(world.titles("赵老师")) == before + 1
