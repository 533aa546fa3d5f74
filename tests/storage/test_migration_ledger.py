"""A ledger in which filed changes stood as if they were recorded is brought back to what is recorded."""

from collections.abc import AsyncIterator

import pytest_asyncio

from storage import db, opening

BEFORE = "0002_ledger_and_duties"


@pytest_asyncio.fixture(autouse=True)
async def _old(empty_url: str) -> AsyncIterator[None]:
    """A database as it was before."""
    async with opening.opened(empty_url):
        await opening.migrate(BEFORE)
        yield


async def medium(no: str, name: str, unit: str = "2100", state: str = "在用", operator: str = "2104") -> None:
    await db.run(
        "INSERT INTO media (no, name, platform_type, account, unit, operator, admins, filed_on, state)"
        " VALUES (?, ?, '微博', '', ?, ?, '[]', '', ?)",
        *(no, name, unit, operator, state),
    )


async def change(no: str, item: str, before: str, after: str, day: int, *, recorded: bool = False) -> None:
    await db.run(
        "INSERT INTO media_changes (medium, item, before, after, effective_on, entered_at, recorded_at,"
        " request, source) VALUES (?, ?, ?, ?, ?, 0, ?, 1, 'change')",
        *(no, item, before, after, f"2026-11-{day:02d}", 1 if recorded else None),
    )


async def migrated(column: str = "name") -> dict[str, str]:
    await opening.migrate()
    return {row["no"]: row[column] for row in await db.rows("SELECT * FROM media ORDER BY no")}


async def test_what_waits_is_taken_out_of_the_ledger_and_stays_in_the_history() -> None:
    await medium("QM-0001", "甲", unit="2200", state="在用")
    await change("QM-0001", "host_unit", "2100", "2200", 5)
    await change("QM-0001", "state", "停更", "在用", 5)

    assert await migrated("unit") == {"QM-0001": "2100"}
    assert await migrated("state") == {"QM-0001": "停更"}
    assert len(await db.rows("SELECT * FROM media_changes WHERE recorded_at IS NULL")) == 2


async def test_the_last_that_was_recorded_counts_by_its_day() -> None:
    await medium("QM-0001", "甲", operator="4")
    await change("QM-0001", "operator", "3", "4", 9)
    await change("QM-0001", "operator", "1", "2", 3, recorded=True)
    await change("QM-0001", "operator", "2", "3", 5, recorded=True)

    assert await migrated("operator") == {"QM-0001": "3"}


async def test_a_recorded_change_after_one_that_waits_stays() -> None:
    await medium("QM-0001", "甲", operator="3")
    await change("QM-0001", "operator", "1", "2", 3)
    await change("QM-0001", "operator", "2", "3", 5, recorded=True)

    assert await migrated("operator") == {"QM-0001": "3"}


async def test_what_was_written_over_it_since_stays() -> None:
    await medium("QM-0001", "甲", state="停止运行")
    await change("QM-0001", "state", "停更", "在用", 5)

    assert await migrated("state") == {"QM-0001": "停止运行"}


async def test_what_is_recorded_is_left_alone() -> None:
    await medium("QM-0001", "乙")
    await change("QM-0001", "name", "甲", "乙", 5, recorded=True)

    assert await migrated() == {"QM-0001": "乙"}


async def test_names_come_back_though_they_have_moved_on() -> None:
    await medium("QM-0001", "乙")
    await medium("QM-0002", "甲")
    await change("QM-0001", "name", "甲", "乙", 5)
    await change("QM-0002", "name", "丙", "甲", 6)

    assert await migrated() == {"QM-0001": "甲", "QM-0002": "丙"}


async def test_of_two_that_had_a_name_the_first_gets_it_back() -> None:
    await medium("QM-0001", "乙")
    await medium("QM-0002", "丙")
    await change("QM-0001", "name", "甲", "乙", 5)
    await change("QM-0002", "name", "甲", "丙", 6)

    assert await migrated() == {"QM-0001": "甲", "QM-0002": "丙"}


async def test_a_name_that_another_has_by_now_does_not_come_back() -> None:
    await medium("QM-0001", "乙", unit="2200")
    await medium("QM-0002", "甲")
    await change("QM-0001", "name", "甲", "乙", 5)
    await change("QM-0001", "host_unit", "2100", "2200", 5)

    assert await migrated() == {"QM-0001": "乙", "QM-0002": "甲"}
    assert await migrated("unit") == {"QM-0001": "2100", "QM-0002": "2100"}
