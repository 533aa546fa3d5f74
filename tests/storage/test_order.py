"""One order over the whole trail: places without a gap, whatever is undone and whoever writes beside."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from storage import audit, db, opening, order, trail
from storage.records import TrailEntry
from tests.storage.test_migrations import insert

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)

EMPTY = ("before", "after", "principal", "platform", "message", "article", "digest")


class Undone(Exception):
    pass


async def write(matter: str, *, fails: bool = False) -> None:
    await trail.note(TrailEntry(matter, 0, NOW, "101", "approve"))
    if fails:
        raise Undone


async def places() -> list[tuple[str, int]]:
    found = await db.rows("SELECT matter, idx FROM trail ORDER BY idx")
    return [(row["matter"], row["idx"]) for row in found]


async def test_what_was_undone_leaves_no_gap(database_url: str) -> None:
    async with opening.opened(database_url):
        async with db.transaction():
            await write("a")
            with suppress(Undone):
                async with db.savepoint():
                    await write("b", fails=True)
            async with db.savepoint():
                await write("c")
        with suppress(Undone):
            async with db.transaction():
                await write("d", fails=True)
        async with db.transaction(), db.transaction():
            await write("a")

        assert await places() == [("a", 0), ("c", 1), ("a", 2)]
        assert (await order.tree()).size == 3
        assert await audit.verify() is None


async def test_transactions_side_by_side_take_places_in_turn(database_url: str) -> None:
    async def several(name: str) -> None:
        for n in range(5):
            async with db.transaction():
                await write(f"{name}{n}")
                await asyncio.sleep(0)
                await write(f"{name}{n}")

    async with opening.opened(database_url):
        await asyncio.gather(*(several(name) for name in "abcd"))

        assert [idx for _, idx in await places()] == list(range(40))
        assert await audit.verify() is None


async def test_what_was_written_before_has_its_place_by_age(empty_url: str) -> None:
    async with opening.opened(empty_url):
        await opening.migrate("0013_interpretations")
        first = trail.sealed(TrailEntry("b", 1, NOW, "101", "approve"))
        for entry in (first, trail.sealed(TrailEntry("a", 1, NOW, "102", "approve"))):
            await insert(
                "trail", matter=entry.matter, seq=1, at=db.to_ms(NOW), actor=entry.actor, act="approve",
                note="", prev="", hash=entry.hash,
                **dict.fromkeys(EMPTY, ""),
            )  # fmt: skip
        await opening.migrate()
        async with db.transaction():
            await write("b")

        assert await places() == [("b", 0), ("a", 1), ("b", 2)]
        assert (await trail.of("b"))[0] == replace(first, idx=0)
        assert await audit.verify() is None
