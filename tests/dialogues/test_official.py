"""/官方吗: anybody asks whether an account is official, also who is not on the books (Article 11)."""

from storage import db, marks
from tests.dialogues.test_authorisation import authorise
from tests.dialogues.test_groups import GROUP
from tests.world import World, buttons, words


async def forgotten(person: str, platform: str) -> None:
    """An account that nobody on the books has."""
    keys = ", wecom_key = NULL" if platform == "wecom" else ""
    empty = "''" if platform == "wecom" else "NULL"
    await db.run(f"UPDATE people SET {platform} = {empty}{keys} WHERE id = ?", person)


async def test_an_account_on_the_books_is_named_with_unit_date_and_state_and_nobody(world: World) -> None:
    await db.run("UPDATE media SET account = 'hit_jd' WHERE no = 'QM-0001'")
    await world.say("陈同学", "/官方吗 机电之声")

    said = world.last("陈同学")
    assert "是官方账号" in said
    assert "· 机电之声（微信公众号，ID hit_jd，QM-0001）：机电学院党委，2020年1月1日备案，在用" in said
    assert "李老师" not in said

    await world.say("陈同学", "/官方吗 机电旧刊")
    assert "已停更" in world.last("陈同学")


async def test_what_is_not_on_the_books_may_be_reported_from_the_answer(world: World) -> None:
    await world.say("何老师", "/官方吗机电之生")

    assert "没有查到" in world.titles("何老师")[-1]
    assert "· 机电之声（微信公众号，QM-0001）" in world.last("何老师")

    await world.click("何老师", "上报冒用")
    assert world.titles("何老师")[-1] == "冒用上报：请填写"
    assert "机电之生" in str(world.card("何老师").native)

    await world.say("陈同学", "/官方吗 https://mp.weixin.qq.com/s/abc")
    assert world.titles("陈同学")[-1] == "不能确定"


async def test_who_is_not_on_the_books_may_ask_this_and_nothing_else(world: World) -> None:
    await forgotten("2105", "feishu")
    await forgotten("2104", "wecom")
    for who in ("何老师", "李老师"):
        await world.say(who, "/官方吗 计算人")
        assert "计算学部党委" in world.last(who)
        assert "上报冒用" not in buttons(world.screen(who)[-1])
        await world.say(who, "/冒用")
        assert world.titles(who)[-1] == "还不认识您"

    await world.say("何老师", "/官方吗 计算人", chat=GROUP)
    private = [words(s) for s in world.screen("何老师") if s.chat != GROUP and not s.mine]
    assert "计算学部党委" in private[-1]


async def test_who_is_not_on_the_books_cannot_copy_the_ledger(world: World) -> None:
    await forgotten("2105", "feishu")
    for n in range(1, 7):
        await world.say("何老师", f"/官方吗 QM-{n:04d}")

    assert "查得太快了" in world.last("何老师")
    assert "QM-0006" not in world.last("何老师")
    [mark] = await marks.named("official:")
    assert "ou_he" not in mark.name

    await world.tick("forget", days=2)
    assert await marks.named("official:") == []


async def test_a_name_that_somebody_may_use_for_a_time_is_not_official(world: World) -> None:
    await authorise(world)
    await world.say("陈同学", "/官方吗 哈工大机器人队")

    assert world.titles("陈同学")[-1] == "没有查到"  # it begins on 1 December

    await world.tick(days=10)
    await world.say("陈同学", "/官方吗 哈工大机器人队")

    assert world.titles("陈同学")[-1] == "经授权使用"
    assert (
        "哈工大机器人队（哔哩哔哩）：经授权使用至2027年1月15日（SQ-2026-0001，机电学院党委）"
        in world.last("陈同学")
    )

    await world.say("陈同学", "/官方吗 哈工⼤机器人队")  # with a character that only looks alike

    assert world.titles("陈同学")[-1] == "不能确定"

    await world.tick(days=60)
    await world.say("陈同学", "/官方吗 哈工大机器人队")

    assert world.titles("陈同学")[-1] == "没有查到"
