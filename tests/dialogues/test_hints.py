"""Hints before submission: shown, never in the way; what was sent as it is stands on the reviewer's card."""

import pytest

from storage import db, house_words
from storage.house_words import HouseWord
from tests.dialogues.posts import post, request, submit
from tests.dialogues.test_topic import TOPIC
from tests.world import World, buttons, words

FB = "FB-2026-0001"
ODD = {
    "标题": "学院更名的的公告",
    "正文": "大家好，\n\n12月3日（星期五）在哈尔宾工业大学（主楼开会,欢迎参加。",
}


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_places_and_suggestions_stand_in_the_preview_and_nothing_is_refused(
    world: World, who: str
) -> None:
    await world.say(who, post(**ODD))
    seen = "\n".join(words(shown) for shown in world.screen(who))

    for line in (
        "提示 5 处，供参考，改不改由您定：",
        "· 标题“学院更名的的公告”：“的”写重了？",
        "· 正文第2段“12月3日（星期五）”：12月3日是星期四",
        "· 正文第2段“哈尔宾工业大学”：是不是“哈尔滨工业大学”？",
        "“（”不成对",
        "中文里用全角“，”",
    ):
        assert line in seen
    assert "确认提交" in buttons(world.card(who))

    await world.say(who, "正文：大家好。")
    await world.say(who, "标题：学院更名的公告")

    assert "提示" not in world.last(who)


async def test_what_was_sent_as_it_is_stands_on_each_reviewers_card(world: World) -> None:
    await submit(world, **ODD)

    assert "5 处，供参考，见“查看”" in words(world.card("孙老师", "审查通过"))
    assert "· 标题“学院更名的的公告”：“的”写重了？" in words(world.card("孙老师", "审查通过"))

    await world.click("孙老师", "审查通过")

    assert "5 处，供参考，见“查看”" in words(world.card("王书记", "同意"))


async def test_hints_are_no_answers_and_stay_with_their_version(world: World) -> None:
    await submit(world, **ODD)
    digest = (await request()).digest
    await house_words.replace([HouseWord("公告", "通告")])
    await world.click("孙老师", "退回", reason="请核对")

    kept = await request()
    assert (kept.digest, kept.facts["hints"]["count"]) == (digest, 5)
    assert "hints" not in kept.form

    await world.click("李老师", "修改")
    await world.say("李老师", "标题：学院更名的公告")
    await world.say("李老师", "正文：大家好。")
    await world.click("李老师", "确认提交")

    kept = await request()
    assert [one[3] for one in kept.facts["hints"]["found"]] == ["建议“通告”"]
    first = await db.one("SELECT facts FROM versions WHERE version = 1")
    assert first is not None
    assert '"count":5' in first["facts"]


async def test_many_are_counted_and_the_first_five_shown(world: World) -> None:
    await world.say("李老师", post(正文="《甲\n" * 9))
    seen = "\n".join(words(shown) for shown in world.screen("李老师"))

    assert "提示 9 处" in seen
    assert "另有 4 处，按“查看”看。" in seen
    assert "正文第5段“《甲”" in seen

    await world.click("李老师", "查看")

    assert "正文第9段“《甲”" in world.last("李老师")


async def test_a_clean_text_says_nothing(world: World) -> None:
    await submit(world)

    assert "hints" not in (await request()).facts
    assert "提示" not in words(world.card("孙老师", "审查通过"))


async def test_a_title_is_compared_where_the_import_has_titles(world: World) -> None:
    await db.run("UPDATE people SET name = '高明远', title = '党委书记' WHERE id = '1001'")
    await submit(world, 正文="校长高明远到会，党委书记高明远讲话。")

    assert [one[3] for one in (await request()).facts["hints"]["found"]] == ["名单里高明远是“党委书记”"]


async def test_a_publication_is_looked_through_too(world: World) -> None:
    await world.say("李老师", TOPIC.replace("十二章", "十二章章节的的安排"))

    assert "· 内容简介“二章章节的的安排”：“的”写重了？" in "\n".join(
        words(shown) for shown in world.screen("李老师")
    )

    await world.click("李老师", "确认提交")

    assert "1 处，供参考，见“查看”" in words(world.card("王书记", "同意"))
