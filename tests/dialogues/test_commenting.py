"""评论值守: who keeps the comments of a post is asked to look, taps once, and can call the centre."""

import pytest

from storage import db
from storage.records import Platform
from tests.dialogues.posts import post, request, submit
from tests.world import World, buttons, words

FB, LINK = "FB-2026-0001", "https://mp.weixin.qq.com/s/1"
LOOK = f"看评论 {FB} 学院更名"


async def out(world: World, who: str = "李老师", **fields: str) -> None:
    """A post that is out at nine, with its comments open."""
    await submit(world, who, **{"开放评论": "是", **fields})
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.say(who, f"/回执 {FB} {LINK}")


async def entries(act: str) -> list[tuple[str, str]]:
    rows = await db.rows("SELECT actor, note FROM trail WHERE matter = ? AND act = ? ORDER BY id", FB, act)
    return [(row["actor"], row["note"]) for row in rows]


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_its_applicant_keeps_them_where_nobody_is_named_and_is_asked_within_hours(
    world: World, who: str
) -> None:
    await world.say(who, post(开放评论="是"))
    await world.say(who, "查看") if who == "何老师" else await world.click(who, "查看")

    assert f"评论：开放，值守 {who}" in "\n".join(words(shown) for shown in world.screen(who))

    await world.click(who, "确认提交")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.say(who, f"/回执 {FB} {LINK}")
    await world.tick(hours=1)

    assert world.titles(who)[-1] == LOOK
    assert buttons(world.card(who)) == ["已查看，正常", "有情况", "查看"]
    assert "第十二条" in world.last(who)

    await world.click(who, "已查看，正常")

    assert buttons(world.card(who, of=LOOK)) == ["有情况", "查看"]
    assert [actor for actor, _ in await entries("comments_fine")] == [world.member(who).id]

    await world.tick(hours=3)

    assert world.titles(who).count(LOOK) == 2

    await world.say(who, f"/查询 {FB}")

    assert f"{who} 看过评论，正常" in world.last(who)


async def test_a_keeper_who_is_named_opens_them_and_is_asked_instead(world: World) -> None:
    await out(world, 评论值守="周老师", 开放评论="")
    await world.tick(hours=1)

    assert world.titles("周老师") == [LOOK]
    assert LOOK not in world.titles("李老师")


async def test_nobody_is_asked_where_there_are_no_comments(world: World) -> None:
    await out(world, 评论值守="周老师", 开放评论="否")
    await world.tick(hours=1)
    await world.tick(days=1)

    assert not any("看评论" in title for who in ("李老师", "周老师") for title in world.titles(who))
    assert (await request()).form["comments"] == "否"
    assert "watcher" not in (await request()).form


async def test_a_keeper_must_be_somebody_in_service(world: World) -> None:
    await world.say("李老师", post(评论值守="不认识的人"))

    assert "没有在职的“不认识的人”" in world.last("李老师")

    await world.say("李老师", "陈同学")
    await world.click("李老师", "确认提交")

    assert (await request()).facts["watcher"] == "2107"


async def test_a_tap_that_never_comes_is_told_once_to_the_operators_and_it_ends_by_itself(
    world: World,
) -> None:
    await out(world, 评论值守="何老师")
    world.step(300)
    for _ in range(8):
        await world.tick(days=1)

    assert world.titles("李老师").count(LOOK) == 1
    assert "值守 何老师 还没有记过查看" in words(world.card("李老师", of=LOOK))
    assert world.titles("何老师").count(LOOK) == 4
    assert "值守期已过" in words(world.card("何老师", of=LOOK))

    await world.say("何老师", f"/评论正常 {FB}")

    assert "值守期已过" in world.last("何老师")


async def test_operators_hear_nothing_once_somebody_has_looked(world: World) -> None:
    await out(world, 评论值守="周老师")
    await world.tick(hours=1)
    await world.say("周老师", f"/评论正常 {FB} 都是祝贺")
    await world.tick(days=1)

    assert LOOK not in world.titles("李老师")
    assert await entries("comments_fine") == [("2106", "都是祝贺")]


