"""The signed head of the trail comes to several people as text, and that it came stands in the trail."""

from datetime import timedelta

from bot import metrics
from handlers.letters import checkpoints as letters
from handlers.rules.checkpoints import late
from storage import checkpoints, db, order, published, trail
from storage.checkpoints import Checkpoint
from storage.notes import Signer
from tests.dialogues.posts import submit
from tests.dialogues.test_duties import day
from tests.dialogues.test_duties_standing import look_out
from tests.world import World, words

SIGNER = Signer("media.example.edu.cn/quanmei", bytes(range(32)))
READERS = ("赵老师", "钱主任", "沈老师")
"""The centre, of whom one is an administrator too, and the auditor."""


async def signing(world: World, signer: Signer = SIGNER) -> None:
    world.signer = signer
    await world.restart()


async def look(world: World) -> None:
    await world.machine.checkpoints.look()
    await world.settle()


def received(world: World, name: str) -> list[Checkpoint]:
    """The checkpoints that somebody can copy out of the chat, oldest first."""
    shown = [one for one in world.screen(name) if not one.mine]
    return [found for one in shown for found in checkpoints.within(str(one.text))]


async def test_the_head_comes_as_text_to_auditor_centre_and_administrator(world: World) -> None:
    await signing(world)
    await submit(world)
    tree = await order.tree()
    await look(world)

    [made] = received(world, "沈老师")
    assert [received(world, name) for name in READERS] == [[made]] * 3
    assert (made.size, made.root) == (tree.size, tree.root)
    assert checkpoints.signed_by(made, [SIGNER.verifier])
    assert received(world, "李老师") == []

    entries = await trail.of(f"checkpoint:{made.size}")
    assert sorted((one.act, one.after, str(one.platform)) for one in entries) == [
        ("posted", "1101", "wecom"), ("posted", "1102", "feishu"), ("posted", "1301", "wecom"),
    ]  # fmt: skip
    assert all(one.message and one.digest == made.root.hex() for one in entries)


async def test_a_day_without_anything_new_brings_none_and_a_busy_one_more(world: World) -> None:
    await signing(world)
    await submit(world)
    await look(world)
    world.now += timedelta(days=3)
    await look(world)
    assert len(received(world, "沈老师")) == 1

    await world.click("孙老师", "审查通过")
    await look(world)
    first, second = received(world, "沈老师")
    assert second.size > first.size

    await world.click("王书记", "同意")
    await look(world)
    assert len(received(world, "沈老师")) == 2
    assert await letters.oldest_uncovered() is not None


async def test_what_no_posted_checkpoint_covers_for_a_day_raises_the_alarm(world: World) -> None:
    await submit(world)
    world.now += timedelta(days=1, minutes=1)
    await look(world)

    assert late(await letters.oldest_uncovered(), world.now)
    assert metrics.UNPUBLISHED._value.get() > 86_400
    assert await published.last() is None

    await signing(world)
    await look(world)
    await look(world)
    assert not late(await letters.oldest_uncovered(), world.now)
    assert metrics.UNPUBLISHED._value.get() == 0


async def test_the_monday_digest_brings_the_last_one_to_whoever_leads_a_unit_too(world: World) -> None:
    await signing(world)
    await look_out(world, "2026-11-23 10:07")
    await submit(world)
    await db.run("UPDATE duties SET next_at = NULL WHERE kind = 'decide'")
    await look(world)
    assert received(world, "王书记") == []

    await day(world, "2026-11-30 09:45")
    made = await published.last()
    assert made
    [digest] = [shown for shown in world.screen("王书记") if "周报" in words(shown)]
    assert f"检查点 {made.size} 条" in words(digest)
    assert [one.note for one in received(world, "王书记")] == [made.note]
    assert [one.size for one in received(world, "沈老师")].count(made.size) == 1
    posted = await trail.of(f"checkpoint:{made.size}")
    assert [bool(one.message) for one in posted if one.after == "2101"] == [True]


async def test_the_administrator_is_told_once_a_day_that_none_was_posted(world: World) -> None:
    await submit(world)
    told = []
    for _ in range(3):
        world.now += timedelta(days=1, minutes=1)
        await look(world)
        await look(world)
        told.append(sum("留痕检查点没有发出" in words(one) for one in world.screen("赵老师")))
    assert told == [1, 2, 3]

    await signing(world)
    await look(world)
    world.now += timedelta(days=1)
    await look(world)
    assert sum("留痕检查点没有发出" in words(one) for one in world.screen("赵老师")) == 3


async def test_a_new_key_stands_in_the_trail_from_its_first_checkpoint_on(world: World) -> None:
    other = Signer(SIGNER.name, bytes(32))
    await signing(world)
    await submit(world)
    await look(world)
    await signing(world, other)
    await world.click("孙老师", "审查通过")
    world.now += timedelta(days=1)
    await look(world)

    assert [one.note for one in await trail.of(published.KEYS)] == [str(SIGNER.verifier), str(other.verifier)]
    first, second = received(world, "沈老师")
    assert checkpoints.signed_by(first, [SIGNER.verifier])
    assert checkpoints.signed_by(second, [other.verifier])
    assert [made.size for made in await published.every()] == [first.size, second.size]
    assert await db.rows("SELECT size FROM checkpoints WHERE posted_at IS NULL") == []
