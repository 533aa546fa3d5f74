"""特急: in Feishu the reader of the card is called upon besides; where that is refused, the card is there."""

from tests.dialogues.posts import submit
from tests.world import World


async def ask(world: World, urgency: str) -> None:
    await submit(world, 紧急=urgency, 紧急理由="今晚停电通知")


async def test_whoever_must_decide_on_what_is_most_urgent_is_called_upon(world: World) -> None:
    await ask(world, "特急")

    assert world.feishu.urged == {"ou_sun": [world.card("孙老师", "审查通过").id]}


async def test_what_is_urgent_or_normal_calls_upon_nobody(world: World) -> None:
    await ask(world, "紧急")

    assert world.feishu.urged == {}


async def test_past_two_hundred_unread_the_card_comes_all_the_same_and_once(world: World) -> None:
    world.feishu.urged["ou_sun"] = ["om_1"] * 200
    await ask(world, "特急")

    assert [len(world.titles("孙老师")), len(world.feishu.urged["ou_sun"])] == [1, 200]