async def test_who_has_left_or_is_away_is_followed_by_the_applicant_and_then_the_operators(
    world: World,
) -> None:
    await out(world, "何老师", 评论值守="周老师")
    await db.run("UPDATE people SET left_on = '2026-11-01' WHERE id = '2106'")
    await world.tick(hours=1)

    assert world.titles("何老师")[-1] == LOOK

    await db.run("UPDATE people SET left_on = '2026-11-01' WHERE id = '2105'")
    await world.tick(hours=3)

    assert world.titles("李老师")[-1] == LOOK


async def test_who_is_away_for_posts_is_followed_and_who_is_for_filings_alone_is_not(world: World) -> None:
    await out(world, "何老师", 评论值守="吴副书记")
    until = (
        "INSERT INTO proxies (principal, delegate, starts_at, ends_at, scope, reason)"
        " VALUES (?, ?, 0, ?, ?, '')"
    )
    await db.run(until, "2102", "2101", 9999999999999, "BA")
    await world.tick(hours=1)

    assert LOOK in world.titles("吴副书记")
    assert LOOK not in world.titles("何老师")

    await db.run(until, "2102", "2101", 9999999999999, "")
    await world.tick(hours=3)

    assert world.titles("吴副书记").count(LOOK) == 1
    assert world.titles("何老师")[-1] == LOOK


async def test_one_message_a_morning_says_them_all(world: World) -> None:
    await out(world)
    await submit(world, 开放评论="是", 标题="实验室开放日")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    await world.say("李老师", f"/回执 FB-2026-0002 {LINK}2")
    await world.tick(hours=5, minutes=5)
    before = len(world.titles("李老师"))
    await world.tick(days=1)

    assert world.titles("李老师")[before:] == ["2 件事项请您关注"]


async def test_trouble_reaches_the_centre_and_who_is_on_duty_in_one_line(world: World) -> None:
    await out(world)
    await world.tick(hours=1)
    turn = "INSERT INTO on_call (unit, person, starts_at, ends_at) VALUES ('1100', '2106', 0, 9999999999999)"
    await db.run(turn)
    await world.click("李老师", "有情况")
    await world.click("李老师", "告诉中心")
    await world.say("李老师", "有人冒充学院发收款码")

    title = f"评论有情况 {FB} 学院更名"
    assert title in world.titles("钱主任")[-1]
    assert "有人冒充学院发收款码" in world.last("钱主任")
    assert world.titles("周老师")[-1] == title
    assert "有人冒充学院发收款码" in "\n".join(words(shown) for shown in world.screen("赵老师"))
    assert "已马上告诉全媒体中心" in world.last("李老师")
    assert await entries("alert") == [("2104", "有人冒充学院发收款码")]


@pytest.mark.parametrize("who", ["李老师", "何老师"])
async def test_trouble_begins_a_report_with_medium_and_link_in_it(world: World, who: str) -> None:
    await out(world, who)
    await world.tick(hours=1)
    await world.click(who, "有情况")
    await world.click(who, "反映违规")
    await world.click(who, "反映违规")
    begun = await db.rows("SELECT form, platform FROM drafts WHERE kind = 'WG'")

    assert len(begun) == 1
    draft = begun[0]
    assert '"QM-0001"' in draft["form"]
    assert LINK in draft["form"]
    assert draft["platform"] == (Platform.WECOM if who == "李老师" else Platform.FEISHU)
    assert await entries("alert") == []


async def test_whom_it_does_not_concern_cannot_say_so(world: World) -> None:
    await out(world)
    await world.tick(hours=1)
    await world.say("唐老师", f"/评论正常 {FB}")
    await world.say("唐老师", f"/评论有情况 {FB} 试一试")

    assert world.last("唐老师").endswith(f"{FB} 的评论不由您值守。")
    assert (await request()).outcome.get("comments") is None


async def test_a_medium_that_was_filed_as_open_opens_its_posts(world: World) -> None:
    await world.say(
        "李老师",
        "/备案\n媒体名称：机电新声\n平台类型：抖音\n运营负责人：李老师\n管理员：李老师\n"
        "定位：发布学院新闻和通知，服务师生校友。\n开放评论：是",
    )
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")
    await submit(world, 媒体="机电新声")

    assert ((await request()).form["comments"], (await request()).facts["watcher"]) == ("是", "2104")
