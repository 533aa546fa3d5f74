"""/四权: each year a unit that runs a publication says whether it holds four powers (Article 10)."""

from datetime import UTC, datetime, timedelta

from handlers.ledger.powers import powers
from storage import drafts
from storage.records import State
from tests.dialogues.posts import request
from tests.dialogues.test_topic import examiner
from tests.world import World, buttons

NUMBER = "QL-2026-0001"
OCTOBER = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)


async def begin(world: World) -> None:
    """The clock asks the one unit of the school that runs a publication: 机电旧刊."""
    await examiner()
    world.now = OCTOBER
    await world.tick("powers")
    await world.tick("rounds")


async def test_the_head_answers_each_power_with_a_tap(world: World) -> None:
    await begin(world)

    assert world.titles("王书记") == [f"待确认 {NUMBER} 2026 年四权确认"]
    assert buttons(world.card("王书记"))[0] == "确认四权"
    assert "10月31日" in world.last("王书记")

    await world.click("王书记", "确认四权")
    for title in ("决策权", "资产配置权", "导向把关权", "人事任免权"):
        assert world.titles("王书记")[-1] == f"确认四权：{title}"
        await world.click("王书记", "已落实")
    await world.click("王书记", "确认提交")

    found = await powers("2100", 2026)
    assert found
    assert (len(found.held), found.lacking, found.number) == (4, (), NUMBER)
    assert (await request(NUMBER)).state is State.RECORDED

    await world.say("唐老师", "/四权 2026")

    assert f"机电学院党委 {NUMBER}：四项均已落实" in world.last("唐老师")

    await world.say("钱主任", "/督查 机电学院党委")

    assert f"四项均已落实（{NUMBER}）" in world.last("钱主任")


async def test_nobody_is_asked_on_a_holiday_or_by_night(world: World) -> None:
    asked = []
    for when in ("10-01 00:10", "10-07 10:10", "10-08 07:10", "10-08 08:40"):
        world.now = datetime.fromisoformat(f"2026-{when}+08:00").astimezone(UTC)
        await world.tick("powers")
        await world.tick("rounds")
        asked.append(world.titles("王书记"))

    assert asked == [[], [], [], [f"待确认 {NUMBER} 2026 年四权确认"]]


async def test_what_is_not_held_needs_a_word_and_is_told_to_the_department(world: World) -> None:
    await begin(world)
    await world.click("王书记", "确认四权")
    for answer in ("已落实", "未落实", "已落实", "已落实"):
        await world.click("王书记", answer)

    assert world.titles("王书记")[-1] == "确认四权：未落实的说明"

    await world.say("王书记", "经费由挂靠单位管，正在理顺，明年 3 月前完成")
    await world.click("王书记", "确认提交")

    told = "机电学院党委：未落实：资产配置权。说明：经费由挂靠单位管，正在理顺，明年 3 月前完成"
    assert all(told in world.last(name) for name in ("唐老师", "钱主任"))
    found = await powers("2100", 2026)
    assert found
    assert found.lacking == ("资产配置权",)


async def test_a_unit_is_asked_once_a_year_whoever_asks(world: World) -> None:
    await begin(world)
    await world.tick("powers")
    await world.say("唐老师", "/四权 发起")
    await world.tick("rounds")

    assert "主办出版物的单位今年都已发过" in world.last("唐老师")
    assert world.titles("王书记") == [f"待确认 {NUMBER} 2026 年四权确认"]

    await world.say("李老师", "/四权 发起")

    assert "由党委宣传部或全媒体中心发起（第十条）" in world.last("李老师")


async def test_outside_october_the_department_asks_and_has_the_head_reminded(world: World) -> None:
    await examiner()
    await world.tick("powers")
    await world.tick("rounds")

    assert world.titles("王书记") == []

    await world.say("唐老师", "/四权")

    assert "还没有发给：机电学院党委" in world.last("唐老师")

    await world.say("唐老师", "/四权 发起")
    await world.click("唐老师", "确认提交")
    await world.tick("rounds")
    await world.say("吴副书记", "/四权")

    assert "12月7日" in world.last("王书记")
    assert NUMBER in world.last("吴副书记")

    world.now += timedelta(days=16, minutes=40)
    await world.tick("remind")

    assert all(NUMBER in world.last(name) for name in ("王书记", "唐老师", "钱主任"))


async def test_whoever_stands_in_answers_in_wecom_too(world: World) -> None:
    await begin(world)
    await world.say("王书记", "/代理 吴副书记 今天 明天 出差")
    await world.say("吴副书记", f"/确认四权 {NUMBER}")
    for answer in ("已落实", "已落实", "已落实", "未落实"):
        await world.click("吴副书记", answer)
    await world.say("吴副书记", "社长由学校任命，正在理顺")
    await world.click("吴副书记", "确认提交")

    found = await powers("2100", 2026)
    assert found
    assert found.lacking == ("人事任免权",)


async def test_what_was_not_said_before_the_years_turn_is_still_asked(world: World) -> None:
    await begin(world)
    world.now = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
    await world.say("王书记", "/四权")

    assert world.titles("王书记")[-1] == "确认四权：决策权"

    for _ in range(4):
        await world.click("王书记", "已落实")
    await world.click("王书记", "确认提交")

    found = await powers("2100", 2026)
    assert found
    assert len(found.held) == 4
    assert await powers("2100", 2027) is None


async def test_an_old_tap_counts_for_nothing(world: World) -> None:
    await begin(world)
    await world.click("王书记", "确认四权")
    await world.say("王书记", "决策权：未落实")

    old = world.card("王书记", "已落实", of="决策权")
    sim, account = world.where("王书记")
    await sim.click(account, old.id, "已落实", {})
    await world.settle()

    found = await drafts.open_of("2101")
    assert found[0].form == {"decision": "未落实"}
