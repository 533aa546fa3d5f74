"""Article 8: what may be secret stops at once and is not kept."""

import pytest

from storage import db, trail
from tests.dialogues.posts import post
from tests.world import World, title

SECRET = "某型号的试验数据"


async def everything_kept() -> str:
    """All text of every table, as one."""
    tables = (
        "drafts", "uploads", "letters", "requests", "versions", "decisions", "trail", "duties", "prompts",
        "claims",
    )  # fmt: skip
    return "\n".join([str(dict(row)) for table in tables for row in await db.rows(f"SELECT * FROM {table}")])


async def test_a_yes_on_the_preview_erases_draft_text_and_files(world: World) -> None:
    await world.say("何老师", post(正文=SECRET, 标题=f"关于{SECRET}"))
    await world.feishu.upload("ou_he", "试验数据.xlsx", b"secret bytes")
    await world.settle()
    await world.click("何老师", "有涉密情形")

    kept = await everything_kept()

    assert (SECRET in kept, "试验数据" in kept) == (False, False)
    assert await db.rows("SELECT * FROM blobs") == []
    assert await db.rows("SELECT * FROM uploads") == []
    assert await db.rows("SELECT * FROM requests") == []


@pytest.mark.parametrize("word", ["是", "有", "涉密", "第2项是"])
async def test_a_yes_in_the_command_itself_keeps_nothing_of_it(world: World, word: str) -> None:
    await world.say("李老师", post(正文=SECRET, 保密=word))

    assert world.titles("李老师") == ["已停止：内容可能涉密"]
    assert SECRET not in await everything_kept()
    assert await db.rows("SELECT * FROM drafts") == []


@pytest.mark.parametrize("title", ["涉密", "是否涉密", "保密审查"])
async def test_the_question_by_another_name_stops_as_well(world: World, title: str) -> None:
    await world.say("李老师", post(正文=SECRET, **{title: "是"}))

    assert world.titles("李老师") == ["已停止：内容可能涉密"]
    assert SECRET not in await everything_kept()


@pytest.mark.parametrize("word", ["涉密", "国家秘密", "突发事件、国家秘密。"])
async def test_a_secret_named_under_what_it_involves_stops_as_well(world: World, word: str) -> None:
    await world.say("李老师", post(正文=SECRET, 涉及=word))

    assert world.titles("李老师") == ["已停止：内容可能涉密"]
    assert SECRET not in await everything_kept()


async def test_a_secret_named_in_answer_to_the_question_stops_as_well(world: World) -> None:
    await world.say("李老师", post(正文=SECRET))
    await world.say("李老师", "涉及：涉密")

    assert world.titles("李老师") == ["已停止：内容可能涉密"]
    assert SECRET not in await everything_kept()


@pytest.mark.parametrize("word", ["否", "均为否", "不涉密", "无", "不涉及。"])
async def test_a_no_in_the_command_goes_on(world: World, word: str) -> None:
    await world.say("李老师", post(保密=word, 是否涉密=word))

    assert world.titles("李老师") == ["请确认：学院更名"]


async def test_a_yes_in_a_later_line_stops_the_draft(world: World) -> None:
    await world.say("李老师", post(正文=SECRET))
    await world.say("李老师", "保密：是")

    assert world.titles("李老师") == ["已停止：内容可能涉密"]
    assert SECRET not in await everything_kept()


async def test_a_mistake_that_quoted_what_was_typed_is_not_kept_either(world: World) -> None:
    await world.say("李老师", post(涉及=SECRET))
    await world.say("李老师", "保密：是")

    assert SECRET not in await everything_kept()


async def test_it_says_where_to_go_and_never_asks_for_the_content(world: World) -> None:
    await world.say("李老师", post(正文=SECRET, 保密="是"))

    assert (
        world.last("李老师")
        == """【已停止：内容可能涉密】
草稿、正文和附件都已从本系统删除，没有进入审批。
涉密内容不上网：请不要在任何聊天工具里发送或讨论。请当面或书面联系本单位保密员、学校保密办，按线下保密审查程序办理。
依据第八条：谁发布、谁审查，先审查、后公开。"""
    )


async def test_that_somebody_stopped_is_on_the_trail_and_what_is_not(world: World) -> None:
    await world.say("李老师", post(正文=SECRET, 保密="是"))
    entries = [entry async for entry in trail.every()]

    assert [(entry.actor, entry.article) for entry in entries] == [("2104", "第八条")]
    assert SECRET not in str(entries)


async def test_the_cards_that_showed_it_are_taken_back(world: World) -> None:
    await world.say("何老师", post(正文=SECRET))
    await world.say("何老师", "摘要：一")
    await world.click("何老师", "查看")
    await world.click("何老师", "有涉密情形")

    left = [title(shown) for shown in world.screen("何老师") if not shown.mine and not shown.recalled]
    assert left == ["已停止：内容可能涉密"]


async def test_a_stopped_draft_cannot_be_confirmed_with_an_old_button(world: World) -> None:
    await world.say("何老师", post(正文=SECRET))
    first = world.card("何老师", "确认提交")
    await world.say("何老师", "保密：是")
    with pytest.raises(LookupError):
        await world.feishu.click("ou_he", first.id, "确认提交")

    assert await db.rows("SELECT * FROM requests") == []


async def test_an_unfinished_draft_beside_the_stopped_one_stays(world: World) -> None:
    await world.say("李老师", "/发布\n媒体：机电之声\n标题：校庆")
    await world.say("李老师", post(正文=SECRET, 保密="是"))
    await world.say("李老师", "校庆定于六月举行。")

    assert world.titles("李老师")[-1] == "请确认：校庆"
