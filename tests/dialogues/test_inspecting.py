"""/督查 单位: what is open of one unit, for the centre alone (Article 5(1))."""

from tests.dialogues.cases import reported
from tests.dialogues.posts import pass_all, submit
from tests.dialogues.rectifying import issue
from tests.world import World, words


async def test_the_centre_sees_what_is_open_of_a_unit_and_who_holds_it(world: World) -> None:
    await submit(world)
    await world.say("赵老师", "/督查 机电学院党委")

    shown = world.last("赵老师")
    assert world.titles("赵老师")[-1] == "督查 机电学院党委"
    assert "在办 1 件，其中超时 0 件" in shown
    assert "FB-2026-0001" in shown
    assert "待 孙老师" in shown


async def test_it_is_the_centres_alone(world: World) -> None:
    await world.say("李老师", "/督查 机电学院党委")

    assert "督查由全媒体中心办理" in world.last("李老师")


async def test_an_unknown_unit_is_said_to_be_unknown(world: World) -> None:
    await world.say("赵老师", "/督查 没有的单位")

    assert "没有找到单位“没有的单位”" in world.last("赵老师")


async def test_the_monday_digest_counts_by_kind_and_who_has_not_reported(world: World) -> None:
    await submit(world)
    await world.say("赵老师", "/摸底 开始 11-23 12-31")
    await world.click("赵老师", "确认提交")
    await world.tick("rounds")
    await world.tick("look_out")
    await world.tick("remind", days=7, minutes=7)
    await world.click("赵老师", "看 周报")

    assert "发布 1、摸底 2" in world.last("赵老师")
    assert "已上报 0/2 个单位" in world.last("赵老师")


async def test_the_monday_digest_of_the_centre_counts_leads_and_cases_and_names_nobody(world: World) -> None:
    await issue(world, 限期="2026-12-02")
    await reported(world)
    await world.tick("look_out")
    await world.tick("remind", days=7, minutes=7)
    await world.click("赵老师", "看 周报")

    assert "线索 1，案件 1；超时 1，到期 1" in world.last("赵老师")
    assert not any(who in world.last("赵老师") for who in ("唐老师", "何老师"))
    assert not any("线索" in words(shown) for shown in world.screen("王书记"))


async def test_the_desk_of_the_centre_is_by_kind_and_counted(world: World) -> None:
    await pass_all(world, 涉及="重大事项决策")
    await world.say(
        "李老师", "/注销\n媒体：机电旧刊\n方式：停刊\n原因：不再使用\n已归档：是\n计划日期：2026-12-10"
    )
    await world.click("李老师", "确认提交")
    await world.click("王书记", "同意")
    await world.say("赵老师", "/待办")

    assert world.titles("赵老师")[-1] == "待办 2 件"
    assert "发布 1 件、注销 1 件，按类别和到期先后排列" in world.last("赵老师")
