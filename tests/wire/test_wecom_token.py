"""WeCom's access token: fetched once for all, kept fresh, and never asked for in a loop."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.platforms.base import Answer, Fault, Passing, Permanent, Sent
from bot.platforms.wecom import Wecom
from cards.card import Card
from tests.wire.wecom_samples import SETTINGS, sample
from tests.wire.wecom_world import Clock, Line, World, said

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = said(sample("out-gettoken")["response"]["body"])


@pytest.fixture
def world() -> World:
    return World()


async def test_the_token_is_asked_for_as_documented() -> None:
    line = Line(TOKEN)

    await Wecom(SETTINGS, line, Clock()).ready()

    request = sample("out-gettoken")["request"]
    url = SETTINGS.base_url + request["path"]
    assert line.asked == [(request["method"], url, request["query"], None)]


async def test_many_senders_fetch_one_token(world: World) -> None:
    async def with_others_in_between(*args: Any, **named: Any) -> Answer:
        await asyncio.sleep(0)
        return await world.sim(*args, **named)

    wecom = Wecom(SETTINGS, with_others_in_between, world.clock)
    keys = [f"{number:032x}" for number in range(10)]

    await asyncio.gather(*(wecom.send("liwei", Card("提醒"), key) for key in keys))

    assert world.sim.calls.count(("GET", "/cgi-bin/gettoken")) == 1
    assert len(world.screen("liwei")) == 10


async def test_the_token_is_fetched_anew_five_minutes_before_its_end(world: World) -> None:
    await world.wecom.ready()
    world.clock.move(minutes=114)
    await world.wecom.ready()
    world.clock.move(minutes=1)
    await world.wecom.ready()

    assert world.sim.calls == [("GET", "/cgi-bin/gettoken")] * 2


async def test_a_token_that_still_holds_is_used_while_no_other_can_be_had(world: World) -> None:
    await world.wecom.ready()
    world.clock.move(minutes=116)
    world.sim.faults.down = True
    await world.wecom.ready()

    world.clock.move(minutes=4)
    with pytest.raises(Passing):
        await world.wecom.ready()


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_dropped_by_the_platform_is_fetched_once_and_the_call_repeated(code: int) -> None:
    line = Line(TOKEN, said({"errcode": code}), TOKEN, said({"errcode": 0, "msgid": "m"}))

    sent = await Wecom(SETTINGS, line, Clock()).send("liwei", Card("提醒"), KEY)

    assert sent == Sent("m")
    assert line.paths() == ["gettoken", "message/send"] * 2
    assert line.asked[1] == line.asked[3]


async def test_a_token_that_never_holds_is_not_chased() -> None:
    line = Line(TOKEN, said({"errcode": 42001}), TOKEN, said({"errcode": 42001}))

    with pytest.raises(Passing):
        await Wecom(SETTINGS, line, Clock()).send("liwei", Card("提醒"), KEY)


@pytest.mark.parametrize("wrong", [{"secret": "wrong"}, {"corp_id": "wrong"}])
async def test_a_refused_secret_is_not_tried_again_for_minutes(wrong: dict[str, str]) -> None:
    world = World()
    wecom = Wecom(replace(SETTINGS, **wrong), world.sim, world.clock)  # type: ignore[arg-type]

    for minutes in (0, 2, 2):
        world.clock.move(minutes=minutes)
        with pytest.raises(Permanent) as failure:
            await wecom.send("liwei", Card("提醒"), KEY)
        assert failure.value.fault == Fault.CONFIG
    assert world.sim.calls == [("GET", "/cgi-bin/gettoken")]

    world.clock.move(minutes=1)
    with pytest.raises(Permanent):
        await wecom.ready()
    assert len(world.sim.calls) == 2
