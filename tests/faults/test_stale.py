"""A request that was captured and comes again when nobody knows any more whether it was handled."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from bot import metrics
from bot.platforms.base import Answer
from bot.sandbox.sim import Sim
from storage import db, inbox
from storage.records import Platform
from tests.faults.acts import Wiretap
from tests.world import World

NUMBER = "FB-2026-0001"
TABLES = ("claims", "letters", "decisions", "trail", "requests", "drafts", "prompts")
POST = "/发布\n媒体：{medium}\n标题：学院更名\n正文：经学校批准，特此公告。"
BOTH = pytest.mark.parametrize("platform", list(Platform))


def sim_of(world: World, platform: Platform) -> Sim:
    return world.feishu if platform is Platform.FEISHU else world.wecom


def refused(platform: Platform) -> float:
    labels = {"platform": platform.value, "result": "stale"}
    return metrics.REGISTRY.get_sample_value("quanmei_events_total", labels) or 0


async def everything(world: World) -> list[Any]:
    """What there is, and what stands on all screens."""
    counts = [(await db.rows(f"SELECT count(*) AS n FROM {table}"))[0]["n"] for table in TABLES]
    seen = [
        (shown.id, shown.version)
        for sim in (world.feishu, world.wecom)
        for screen in sim.screens.values()
        for shown in screen
    ]
    return [*counts, seen]


async def replayed(world: World, tap: Wiretap, **later: float) -> tuple[Answer, bool]:
    """The last captured request once more, its key forgotten; its answer, and whether it did anything."""
    world.now += timedelta(**later)
    await inbox.forget(world.now)
    before = await everything(world)
    answer = await tap.again(tap.heard[-1])
    await world.settle()
    return answer, await everything(world) != before


@BOTH
async def test_a_decision_that_is_replayed_after_eight_days_decides_nothing(
    any_world: World, platform: Platform
) -> None:
    world = any_world
    tap = Wiretap(world, sim_of(world, platform), platform)
    await world.say("林书记", f"/同意 {NUMBER}", on=platform)
    assert "没有" in world.last("林书记", on=platform)
    heard = tap.heard[-1]
    await world.say("唐老师", POST.format(medium="计算人"))
    await world.click("唐老师", "确认提交")
    tap.heard.append(heard)
    before = refused(platform)

    answer, did = await replayed(world, tap, days=8, hours=1)

    assert (answer.status, did) == (200, False)
    assert refused(platform) == before + 1
    assert world.errors == []


@BOTH
async def test_a_press_that_is_replayed_after_eight_days_does_nothing(
    any_world: World, platform: Platform
) -> None:
    world = any_world
    who = {Platform.FEISHU: "何老师", Platform.WECOM: "李老师"}[platform]
    await world.say(who, POST.format(medium="机电之声"))
    await world.click(who, "确认提交")
    tap = Wiretap(world, sim_of(world, platform), platform)
    await world.click(who, "催办")

    answer, did = await replayed(world, tap, days=8, hours=1)

    assert (answer.status, did) == (200, False)
    if platform is Platform.FEISHU:
        assert orjson.loads(answer.body) == {
            "toast": {
                "type": "warning",
                "content": "这是七天以前的点击，现在不再办理；当时是否办成，请看最新的卡片，或发 /待办。",
            }
        }


@BOTH
async def test_an_opened_conversation_that_is_replayed_after_eight_days_greets_nobody(
    any_world: World, platform: Platform
) -> None:
    world = any_world
    sim, account = world.where("林书记", on=platform)
    tap = Wiretap(world, sim, platform)
    await sim.enter(account)
    await world.settle()

    assert (await replayed(world, tap, days=8, hours=1))[1] is False


@BOTH
@pytest.mark.parametrize("later", [{"days": 6, "hours": 23}, {"days": 7}, {"days": 7, "seconds": 1}])
async def test_at_no_age_is_a_request_handled_twice(
    any_world: World, platform: Platform, later: dict[str, float]
) -> None:
    """The platform's clock is half an hour ahead of ours: by it, its events are younger than their keys."""
    world = any_world
    sim = sim_of(world, platform)
    sim.clock = lambda: world.now + timedelta(minutes=30)
    tap = Wiretap(world, sim, platform)
    await world.say("林书记", "/帮助", on=platform)

    assert (await replayed(world, tap, **later))[1] is False


@BOTH
async def test_what_a_platform_delivers_late_is_handled_as_ever(any_world: World, platform: Platform) -> None:
    world = any_world
    sim = sim_of(world, platform)
    sim.clock = lambda: world.now - timedelta(hours=8)

    await world.say("林书记", "/帮助", on=platform)

    assert world.titles("林书记", on=platform) == ["可用的命令"]
