"""/摸底: each unit answers for every medium, its head signs, and what comes to light begins at once."""

from datetime import UTC, datetime
from io import BytesIO

from openpyxl import load_workbook

from storage import db
from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, buttons

ONE, OTHER = "MD-2026-0001", "MD-2026-0002"


async def begun(world: World, scope: str = "") -> None:
    await world.say("赵老师", f"/摸底 开始 11-23 12-31 {scope}".strip())
    await world.click("赵老师", "确认提交")
    await world.tick("rounds")


async def test_a_round_asks_every_unit_that_answers_for_itself(world: World) -> None:
    await begun(world)

    assert (await request(ONE)).unit == "2100"
    assert world.titles("李老师")[-1] == f"待填报 {ONE} 2026 年下半年摸底"
    assert buttons(world.card("李老师"))[0] == "填报"
    assert "台账里有 4 个媒体" in world.last("李老师")
    assert world.titles("唐老师")[-1] == f"待填报 {OTHER} 2026 年下半年摸底"


async def test_unchanged_is_one_word_and_the_head_signs(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.say("李老师", "/摸底\n无变化：全部")
    await world.click("李老师", "确认提交")

    assert buttons(world.card("王书记"))[:2] == ["确认上报", "退回"]
    assert "4 个媒体：4 个无变化，0 个有变化" in world.last("王书记")

    await world.click("王书记", "确认上报")

    assert (await request(ONE)).state is State.RECORDED
    await world.say("赵老师", "/摸底 进度")
    assert world.titles("赵老师")[-1] == "2026 年下半年摸底 1/1"

    await world.say("钱主任", "/摸底 进度")
    assert "chart" in str(world.card("钱主任").native)


async def test_every_medium_needs_an_answer_and_the_missing_are_named(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.say("李老师", "/摸底\n无变化：机电之声、机电学院网站")

    assert "还没有填到：机电旧刊、机电青年" in world.last("李老师")

    await world.say("李老师", "机电旧刊：拟注销；僵尸；两年未更新\n机电青年：不知道")

    assert "请写明现状" in world.last("李老师")

    await world.say("李老师", "机电旧刊：拟注销；僵尸；两年未更新\n机电青年：停更")

    assert world.titles("李老师")[-1] == "请确认：机电学院党委2026 年下半年摸底"


async def test_zombies_and_unfiled_media_start_their_drafts(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.say(
        "李老师",
        "/摸底\n无变化：机电之声、机电学院网站、机电青年\n其他情况：机电旧刊：拟注销；僵尸\n未备案：机电先锋（微信公众号）",
    )
    await world.click("李老师", "确认提交")
    await world.click("王书记", "确认上报")

    begun_drafts = await db.rows("SELECT person, kind FROM drafts WHERE state = 'open' ORDER BY id")

    assert [(row["person"], row["kind"]) for row in begun_drafts] == [("2105", "ZX"), ("2104", "BA")]


async def test_a_return_goes_back_to_whoever_filled_it_in(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.say("李老师", "/摸底\n无变化：全部")
    await world.click("李老师", "确认提交")
    await world.click("王书记", "退回", reason="有媒体没有核对")

    assert world.titles("李老师")[-1] == f"待填报 {ONE} 2026 年下半年摸底"

    await world.say("李老师", "/摸底\n无变化：全部")
    await world.click("李老师", "确认提交")
    await world.click("王书记", "确认上报")

    assert (await request(ONE)).state is State.RECORDED


async def test_a_unit_without_media_makes_a_zero_return(world: World) -> None:
    async with db.transaction():
        await db.run("DELETE FROM media WHERE unit = '2200'")
    await begun(world, "计算学部党委")

    assert "零报告" in world.last("林书记")

    await world.click("林书记", "确认上报")

    assert (await request(ONE)).state is State.RECORDED


async def test_only_the_centre_opens_a_round_and_only_one_at_a_time(world: World) -> None:
    await world.say("李老师", "/摸底 开始 11-23 12-31")

    assert "摸底由全媒体中心发起（第十一条）" in world.last("李老师")

    await begun(world)
    await world.say("赵老师", "/摸底 开始 11-23 12-31")

    assert "还没有结束" in world.last("赵老师")


async def test_a_round_is_shown_before_it_begins_and_begins_once(world: World) -> None:
    await world.say("赵老师", "/摸底 开始 今天 12-31")

    assert world.titles("赵老师") == ["请确认：2026 年下半年摸底"]
    assert "单位\n2 个\n时间\n11月23日（周一）至 12月31日（周四）" in world.last("赵老师")
    assert "机电学院党委、计算学部党委" in world.last("赵老师")

    await world.click("赵老师", "放弃")
    await world.tick("rounds")

    assert "没有发给任何人" in world.last("赵老师")
    assert world.titles("李老师") == []

    await world.say("赵老师", "/摸底 开始 今天 12-31")
    await world.say("钱主任", "/摸底 开始 今天 12-31 计算学部党委")
    await world.click("赵老师", "确认提交")
    await world.click("钱主任", "确认提交")

    assert "已发起 2026 年下半年摸底，2 个单位，12月31日（周四）前上报" in world.last("赵老师")
    assert "2026 年下半年摸底还没有结束" in world.last("钱主任")


async def test_december_asks_the_centre_to_open_a_round_until_it_has(world: World) -> None:
    await world.tick("look_out", days=8)
    await world.tick("remind", minutes=7)

    assert "本月该发起半年摸底" in world.last("赵老师")

    await world.say("赵老师", "/摸底 开始 12-01 12-31")
    await world.click("赵老师", "确认提交")
    await world.tick("look_out", hours=1)
    await world.tick("remind", days=7)

    assert "本月该发起半年摸底" not in world.last("赵老师")


async def test_a_tap_says_that_nothing_changed_on_wecom(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.click("李老师", "填报")
    await world.click("李老师", "下一步", unchanged=["全部"])

    assert world.titles("李老师")[-1] == "请确认：机电学院党委2026 年下半年摸底"


async def test_the_feishu_form_takes_it_whole(world: World) -> None:
    await begun(world, "机电学院党委")
    await world.click("何老师", "填报")
    await world.click("何老师", "预览", unchanged=["全部"], personal="12")
    await world.click("何老师", "确认提交")

    assert "个人账号" in world.last("王书记")


async def test_who_is_late_hears_then_their_head_and_the_centre(world: World) -> None:
    await world.say("赵老师", "/摸底 开始 11-23 11-27 机电学院党委")
    await world.click("赵老师", "确认提交")
    await world.tick("rounds")
    await world.tick("remind", days=1, minutes=7)

    assert "机电学院党委" in world.last("李老师")

    quiet = len(world.titles("王书记"))
    await world.tick("remind", days=3)

    assert len(world.titles("王书记")) == quiet

    await world.tick("remind", days=3)

    assert len(world.titles("王书记")) > quiet
    assert ONE in world.last("赵老师")


async def test_the_result_is_a_workbook_with_charts(world: World) -> None:
    await begun(world)
    await world.say(
        "李老师", "/摸底\n无变化：机电之声、机电学院网站、机电青年\n其他情况：机电旧刊：拟注销；僵尸；=1+1"
    )
    await world.click("李老师", "确认提交")
    await world.click("王书记", "确认上报")
    await world.say("赵老师", "/摸底 结果")

    (sent,) = [shown for shown in world.screen("赵老师") if shown.file]
    book = load_workbook(BytesIO(sent.file.content if sent.file else b""))

    assert sent.text == "[文件] 2026 年下半年摸底.xlsx"
    assert [cell.value for cell in book["各单位"][2]][:6] == ["机电学院党委", ONE, "已上报", 4, 3, 1]
    assert ("机电旧刊", "期刊", "拟注销", "僵尸", "=1+1") in [row[2:] for row in book["媒体"].values]
    assert len(book["进度"]._charts) == 1


async def test_a_medium_whose_people_have_left_starts_its_change(world: World) -> None:
    async with db.transaction():
        await db.run("UPDATE media SET operator = '2107', admins = '[]' WHERE no = 'QM-0002'")
    await begun(world, "机电学院党委")

    assert "没有在职教职工" in world.last("李老师")

    await world.say("李老师", "/摸底\n无变化：全部")
    await world.click("李老师", "确认提交")
    await world.click("王书记", "确认上报")
    begun_drafts = await db.rows("SELECT person, kind, form FROM drafts WHERE state = 'open' ORDER BY id")

    assert [(row["person"], row["kind"]) for row in begun_drafts] == [("2104", "BG")]
    assert "QM-0002" in begun_drafts[0]["form"]


async def test_one_that_was_planned_ahead_begins_on_a_working_morning(world: World) -> None:
    await world.say("赵老师", "/摸底 开始 11-28 12-31 计算学部党委")  # a Saturday
    await world.click("赵老师", "确认提交")
    asked = []
    for when in ("11-28 00:10", "11-29 10:10", "11-30 08:10", "11-30 08:40"):
        world.now = datetime.fromisoformat(f"2026-{when}+08:00").astimezone(UTC)
        await world.tick("rounds")
        asked.append([title for title in world.titles("唐老师") if "摸底" in title])

    assert asked == [[], [], [], [f"待填报 {ONE} 2026 年下半年摸底"]]
