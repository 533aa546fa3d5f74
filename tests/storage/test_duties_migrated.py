"""A database of before: what ran goes on, what returned requests owe begins, closed changes stand again."""

from collections.abc import AsyncIterator

import pytest

from storage import db, opening

BEFORE = "0002_ledger_and_duties"
MONDAY = 1_795_395_600_000


@pytest.fixture
async def before(empty_url: str) -> AsyncIterator[None]:
    """A database as it was before duties had names, with what people had done in it."""
    async with opening.opened(empty_url):
        await opening.migrate(BEFORE)
        await _requests()
        await _duties()
        yield


async def _requests() -> None:
    for number, kind, state in ((1, "FB", "in_review"), (2, "BG", "returned"), (3, "BG", "in_review")):
        await db.run(
            "INSERT INTO requests (id, number, kind, state, applicant, unit, title, form, digest, chain,"
            " step, version, urgency, submitted_at, step_since_at, trail_seq, trail_hash)"
            " VALUES (?, ?, ?, ?, '2104', '2100', '', '{}', '', '[]', 0, 1, '普通', ?, ?, 0, '')",
            number, f"{kind}-2026-000{number}", kind, state, MONDAY, MONDAY,
        )  # fmt: skip
    await db.run(
        "INSERT INTO decisions (request, version, step, act, actor, principal, at, digest, reason, platform,"
        " message) VALUES (2, 1, 0, 'return', '2101', '', ?, '', '再看', '', '')",
        MONDAY + 1,
    )


async def _duties() -> None:
    for once, kind, request, draft, is_open in (
        ("decide:1:4", "decide", 1, None, False),
        ("decide:1:7", "decide", 1, None, True),
        ("draft:9:3:title", "draft", None, 9, True),
        ("vacancy:2100:2026-11-23", "vacancy", None, None, True),
        ("change:QM-0001:admins:2105", "change", 2, None, False),
        ("change:QM-0002:admins:2105", "change", 3, None, False),
        ("week", "week", None, None, True),
    ):
        await db.run(
            "INSERT INTO duties (once, kind, person, article, request, draft, step, version, since_at,"
            ' next_at, rung, "open") VALUES (?, ?, \'\', \'\', ?, ?, 0, 1, ?, ?, 0, ?)',
            once, kind, request, draft, MONDAY, MONDAY if is_open else None, is_open,
        )  # fmt: skip


async def test_what_was_owed_is_carried_over_and_what_was_forgotten_begins(before: None) -> None:
    await opening.migrate()
    rows = await db.rows('SELECT name, next_at FROM duties WHERE "open" = ? ORDER BY name', True)

    assert [(row["name"], row["next_at"]) for row in rows] == [
        ("change:QM-0001:admins:2105", 0),
        ("change:QM-0002:admins:2105", 0),
        ("decide:1", MONDAY),
        ("revise:2", MONDAY + 1),
        ("vacancy:unit:2100", MONDAY),
        ("week", MONDAY),
    ]


async def test_a_second_open_duty_of_a_name_cannot_be(before: None) -> None:
    await opening.migrate()
    again = (
        'INSERT INTO duties (name, kind, person, article, step, version, since_at, rung, "open")'
        " SELECT name, kind, person, article, step, version, since_at, rung, ?"
        " FROM duties WHERE name = 'week'"
    )
    await db.run(again, False)

    with pytest.raises(db.DatabaseError):
        await db.run(again, True)
