"""A reason that was asked for: given, thought better of, or too late; and a decision told in words."""

import pytest

from storage.records import State
from tests.dialogues.posts import request, submit
from tests.world import World

CANCELLED = "已取消，没有不同意 FB-2026-0001，这件仍等您办理。"


async def asked(world: World) -> None:
    """孙老师 refuses without saying why."""
    await submit(world)
    await world.say("孙老师", "/不同意 FB-2026-0001")


async def test_the_question_for_a_reason_says_how_to_leave_it(world: World) -> None:
    await asked(world)

    assert world.last("孙老师").endswith(
        "不宜公开须写明理由。请直接回复理由（10 分钟内有效；不办了请发“取消”），"
        "或发：/不同意 FB-2026-0001 理由"
    )


@pytest.mark.parametrize("word", ["放弃", "取消。", "算了"])
async def test_a_change_of_mind_decides_nothing_and_says_so(world: World, word: str) -> None:
    await asked(world)
    await world.say("孙老师", word)

    assert world.last("孙老师").endswith(CANCELLED)
    assert (await request()).state is State.IN_REVIEW

    await world.say("孙老师", "含内部数据")

    assert world.titles("孙老师")[-1] == "没看懂"
    assert (await request()).state is State.IN_REVIEW


async def test_the_command_leaves_the_question_too(world: World) -> None:
    await asked(world)
    await world.say("孙老师", "/取消")

    assert world.last("孙老师").endswith(CANCELLED)


async def test_a_line_taken_as_the_reason_is_answered_in_words_in_feishu(world: World) -> None:
    await asked(world)
    await world.say("孙老师", "含内部数据")

    assert world.last("孙老师").endswith("已将 FB-2026-0001 定为“不宜公开”，理由：含内部数据。")


async def test_a_line_taken_as_the_reason_is_answered_in_words_in_wecom(world: World) -> None:
    await submit(world, 涉及="突发事件")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.click("赵老师", "不同意")
    await world.say("赵老师", "口径须统一")

    assert world.last("赵老师") == "【全媒】\n已不同意 FB-2026-0001，理由：口径须统一。"
    assert (await request()).state is State.REJECTED


async def test_a_line_after_the_ten_minutes_is_no_reason_and_says_what_to_send(world: World) -> None:
    await asked(world)
    world.step(11 * 60)
    await world.say("孙老师", "含内部数据")

    assert world.last("孙老师").endswith(
        "回复理由的 10 分钟已过，还没有不同意。如仍要不同意，请发：/不同意 FB-2026-0001 含内部数据"
    )
    assert (await request()).state is State.IN_REVIEW


async def test_hours_later_a_line_is_just_a_line(world: World) -> None:
    await asked(world)
    world.step(72 * 60)
    await world.say("孙老师", "含内部数据")

    assert world.titles("孙老师")[-1] == "没看懂"


async def test_after_the_ten_minutes_a_draft_begun_since_has_the_line(world: World) -> None:
    await asked(world)
    await world.say("孙老师", "/发布\n媒体：机电之声")
    world.step(11 * 60)
    await world.say("孙老师", "标题：校庆")

    assert world.titles("孙老师")[-1] == "信息发布审批：请填写"
