"""/依据: what the Measures rest on, and the edition under which a record was submitted (Articles 1, 17)."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.rules import editions
from tests.dialogues.test_topic import NUMBER, TOPIC, examiner
from tests.world import World

OLD = editions.EDITIONS[0]
NEW = replace(
    OLD,
    version="哈工大党宣〔2026〕9号",
    since=date(2026, 12, 1),
    told="2026年12月1日发布",
    text=OLD.text.replace("并提交党委宣传部审查。", "并提交党委宣传部审查备案。"),
)


async def test_all_that_the_measures_rest_on_is_listed(world: World) -> None:
    await world.say("陈同学", "/依据")

    shown = world.last("陈同学")
    assert "11. 学校《教职工师德“一票否决制”实施办法（试行）》" in shown
    assert "《互联网用户公众账号信息服务管理规定》，注：修订版自2021年2月22日起施行" in shown
    assert "哈工大党宣〔2019〕10号，2019年1月12日发布，1月13日印发（现行）" in shown


async def test_an_article_with_its_edition(world: World) -> None:
    await world.say("何老师", "/依据 第十六条")

    assert world.titles("何老师") == ["第十六条（哈工大党宣〔2019〕10号）"]
    assert "自发布之日起执行（第十七条）" in world.last("何老师")


async def test_an_old_record_keeps_the_old_text_and_a_new_one_has_the_new(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "EDITIONS", (OLD, NEW))
    await examiner()
    await world.say("李老师", TOPIC)
    await world.click("李老师", "确认提交")
    await world.tick(days=9)
    await world.say("李老师", TOPIC)
    await world.click("李老师", "确认提交")

    await world.say("李老师", f"/依据 {NUMBER}")
    old = world.last("李老师")
    await world.say("李老师", "/依据 XT2")
    new = world.last("李老师")

    assert "按 哈工大党宣〔2019〕10号 提交" in old
    assert "现行版本是 哈工大党宣〔2026〕9号，这件仍按提交时的版本。" in old
    assert "并提交党委宣传部审查。" in old
    assert "按 哈工大党宣〔2026〕9号 提交（2026年12月1日发布）。\n" in new
    assert "并提交党委宣传部审查备案。" in new


async def test_it_is_shown_to_those_who_may_see_the_record(world: World) -> None:
    await examiner()
    await world.say("李老师", TOPIC)
    await world.click("李老师", "确认提交")
    await world.say("林书记", f"/依据 {NUMBER}")

    assert f"{NUMBER} 与您无关，不能查看。" in world.last("林书记")
