"""Groups in Feishu: whatever is asked there is answered in private, with one short line in the group."""

from tests.dialogues.posts import post, submit
from tests.world import World, words

GROUP = "oc_mechanics"


def in_group(world: World, who: str) -> list[str]:
    """What the bot said in the group, as somebody in it sees it."""
    return [words(s) for s in world.screen(who) if s.chat == GROUP and not s.mine and "已在" in words(s)]


def private(world: World, who: str) -> list[str]:
    return [words(s).split("\n")[0] for s in world.screen(who) if s.chat != GROUP and not s.mine]


async def test_a_command_in_a_group_is_answered_in_private_with_one_line_in_the_group(world: World) -> None:
    await world.say("何老师", "/待办", chat=GROUP)

    assert private(world, "何老师") == ["待办"]
    assert in_group(world, "何老师") == ["已在与您的单独对话中回复。"]


async def test_no_text_of_a_request_ever_stands_in_a_group(world: World) -> None:
    await submit(world)
    await world.say("孙老师", "大家好", chat=GROUP)
    await world.say("何老师", "大家好", chat=GROUP)
    await world.say("孙老师", "/查询 FB-2026-0001", chat=GROUP)
    await world.say("孙老师", "/查询 FB-2026-0001 全文", chat=GROUP)
    await world.say("孙老师", "/同意 FB-2026-0001", chat=GROUP)

    seen = "\n".join(words(shown) for shown in world.screen("何老师"))
    assert ("学院更名" in seen, "经学校批准" in seen) == (False, False)
    assert "经学校批准" in "\n".join(words(s) for s in world.screen("孙老师") if s.chat != GROUP)


async def test_a_post_written_in_a_group_goes_on_in_private(world: World) -> None:
    await world.say("何老师", post(), chat=GROUP)

    assert private(world, "何老师") == ["请确认：学院更名"]


async def test_a_mention_without_a_word_is_not_answered(world: World) -> None:
    await world.say("何老师", " ", chat=GROUP)

    assert (private(world, "何老师"), in_group(world, "何老师")) == ([], [])


async def test_a_plain_line_in_a_group_answers_no_question_of_a_private_dialogue(world: World) -> None:
    await world.say("何老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.say("何老师", "正文：在群里随口说的", chat=GROUP)

    assert private(world, "何老师")[-1] == "没看懂"
    await world.say("何老师", "/我的")
    assert "在群里随口说的" not in "\n".join(private(world, "何老师"))


async def test_a_mistyped_command_in_a_group_is_corrected_in_private(world: World) -> None:
    await world.say("何老师", "/待辦", chat=GROUP)

    assert private(world, "何老师") == ["没有这个命令"]
    assert in_group(world, "何老师") == ["已在与您的单独对话中回复。"]
