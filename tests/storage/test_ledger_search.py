"""Looking the ledger up: the plans use indexes, however many requests there are."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from storage import db, ledger_facts, media_search, opening
from storage.media_search import Word

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MEDIA, POSTS = 40, 4000


@pytest_asyncio.fixture(autouse=True)
async def _database(database_url: str) -> AsyncIterator[None]:
    async with opening.opened(database_url):
        await db.many(
            "INSERT INTO media (no, name, platform_type, account, unit, operator, admins, filed_on, state)"
            " VALUES (?, ?, '微博', '', ?, '1', '[]', '', '在用')",
            [(f"QM-{n:04d}", f"媒体{n}", f"{n % 4}") for n in range(1, MEDIA + 1)],
        )
        await db.many(
            "INSERT INTO post_media (request, medium, published_at) VALUES (?, ?, ?)",
            [
                (n, f"QM-{n % MEDIA + 1:04d}", None if n % 3 else db.to_ms(NOW - timedelta(hours=n)))
                for n in range(POSTS)
            ],
        )
        await db.run("ANALYZE")
        yield


async def plan_of(sql: str, *args: object) -> str:
    explain = "EXPLAIN " if db.is_postgres() else "EXPLAIN QUERY PLAN "
    return "\n".join(str(list(row.values())[-1]) for row in await db.rows(explain + sql, *args))


async def test_the_last_post_of_each_medium_is_found() -> None:
    numbers = ["QM-0001", "QM-0003", "QM-0999"]
    found = await ledger_facts.last_posts(numbers, NOW + timedelta(milliseconds=1))

    assert found == {"QM-0001": NOW, "QM-0003": NOW - timedelta(hours=42)}
    assert await ledger_facts.last_posts(["QM-0001"], NOW) == {"QM-0001": NOW - timedelta(hours=120)}


async def test_last_posts_are_sought_by_index() -> None:
    plan = await plan_of(ledger_facts.LAST_POSTS.format("?"), db.to_ms(NOW), "QM-0001")

    assert "idx_post_media" in plan
    assert "SCAN p" not in plan
    assert "Seq Scan on post_media" not in plan


async def test_changes_owed_are_sought_by_index() -> None:
    await db.many(
        'INSERT INTO duties (name, kind, person, article, step, version, since_at, rung, medium, "open")'
        " VALUES (?, 'change', '', '', 0, 0, 0, 0, ?, ?)",
        [(f"change:{n}", f"QM-{n % MEDIA:04d}" if n % 100 == 0 else None, False) for n in range(POSTS)],
    )
    await db.run("ANALYZE")
    plan = await plan_of(ledger_facts.owing(["QM-0001"]).sql(params_inline=True))

    assert "idx_duties_medium" in plan


async def test_a_search_pages_through_what_it_found_and_counts_it() -> None:
    first, total = await media_search.search([Word("媒体1")], None, 5, 0)
    last, same = await media_search.search([Word("媒体1")], None, 5, 10)

    assert (total, same) == (11, 11)
    assert [medium.no for medium in first] == ["QM-0001", "QM-0010", "QM-0011", "QM-0012", "QM-0013"]
    assert [medium.no for medium in last] == ["QM-0019"]


async def test_a_search_stays_within_the_units() -> None:
    found, total = await media_search.search([Word("媒体")], ["1"], 3, 0)

    assert (total, [medium.unit for medium in found]) == (10, ["1", "1", "1"])
    assert await media_search.search([], [], 3, 0) == ([], 0)


async def test_a_word_may_be_that_of_a_unit() -> None:
    _, total = await media_search.search([Word("机电学院", ("2", "3")), Word("媒体")], None, 3, 0)

    assert total == 20


@pytest.mark.parametrize("length", [17, 25, 41, 60, 5000])
async def test_a_word_that_no_column_holds_is_found_nowhere(length: int) -> None:
    assert await media_search.search([Word("长" * length)], None, 5, 0) == ([], 0)
