"""Article 8: a yes to a secrecy question ends it, and its words leave the screens."""

from tests.world import World, title

POST = "/发布\n媒体：机电之声\n标题：一份可能涉密的稿件\n正文：不该留下的话。"


async def test_what_showed_the_text_is_taken_back_and_only_the_pressed_card_says_why(world: World) -> None:
    await world.say("李老师", POST)
    await world.click("李老师", "查看")
    await world.click("李老师", "有涉密情形")

    assert world.titles("李老师") == ["已停止：内容可能涉密"]
    recalled = [title(shown) for shown in world.screen("李老师") if shown.recalled]
    assert recalled == ["稿件全文：一份可能涉密的稿件"]
