"""A number may be written in any form that means one request to whoever writes (FB12, FB0001, 12)."""

import pytest

from storage.records import State
from tests.dialogues.filings import file
from tests.dialogues.posts import request, submit
from tests.world import World


@pytest.mark.parametrize("number", ["FB-2026-0001", "FB1", "FB0001", "fb-0001", "ＦＢ１", "1", "0001"])
async def test_a_decision_takes_a_number_written_short(world: World, number: str) -> None:
    await submit(world)
    await world.say("孙老师", f"/退回 {number} 请补主语")

    assert (await request()).state is State.RETURNED
    assert world.last("孙老师").endswith("已退回 FB-2026-0001，理由：请补主语。")


async def test_where_two_fit_the_whole_numbers_are_asked_for(world: World) -> None:
    await submit(world)
    await file(world)
    await world.say("李老师", "/撤回 1")

    assert world.last("李老师").endswith("有 2 件：BA-2026-0001、FB-2026-0001。请写完整编号。")
    assert (await request()).state is State.IN_REVIEW


async def test_somebody_elses_request_is_not_found_by_its_serial(world: World) -> None:
    await submit(world)
    await world.say("唐老师", "/同意 1")

    assert "请写明编号" in world.last("唐老师")


@pytest.mark.parametrize("reason", ["12", "，。！", "１ ２"])
async def test_digits_and_marks_alone_are_no_reason(world: World, reason: str) -> None:
    await submit(world)
    await world.say("孙老师", f"/退回 FB-2026-0001 {reason}")

    assert (await request()).state is State.IN_REVIEW
    assert "理由" in world.last("孙老师")


async def test_a_short_number_is_this_years_request(world: World) -> None:
    await submit(world)
    await world.say("李老师", "/查询 1")

    assert "FB-2026-0001" in world.titles("李老师")[-1]


async def test_a_short_number_that_two_requests_have_is_asked_for_in_full(world: World) -> None:
    await submit(world)
    await file(world)
    await world.say("李老师", "/查询 0001")

    assert world.last("李老师").endswith("有 2 件：BA-2026-0001、FB-2026-0001。请写完整编号。")


async def test_a_short_number_of_somebody_elses_request_finds_nothing(world: World) -> None:
    await submit(world)
    await world.say("唐老师", "/查询 1")

    assert "请写明编号" in world.last("唐老师")
