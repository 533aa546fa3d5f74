"""/版权: a register of the unit, which posts may name and of which the end is reminded of (Article 9)."""

from storage import tables
from storage.records import State
from tests.dialogues.posts import request, submit
from tests.world import World

NUMBER = "BQ-2026-0001"
LICENCE = (
    "/版权", "作品：校园航拍图", "种类：图片", "权利人：张三", "授权范围：网站和公众号",
    "生效日期：2026-01-01",
    "截止日期：2026-12-31", "证明：授权书存学院办公室",
)  # fmt: skip


async def register(world: World, who: str = "李老师", until: str = "2026-12-31") -> None:
    await world.say(who, "\n".join(LICENCE).replace("2026-12-31", until))
    await world.click(who, "确认提交")


async def test_it_is_on_record_at_once_and_its_unit_sees_it(world: World) -> None:
    await register(world)

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("李老师")[-1] == f"已登记 {NUMBER} 校园航拍图"
    assert f"授权证明：{NUMBER}" in world.last("李老师")

    await world.say("何老师", "/版权")

    assert f"{NUMBER} 图片 校园航拍图，有效至 2026-12-31" in world.last("何老师")

    await world.say("林书记", "/版权 机电学院党委")

    assert "由全媒体中心查看" in world.last("林书记")

    await world.say("钱主任", "/版权 全校")

    assert f"{NUMBER} 机电学院党委 图片 校园航拍图" in world.last("钱主任")


async def test_it_cannot_end_before_it_begins(world: World) -> None:
    await register(world, until="2025-12-31")

    assert "截止日期早于起始日期" in world.last("李老师")


async def test_feishu_fills_in_the_form_and_a_file_is_the_proof(world: World) -> None:
    await world.say("何老师", "/版权")
    await world.feishu.upload("ou_he", "授权书.pdf", b"pdf")
    await world.settle()
    await world.click(
        "何老师", "预览", title="校歌", kind="音乐", holder="李四", scope="校内活动",
        valid_from="2026-01-01", until="2027-12-31",
    )  # fmt: skip
    await world.click("何老师", "确认提交")

    kept = await request(NUMBER)
    assert [file["name"] for file in kept.form["files"]] == ["授权书.pdf"]


async def test_a_post_that_names_one_is_told_what_it_is_worth_and_never_refused(world: World) -> None:
    await register(world)
    await submit(world, 授权证明=f"{NUMBER}、BQ-2026-0009")

    said = f"{NUMBER} 图片，当日有效；BQ-2026-0009 查无此号"
    assert said in world.last("孙老师")
    assert (await request()).facts["licences"] == said.split("；")


async def test_who_registered_it_is_reminded_and_then_the_unit(world: World) -> None:
    await tables.PersonRole.create(person="2105", role="内勤")
    await register(world)
    await world.tick(days=9, minutes=47)

    assert world.titles("李老师")[-1] == f"将到期 {NUMBER} 校园航拍图"
    assert world.titles("何老师") == []

    await world.tick(days=22)

    assert "李老师 登记的“校园航拍图”还有 7 天到期" in world.last("何老师")
    assert not any("将到期" in title for title in world.titles("王书记"))

    await world.click("李老师", "更正")
    await world.say("李老师", "截止日期：2028-12-31")
    await world.click("李老师", "确认提交")

    assert (await request(NUMBER)).form["until"] == "2028-12-31"


async def test_what_was_taken_out_is_named_so_and_stays_on_the_record(world: World) -> None:
    await register(world)
    await world.click("李老师", "注销登记")
    await world.click("李老师", "确认注销")
    await submit(world, 授权证明=NUMBER)

    assert f"{NUMBER} 图片，已注销登记" in world.last("孙老师")
    assert (await request(NUMBER)).form["holder"] == "张三"
