"""/授权: a name may be used for a time once head and centre have agreed (Article 11)."""

from datetime import date, timedelta

from handlers.ledger.authorised import authorised
from handlers.registers import revoking
from storage.records import State
from tests.dialogues.posts import request
from tests.world import World, words

NUMBER = "SQ-2026-0001"
WISH = (
    "/授权", "名称：哈工大机器人队", "平台：哔哩哔哩", "用途：发布参赛视频", "起始日期：2026-12-01",
    "截止日期：2027-01-15",
)  # fmt: skip


async def authorise(world: World) -> None:
    await world.say("李老师", "\n".join(WISH))
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.click("钱主任", "同意")


async def in_force(day: date) -> list[str]:
    return [one.number for one in await authorised("哈工大机器人队 ", day) if one.ended is None]


async def test_head_and_centre_agree_and_it_holds_through_its_last_day(world: World) -> None:
    await authorise(world)

    assert (await request(NUMBER)).state is State.RECORDED
    assert world.titles("李老师")[-1] == f"已授权 {NUMBER} 哈工大机器人队"
    assert await in_force(date(2026, 11, 30)) == await in_force(date(2027, 1, 16)) == []
    assert await in_force(date(2027, 1, 15)) == await in_force(date(2026, 12, 1)) == [NUMBER]
    assert await authorised("机器人队", date(2026, 12, 2)) == []
    recorded = await request(NUMBER)
    assert revoking.in_force(recorded, date(2027, 1, 15))
    assert not revoking.in_force(recorded, date(2027, 1, 16)), "it has ended by itself"

    await world.say("何老师", "/授权")

    assert f"{NUMBER} 哔哩哔哩 哈工大机器人队，有效至 2027-01-15" in world.last("何老师")


async def test_its_applicant_is_reminded_before_it_ends(world: World) -> None:
    await authorise(world)
    await world.tick(days=23, minutes=47)

    assert world.titles("李老师")[-1] == f"将到期 {NUMBER} 哈工大机器人队"
    assert "继续使用须在到期前重新 /授权" in world.last("李老师")


async def test_it_ends_before_its_time_with_a_reason_and_anybody_can_look_that_up(world: World) -> None:
    await authorise(world)
    world.now += timedelta(days=10)
    await world.say("何老师", f"/终止授权 {NUMBER} 不再参赛")
    assert "由全媒体中心、所在单位第一责任人或申请人终止" in world.last("何老师")
    await world.say("王书记", f"/终止授权 {NUMBER}")
    assert world.titles("王书记")[-1] == "还差内容"
    await world.say("王书记", f"/终止授权 {NUMBER} 不再参赛")

    assert "授权即日终止，请停用这个名称（第十一条）。原因：不再参赛" in world.last("李老师")
    assert any("授权即日终止" in words(shown) for shown in world.screen("钱主任"))
    await world.say("陈同学", "/官方吗 哈工大机器人队")
    assert world.titles("陈同学")[-1] == "授权已终止"
    await world.say("李老师", f"/查询 {NUMBER}")
    assert "王书记 终止授权 ·" in world.last("李老师")
    assert world.titles("李老师")[-1].startswith(f"授权已终止 {NUMBER}")
    await world.say("李老师", f"/为什么 {NUMBER}")
    assert "✓ 已授权\n　授权已终止" in world.last("李老师")
    await world.say("李老师", f"/公文 {NUMBER} 授权书")
    assert not any(shown.file and "授权书" in shown.file.name for shown in world.screen("李老师"))
    await world.say("钱主任", f"/终止授权 {NUMBER} 再次终止")
    assert "没有生效的授权" in world.last("钱主任")
    await world.tick(days=13, minutes=47)
    assert "将到期" not in "".join(world.titles("李老师"))


async def test_a_time_that_is_over_is_not_authorised(world: World) -> None:
    await world.say("李老师", "\n".join(WISH).replace("2027-01-15", "2026-12-02"))
    await world.click("李老师", "确认提交")
    await world.tick(days=10)
    await world.click("王书记", "同意")

    assert (await request(NUMBER)).state is State.IN_REVIEW
    assert "截止日期已过" in world.last("王书记")


async def test_feishu_fills_in_the_form(world: World) -> None:
    await world.say("何老师", "/授权")
    await world.click(
        "何老师", "预览", title="哈工大话剧社", platform="抖音", purpose="剧目宣传",
        valid_from="2026-12-01", until="2027-11-30",
    )  # fmt: skip
    await world.click("何老师", "确认提交")

    assert (await request(NUMBER)).form["platform"] == "抖音"


async def test_wecom_asks_question_by_question(world: World) -> None:
    await world.say("李老师", "/授权")
    await world.say("李老师", "哈工大话剧社")
    await world.click("李老师", "下一步", platform=["抖音"])
    for answer in ("剧目宣传", "2026-12-01", "2027-11-30"):
        await world.say("李老师", answer)
    await world.click("李老师", "确认提交")

    assert (await request(NUMBER)).title == "哈工大话剧社"
