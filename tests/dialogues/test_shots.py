"""/附截图: a picture that goes with what a medium did for a campaign is bound like any answer (form F12)."""

from io import BytesIO

from openpyxl import load_workbook

from handlers.chain.digest import digest
from storage import trail
from storage.records import State
from tests.dialogues.posts import request
from tests.dialogues.test_dispatch import LINK, NUMBER, ordered
from tests.dialogues.test_files import PICTURE, upload
from tests.world import World, words


async def test_a_picture_in_wecom_goes_with_what_was_done_and_the_centre_sees_it(world: World) -> None:
    await ordered(world, 媒体="计算人")
    await world.say("唐老师", f"/完成 {NUMBER} {LINK}")
    assert f"要附截图，请发：/附截图 {NUMBER}" in world.last("唐老师")

    before = await request(NUMBER)
    await world.say("唐老师", f"/附截图 {NUMBER}")
    assert "请发来已发布页面的截图" in world.last("唐老师")  # of one medium alone it is not asked which
    await upload(world, "唐老师", "", PICTURE, "image")
    await world.click("唐老师", "确认提交")

    kept = await request(NUMBER)
    (shot,) = kept.form["shots"]
    assert (shot["medium"], shot["person"], len(shot["files"])) == ("QM-0006", "2202", 1)
    assert (kept.state, kept.version) == (State.RECORDED, before.version + 1)
    assert kept.digest == digest(kept.kind, kept.form) != before.digest
    assert [one.act for one in await trail.of(NUMBER)][-1] == "shot"

    await world.say("钱主任", f"/调动 进度 {NUMBER}")
    assert f"计算人：{LINK}（唐老师，截图 1 张）" in world.last("钱主任")
    await world.say("钱主任", f"/查询 {NUMBER} 全文")
    assert [one.file.content for one in world.screen("钱主任") if one.file] == [PICTURE]

    await world.say("赵老师", f"/调动 结果 {NUMBER}")
    (sent,) = [shown.file for shown in world.screen("赵老师") if shown.file]
    assert [row[-1] for row in load_workbook(BytesIO(sent.content))["媒体"].values] == ["截图", "1 张"]


async def test_who_runs_several_says_of_which_and_the_newest_counts_in_feishu_too(world: World) -> None:
    await ordered(world)
    await world.say("王书记", f"/附截图 {NUMBER}\n截图：页面已下线，没有截图")
    await world.say("王书记", "媒体：计算人")
    assert "您在这次调动里的媒体是：机电之声、机电学院网站" in world.last("王书记")

    await world.say("王书记", "媒体：机电之声")
    await world.click("王书记", "确认提交")
    await world.say("王书记", f"/附截图 {NUMBER} 机电之声")
    await upload(world, "王书记", "", PICTURE, "image")
    await world.click("王书记", "确认提交")

    (shot,) = (await request(NUMBER)).form["shots"]
    assert (shot["name"], len(shot["files"])) == ("机电之声", 1)

    await world.click("李老师", "收到", of="待转发")  # the cards of others still answer
    assert "李老师" in words(world.card("李老师", "完成", of="待转发"))


async def test_it_is_of_those_who_were_asked_and_not_once_it_was_taken_back(world: World) -> None:
    await ordered(world, 媒体="计算人")
    await world.say("李老师", f"/附截图 {NUMBER}")
    assert "没有“附截图”要您办" in world.last("李老师")

    await world.say("赵老师", f"/收回 {NUMBER} 改期")
    await world.say("唐老师", f"/附截图 {NUMBER}")
    assert "没有“附截图”要您办" in world.last("唐老师")
