"""A platform that takes nothing is told of once, where it can be read, and again when it is over."""

from bot import metrics
from storage.records import Platform
from tests.faults.acts import handed_in
from tests.world import World, words


async def minutes(world: World, count: int) -> None:
    """Time passes as it does: letters are tried, and what waits is looked at."""
    for _ in range(count):
        world.step(60)
        await world.settle()
        await world.machine.alarms.look()
    await world.settle()


def alarms(world: World, name: str, on: str = "") -> list[str]:
    """What of it somebody was told, and how it begins."""
    told = [words(shown).splitlines() for shown in world.screen(name, on) if not shown.mine]
    return [said[0] for said in told if any(word in said[0] for word in ("发不出", "恢复", "排队"))]


def gauge(platform: Platform) -> dict[tuple[str, str], float]:
    """The alarms that hold for a platform: which and why."""
    [family] = metrics.ALARM.collect()
    return {
        (one.labels["alarm"], one.labels["why"]): one.value
        for one in family.samples
        if one.labels["platform"] == platform
    }


async def test_an_outage_is_told_once_on_the_other_platform_and_again_when_it_is_over(world: World) -> None:
    world.feishu.faults.down = True
    await handed_in(world)
    await minutes(world, 4)
    assert (alarms(world, "赵老师"), gauge(Platform.FEISHU)) == ([], {})

    await minutes(world, 6)
    assert alarms(world, "赵老师") == ["【飞书发不出消息】"]
    assert "11月23日（周一）09:00 起，没有一条消息能发到飞书" in world.last("赵老师")
    assert list(gauge(Platform.FEISHU)) == [("down", "连接不上")]

    await world.restart()
    await minutes(world, 30)
    assert alarms(world, "赵老师") == ["【飞书发不出消息】"]

    world.feishu.faults.down = False
    await minutes(world, 7)
    assert alarms(world, "赵老师") == ["【飞书发不出消息】", "【飞书已恢复】"]
    assert gauge(Platform.FEISHU) == {}

    await minutes(world, 20)
    assert len(alarms(world, "赵老师")) == 2


async def test_where_nothing_works_it_is_told_once_something_does(world: World) -> None:
    world.feishu.faults.down = True
    await handed_in(world)
    world.wecom.faults.down = True
    await world.say("李老师", "/我的")
    await minutes(world, 10)
    assert (alarms(world, "赵老师"), list(gauge(Platform.WECOM))) == ([], [("down", "连接不上")])

    world.wecom.faults.down = False
    await minutes(world, 7)
    assert alarms(world, "赵老师")[-1] == "【企业微信已恢复】"
    assert "【飞书发不出消息】" in alarms(world, "赵老师")


async def test_where_no_administrator_is_on_a_platform_that_works_the_centre_is_told_there(
    world: World,
) -> None:
    world.wecom.faults.down = True
    await world.say("李老师", "/我的")
    await minutes(world, 6)

    assert world.titles("钱主任") == ["企业微信发不出消息"]


async def test_a_quota_that_is_used_up_is_told_with_its_reason(world: World) -> None:
    world.feishu.faults.limited = True
    await handed_in(world)
    await minutes(world, 7)

    assert list(gauge(Platform.FEISHU)) == [("down", "发得太密，平台要求稍后再发")]
    assert "发得太密" in world.last("赵老师")
