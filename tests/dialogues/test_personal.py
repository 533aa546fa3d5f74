"""/个人账号: the holder alone registers, corrects and takes out; few may see it, and it goes with them."""

from storage import db, drafts
from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, buttons, words

NUMBER = "GR-2026-0001"
FIELDS = ("/个人账号", "平台：微博", "账号名称：小李说机电", "使用校名：否", "粉丝数：1000以下")


async def register(world: World, who: str = "李老师", *more: str) -> None:
    await world.say(who, "\n".join((*FIELDS, *more)))
    await world.click(who, "确认提交")


async def test_it_is_on_record_at_once_and_nobody_is_asked(world: World) -> None:
    await world.say("李老师", "\n".join(FIELDS))

    assert "接受公众和单位监督" in world.last("李老师")

    await world.click("李老师", "确认提交")

    kept = await request(NUMBER)
    assert (kept.state, kept.applicant, kept.chain) == (State.RECORDED, "2104", ())
    assert world.titles("李老师")[-1] == f"已登记 {NUMBER} 微博 小李说机电"
    assert buttons(world.card("李老师")) == ["更正", "注销登记", "查看"]
    assert world.titles("王书记") == world.titles("钱主任") == []


async def test_students_register_theirs_question_by_question(world: World) -> None:
    await world.say("陈同学", "/个人账号")
    await world.click("陈同学", "下一步", platform=["抖音"])
    await world.say("陈同学", "小陈的一天")
    await world.click("陈同学", "下一步", uses_name=["否"])
    await world.click("陈同学", "下一步", fans=["1000以下"])
    await world.click("陈同学", "确认提交")

    assert (await request(NUMBER)).title == "抖音 小陈的一天"


async def test_feishu_fills_in_the_form(world: World) -> None:
    await world.say("何老师", "/个人账号")
    await world.click("何老师", "预览", platform="知乎", title="何谈机电", uses_name="是", fans="1千至1万")
    await world.click("何老师", "确认提交")

    assert (await request(NUMBER)).title == "知乎 何谈机电"


async def test_holder_head_and_centre_see_it_and_nobody_else(world: World) -> None:
    await register(world)
    for who in ("李老师", "王书记", "钱主任", "沈老师", "何老师", "林书记"):
        for asked in (f"/查询 {NUMBER}", f"/查询 {NUMBER} 全文"):
            await world.say(who, asked)

            assert ("小李说机电" in world.last(who)) is (who in ("李老师", "王书记", "钱主任"))


async def test_the_lists_are_for_the_head_and_the_centre(world: World) -> None:
    await register(world)
    await world.say("王书记", "/个人账号 本单位")
    await world.say("何老师", "/个人账号 本单位")
    await world.say("钱主任", "/个人账号 机电学院党委")
    await world.say("王书记", "/个人账号 全校")

    assert f"{NUMBER} 李老师 微博 小李说机电" in words(world.card("王书记", of="本单位的个人账号 1 项"))
    assert f"{NUMBER} 李老师 微博 小李说机电" in world.last("钱主任")
    assert "由第一责任人查看（第五条（二））" in world.last("何老师")
    assert "由全媒体中心查看（第五条（二））" in world.last("王书记")


async def test_alone_it_lists_ones_own_to_be_corrected_and_taken_out(world: World) -> None:
    await register(world)
    await world.say("李老师", "/个人账号")

    assert buttons(world.card("李老师", of="我的个人账号登记 1 项")) == [
        "更正 GR0001", "注销 GR0001", "登记新的"
    ]  # fmt: skip

    await world.say("李老师", f"/更正 {NUMBER}\n粉丝数：1万至10万")
    await world.click("李老师", "确认提交")

    kept = await request(NUMBER)
    assert (kept.state, kept.version, kept.form["fans"]) == (State.RECORDED, 2, "1万至10万")


async def test_what_is_taken_out_leaves_no_word(world: World) -> None:
    await register(world)
    await world.say("钱主任", f"/查询 {NUMBER}")
    await world.click("李老师", "注销登记")

    assert "从本系统删除" in world.last("李老师")
    assert (await request(NUMBER)).state is State.RECORDED

    await world.click("李老师", "确认注销")

    assert (await request(NUMBER)).state is State.WITHDRAWN
    assert await remembered("小李说机电") == []
    assert not any("小李说机电" in words(shown) for shown in world.screen("钱主任") if not shown.recalled)


async def test_it_goes_with_its_holder(world: World) -> None:
    await register(world, "李老师", "评论提醒：每周提醒")
    await db.run("UPDATE people SET left_on = '2026-11-24' WHERE id = '2104'")
    await world.tick("registers")

    assert (await request(NUMBER)).state is State.RECORDED

    await world.tick("registers", days=1)

    kept = await request(NUMBER)
    assert (kept.state, kept.form) == (State.WITHDRAWN, {})
    assert await remembered("小李说机电") == []


async def test_who_chose_it_is_reminded_of_comments_each_week(world: World) -> None:
    await register(world, "李老师", "评论提醒：每周提醒")
    await register(world, "何老师")
    await world.tick(days=7, minutes=47)

    assert world.titles("李老师")[-1] == f"留言评论提醒 {NUMBER} 微博 小李说机电"
    assert not any("留言评论" in title for title in world.titles("何老师"))

    await world.click("李老师", "更正")
    await world.say("李老师", "评论提醒：不提醒")
    await world.click("李老师", "确认提交")
    await world.tick(days=7)

    assert not any("留言评论" in title for title in world.titles("李老师"))


async def test_one_account_stands_there_once(world: World) -> None:
    await register(world)
    await register(world)

    assert f"您已登记过：{NUMBER}" in world.last("李老师")
    assert len(await drafts.open_of("2104")) == 1


async def remembered(word: str) -> list[str]:
    """The tables in which a word still stands."""
    found = []
    for table in ("drafts", "requests", "versions", "letters", "trail", "uploads"):
        rows = await db.rows(f"SELECT * FROM {table}")
        found += [table] if any(word in str(dict(row)) for row in rows) else []
    return found
