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
