"""登记回执: the next line with a link is the receipt; of several media it is said whose link is missing."""

import pytest

from storage import media
from storage.records import State
from tests.dialogues.posts import request, submit
from tests.world import World

BOTH = pytest.mark.parametrize("who", ["李老师", "何老师"])
LINK, OTHER = "https://mp.weixin.qq.com/s/1", "https://me.hit.edu.cn/1"


async def pass_post_of(world: World, who: str, **fields: str) -> None:
    await submit(world, who, **fields)
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")


@BOTH
async def test_the_next_line_with_a_link_is_the_receipt(world: World, who: str) -> None:
    await pass_post_of(world, who)
    await world.click(who, "登记回执")

    assert "请直接发来发布后的链接（1 小时内有效）" in world.last(who)

    await world.say(who, "发好了")

    assert "请直接发来发布后的链接（1 小时内有效）" in world.last(who)

    await world.say(who, f"发好了：{LINK}")

    assert ((await request()).state, (await request()).outcome["published_url"]) == (State.PUBLISHED, LINK)
    assert world.titles(who)[-1] == "已发布 FB-2026-0001 学院更名"


async def test_a_receipt_begun_can_be_left(world: World) -> None:
    await pass_post_of(world, "李老师")
    await world.click("李老师", "登记回执")
    await world.say("李老师", "取消")

    assert world.last("李老师").endswith("已取消，FB-2026-0001 还没有登记回执。")

    await world.say("李老师", LINK)

    assert (await request()).state is State.AWAITING_PUBLISH


@BOTH
async def test_of_several_media_it_says_whose_link_is_which_and_which_is_missing(
    world: World, who: str
) -> None:
    await pass_post_of(world, who, 媒体="机电之声、机电学院网站")
    await world.click(who, "登记回执")
    await world.say(who, LINK)

    assert f"已登记 机电之声：{LINK}\n还缺：机电学院网站。" in world.last(who)
    assert (await request()).state is State.AWAITING_PUBLISH

    await world.say(who, OTHER)
    done = await request()

    assert (done.state, done.outcome["links"]) == (State.PUBLISHED, {"QM-0001": LINK, "QM-0002": OTHER})
    assert f"机电之声 {LINK}；机电学院网站 {OTHER}" in world.last(who)


async def test_whose_a_link_is_that_nobody_can_tell_is_asked(world: World) -> None:
    await pass_post_of(world, "李老师", 媒体="机电之声、机电学院网站")
    await world.say("李老师", f"/回执 FB-2026-0001 {OTHER}")

    assert f"看不出是哪个媒体的：{OTHER}\n请写明，例如：机电之声 {OTHER}" in world.last("李老师")


async def test_a_post_that_went_out_nowhere_else_is_closed(world: World) -> None:
    await pass_post_of(world, "李老师", 媒体="机电之声、机电学院网站")
    await world.say("李老师", f"/回执 FB-2026-0001 机电学院网站 {OTHER}")
    await world.say("李老师", "其余未发")

    assert (await request()).state is State.PUBLISHED
    assert f"机电之声 未发布；机电学院网站 {OTHER}" in world.last("李老师")
    assert [await media.has_posted(no) for no in ("QM-0001", "QM-0002")] == [False, True]


async def test_links_the_wrong_way_round_are_asked_about_and_the_record_says_whose_each_is(
    world: World,
) -> None:
    await pass_post_of(world, "李老师", 媒体="机电之声、机电学院网站")
    await world.say("李老师", f"/回执 FB-2026-0001 机电学院网站 {LINK} 机电之声 {OTHER}")

    assert f"“机电学院网站”是单位网站，这个链接像是微信公众号的，没有登记：{LINK}" in world.last("李老师")
    assert f"“机电之声”是微信公众号，这个链接不像，没有登记：{OTHER}" in world.last("李老师")
    assert not (await request()).outcome.get("links")

    await world.say("李老师", f"机电之声 {LINK} 机电学院网站 {OTHER}")
    await world.say("李老师", "/查询 FB-2026-0001")

    assert (await request()).outcome["links"] == {"QM-0001": LINK, "QM-0002": OTHER}
    assert f"李老师 登记发布 · 11月23日（周一）09:00 · 机电之声 {LINK}；机电学院网站 {OTHER}" in world.last(
        "李老师"
    )


@BOTH
async def test_a_link_that_was_wrong_is_put_right_and_the_record_keeps_it(world: World, who: str) -> None:
    await pass_post_of(world, who)
    await world.say(who, f"/回执 FB-2026-0001 {LINK}")
    await world.say("孙老师", f"/回执 FB-2026-0001 {LINK}2")

    assert world.last("孙老师").endswith("FB-2026-0001 不是您提交的，只有申请人能登记回执。")

    await world.say(who, f"/回执 FB-2026-0001 {OTHER.replace('me.hit.edu.cn', 'weibo.com')}")

    assert "像是微博的，没有登记" in world.last(who)

    await world.say(who, f"{LINK}2")

    assert (
        f"已更正 FB-2026-0001 的链接，原来的仍留在办理记录里：\n机电之声：{LINK}2（原为 {LINK}）"
        in world.last(who)
    )
    done = await request()
    assert (done.state, done.outcome["links"]) == (State.PUBLISHED, {"QM-0001": f"{LINK}2"})

    await world.say(who, "/查询 FB-2026-0001")

    assert f"登记发布 · 11月23日（周一）09:00 · {LINK}" in world.last(who)
    assert f"更正链接 · 11月23日（周一）09:00 · {LINK} → {LINK}2" in world.last(who)

    await world.say(who, "/回执 FB-2026-0001")

    assert "不用再办。链接写错了请发：/回执 FB-2026-0001 媒体 链接" in world.last(who)


async def test_that_it_is_out_is_asked_where_or_registered(world: World) -> None:
    await world.say("李老师", "发好了")

    assert world.titles("李老师")[-1] == "没看懂"

    await pass_post_of(world, "李老师")
    await world.say("李老师", "已经发布了")

    assert "请直接发来发布后的链接" in world.last("李老师")

    await world.say("李老师", "您好")

    assert "请直接发来发布后的链接" in world.last("李老师")

    await world.tick(hours=2)
    await world.say("李老师", f"发好了：{LINK}")

    assert (await request()).state is State.PUBLISHED
