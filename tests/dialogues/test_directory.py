"""Somebody leaves or moves, and the directory says so: what follows at once."""

from datetime import date

from storage import db, duties, people, requests, trail
from tests.dialogues.posts import pass_review, request
from tests.world import World

NIGHT = {"hours": 20}
"""From nine in the morning past the nightly reading."""


async def nights(world: World, number: int = 1) -> None:
    """That many nights pass, in each of which both directories are read."""
    await world.look()
    for _ in range(number):
        await world.look(**NIGHT)
        await world.look(hours=4)


async def owed() -> list[tuple[str, str, str, str]]:
    """Medium, item, person and day of every change that must be filed."""
    rows = await db.rows("SELECT id FROM duties WHERE kind = 'change' ORDER BY id")
    found = [duty for row in rows if (duty := await duties.get(row["id"]))]
    return [
        (duty.medium, duty.detail["item"], duty.detail["person"], duty.detail["changed_on"])
        for duty in found
        if duty.detail
    ]


async def left(person: str) -> date | None:
    found = await people.get(person)
    assert found is not None
    return found.left_on


async def test_a_step_of_someone_who_left_is_put_to_whoever_can_decide_it_now(world: World) -> None:
    await pass_review(world)
    await world.feishu.leaves("ou_wang")
    await world.look()

    assert world.titles("高书记") == ["待审批 FB-2026-0001 学院更名"]
    assert await requests.holders((await request()).id) == {"1001": ""}
    assert "已不需办理" in world.titles("王书记")[-1]
    entry = (await trail.of("FB-2026-0001"))[-1]
    assert (entry.act, entry.note) == ("reroute", "2101 → 1001；2101 left on 2026-11-23")


async def test_the_media_of_a_leaver_must_be_filed_anew_and_the_fact_is_told_once(world: World) -> None:
    await nights(world)
    await world.wecom.leaves("li")
    await nights(world)
    assert await left("2104") is None

    await nights(world, 3)

    gone = await left("2104")
    assert gone is not None
    day = gone.isoformat()
    assert await owed() == [
        ("QM-0001", "operator", "2104", day),
        ("QM-0002", "operator", "2104", day),
        ("QM-0001", "admins", "2104", day),
        ("QM-0002", "admins", "2104", day),
    ]
    assert [entry.act for entry in await trail.of("person:2104")] == ["directory", "leave"]
