"""Whoever lost the post, role, unit, service or proxy that gave a seat decides nothing (invariant 1)."""

from collections.abc import Awaitable, Callable

import pytest

from storage import db, requests, trail
from storage.records import State
from storage.rows import dump
from tests.dialogues.posts import pass_review, request, submit
from tests.world import World

NUMBER = "FB-2026-0001"
Loss = Callable[[World], Awaitable[None]]


async def _sql(sql: str, *args: object) -> None:
    async with db.transaction():
        await db.run(sql, *args)


async def post(_: World) -> None:
    await _sql("UPDATE units SET deputies = ? WHERE code = '2100'", dump([]))


async def headship(_: World) -> None:
    await _sql("UPDATE units SET first_responsible = '2105' WHERE code = '2100'")


async def role(_: World) -> None:
    await _sql("DELETE FROM person_roles WHERE person = '2103'")
    await _sql("UPDATE people SET roles = '' WHERE id = '2103'")


async def centre(_: World) -> None:
    await _sql("DELETE FROM person_roles WHERE person = '1102'")
    await _sql("UPDATE people SET roles = '' WHERE id = '1102'")


async def unit(_: World) -> None:
    await _sql("UPDATE people SET unit = '2200' WHERE id = '2103'")


def service(person: str) -> Loss:
    async def left(_: World) -> None:
        await _sql("UPDATE people SET left_on = '2026-11-23' WHERE id = ?", person)

    return left


async def proxy(world: World) -> None:
    await world.say("王书记", "/代理 取消")


async def to_the_deputy(world: World) -> None:
    await pass_review(world)
    await world.say("王书记", f"/转办 {NUMBER} 吴副书记 出差")


async def stood_in_for(world: World) -> None:
    await world.say("王书记", "/代理 吴副书记 11-23 11-25 出差")
    await pass_review(world)


async def to_the_centre(world: World) -> None:
    await pass_review(world, 涉及="重大事项决策")
    await world.click("王书记", "同意")


@pytest.mark.parametrize(
    ("came", "lost", "who", "button"),
    [
        (to_the_deputy, post, "吴副书记", "同意"),
        (to_the_deputy, service("2102"), "吴副书记", "同意"),
        (stood_in_for, proxy, "吴副书记", "同意"),
        (stood_in_for, post, "吴副书记", "同意"),
        (stood_in_for, headship, "吴副书记", "同意"),
        (stood_in_for, service("2102"), "吴副书记", "同意"),
        (pass_review, headship, "王书记", "同意"),
        (pass_review, service("2101"), "王书记", "同意"),
        (submit, role, "孙老师", "审查通过"),
        (submit, unit, "孙老师", "审查通过"),
        (submit, service("2103"), "孙老师", "审查通过"),
        (to_the_centre, centre, "钱主任", "同意"),
        (to_the_centre, service("1102"), "钱主任", "同意"),
    ],
)
@pytest.mark.parametrize("way", ["click", "text"])
async def test_a_lost_right_decides_nothing(
    world: World, came: Callable[..., Awaitable[None]], lost: Loss, who: str, button: str, way: str
) -> None:
    await came(world)
    card = world.card(who, button)
    native, before = card.native, await request()
    await lost(world)
    card.native = native
    if way == "click":
        sim, account = world.where(who)
        world.step()
        await sim.click(account, card.id, button)
        await world.settle()
    else:
        await world.say(who, f"/同意 {NUMBER}")
    after = await request()

    assert (after.state, after.step, after.version) == (State.IN_REVIEW, before.step, 1)
    assert await requests.decisions(after.id) == await requests.decisions(before.id)


async def test_a_step_handed_to_somebody_who_lost_the_post_goes_back_with_a_record(world: World) -> None:
    await to_the_deputy(world)
    await post(world)
    await world.click("吴副书记", "同意")

    assert world.titles("王书记")[-1] == f"待审批 {NUMBER} 学院更名"

    await world.click("王书记", "同意")

    assert (await request()).state is State.AWAITING_PUBLISH
    assert [entry.act for entry in await trail.of(NUMBER)] == [
        "submit",
        "approve",
        "transfer",
        "reroute",
        "approve",
    ]


async def test_who_stood_in_and_lost_the_post_is_shown_nothing_to_decide(world: World) -> None:
    await stood_in_for(world)
    await world.say("吴副书记", "/待办")
    assert world.titles("吴副书记")[-1] == "待办 1 件"

    await post(world)
    await world.say("吴副书记", "/待办")

    assert "没有" in world.last("吴副书记")
    assert NUMBER not in world.last("吴副书记")
