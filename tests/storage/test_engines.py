"""Our engines and Tortoise's models on them: one view of the data, and failures of ours only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from tortoise.transactions import in_transaction

from storage import db, opening
from storage.tables import Counter, Mark

TABLES = (
    "CREATE TABLE marks (name VARCHAR(60) PRIMARY KEY, value TEXT NOT NULL, at BIGINT NOT NULL)",
    "CREATE TABLE counters (name VARCHAR(20) PRIMARY KEY, value BIGINT NOT NULL)",
)
ADD = "INSERT INTO marks (name, value, at) VALUES (?, '', 0)"


@pytest.fixture(autouse=True)
async def _books(empty_url: str) -> AsyncIterator[None]:
    async with opening.opened(empty_url):
        for sql in TABLES:
            await db.run(sql)
        yield


async def add(name: str) -> None:
    await db.run(ADD, name)


async def by_model() -> list[str]:
    return [str(name) for name in await Mark.all().order_by("name").values_list("name", flat=True)]


async def by_sql() -> list[str]:
    return [row["name"] for row in await db.rows("SELECT name FROM marks ORDER BY name")]


async def test_a_model_sees_what_its_own_transaction_wrote_and_nobody_else_does() -> None:
    begun = asyncio.Event()

    async def elsewhere() -> list[str]:
        await begun.wait()
        return await by_model()

    other = asyncio.create_task(elsewhere())
    with suppress(ZeroDivisionError):
        async with db.transaction():
            await add("a")
            begun.set()
            await asyncio.sleep(0.05)
            async with db.reading():
                assert await by_model() == ["a"]
            raise ZeroDivisionError

    assert await other == []


async def test_what_is_undone_is_gone_for_both() -> None:
    with suppress(ZeroDivisionError):
        async with db.transaction():
            await add("a")
            await Mark.bulk_create([Mark(name="b", value="", at=0)])
            assert await by_sql() == await by_model() == ["a", "b"]
            raise ZeroDivisionError

    assert await by_sql() == await by_model() == []


async def test_a_transaction_within_another_is_undone_alone() -> None:
    async with db.transaction():
        await add("a")
        with suppress(ZeroDivisionError):
            async with db.transaction():
                await add("b")
                raise ZeroDivisionError
        async with in_transaction():
            await add("c")

    assert await by_sql() == ["a", "c"]


async def test_a_statement_that_fails_in_a_savepoint_leaves_the_rest() -> None:
    async with db.transaction():
        await add("a")
        with pytest.raises(db.DatabaseError):
            async with db.savepoint():
                await add("a")
        await add("b")

    assert await by_sql() == ["a", "b"]


async def test_a_task_that_outlives_its_transaction_stands_outside() -> None:
    over = asyncio.Event()

    async def late() -> None:
        await over.wait()
        await add("late")

    async with db.transaction():
        task = asyncio.create_task(late())
    with suppress(ZeroDivisionError):
        async with db.transaction():
            over.set()
            await asyncio.sleep(0)
            raise ZeroDivisionError
    await task

    assert await by_sql() == ["late"]


async def test_who_only_reads_cannot_write() -> None:
    with pytest.raises(db.DatabaseError):
        async with db.reading():
            await add("a")
    await add("b")

    assert await by_sql() == ["b"]


async def test_a_reading_is_of_one_moment() -> None:
    async with db.reading():
        before = await by_sql()
        task = asyncio.create_task(_outside())
        await asyncio.sleep(0.05)
        assert await by_model() == before == []
    await task

    assert await by_sql() == ["outside"]


async def _outside() -> None:
    """As another task of the bot would write, in a transaction of its own."""
    await db.engine().run(db.engine().native(ADD), ["outside"])


async def test_whoever_is_cancelled_leaves_the_connection_whole() -> None:
    async def long() -> None:
        async with db.transaction():
            await add("never")
            await asyncio.sleep(60)

    tasks = [asyncio.create_task(long()) for _ in range(3)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await add("a")

    assert await by_sql() == ["a"]


async def test_many_lines_are_all_there_or_none() -> None:
    with pytest.raises(db.DatabaseError):
        await db.many(ADD, [("a",), ("b",), ("a",)])

    assert await by_sql() == []


async def test_a_model_that_is_saved_has_its_key() -> None:
    await Counter.create(name="FB-2026", value=1)
    await Counter.filter(name="FB-2026").update(value=2)

    assert await Counter.all().values_list("name", "value") == [("FB-2026", 2)]
    assert await Counter.filter(name="FB-2026").delete() == 1


@pytest.mark.parametrize(
    "sql", ["SELEC 1", "SELECT * FROM nowhere", "INSERT INTO marks (name) VALUES (NULL)"]
)
async def test_every_failure_is_a_database_error(sql: str) -> None:
    with pytest.raises(db.DatabaseError):
        await db.rows(sql)
    with pytest.raises(db.DatabaseError):
        async with db.transaction():
            await db.run(sql)

    assert await by_sql() == []
