"""Rows that cannot be read, codes and names that do not fit: each stands in nobody's way."""

import pytest

from storage import db, outbox, response_codes
from storage.letters import LetterState
from tests.faults.acts import handed_in, pass_time
from tests.world import World, title, words

SPOILT = {
    "kind": "kind = 'telegram'",
    "args": "args = '{\"text\":'",
    "no object": "args = '[]'",
    "lane": "lane = 'nowhere'",
    "time": "created_at = 9000000000000000000",
}


@pytest.mark.parametrize("spoil", SPOILT)
async def test_one_row_that_cannot_be_read_stops_nobody_elses_letters(any_world: World, spoil: str) -> None:
    world = any_world
    world.feishu.faults.down = True
    await handed_in(world)
    asking = "template = 'approval' AND person = '2103'"
    await db.run(f"UPDATE letters SET {SPOILT[spoil]} WHERE {asking}")
    world.feishu.faults.down = False
    await pass_time(world, 60)

    counts = await outbox.counts()
    dead = await outbox.dead()
    assert (counts, [letter.state for letter in dead]) == ({"dead": 1}, [LetterState.DEAD])
    assert (dead[0].person, dead[0].template, dead[0].error) == ("2103", "approval", "unreadable")
    assert title(world.card("李老师", of="学院更名")).startswith("审批中")
    assert [dead[0].id in words(told) for told in world.screen("赵老师") if "读不出来" in words(told)] == [
        True
    ]

    # What else is done with the request passes the row by.
    await world.say("李老师", "/撤回 FB-2026-0001")
    assert world.errors == []


async def test_a_card_keeps_the_newest_codes_that_fit(any_world: World) -> None:
    world = any_world
    await handed_in(world)
    card = (await outbox.copies(1))[0].id
    codes = [f"code{n:03}{'x' * 60}" for n in range(40)]
    for code in codes:
        await world.machine.writer.do(lambda code=code: response_codes.add(card, code))  # type: ignore[misc]

    kept = await outbox.get(card)
    assert kept is not None
    assert kept.response_codes == tuple(codes[-14:])
