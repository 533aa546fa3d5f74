"""What was last shown: sought by index, and known of the cards that were in chats before it was kept."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest_asyncio

from storage import db, opening, outbox
from storage.letters import Letter, LetterKind
from storage.records import Platform

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
REQUESTS, COPIES = 400, 8
BEFORE: str = import_module("storage.migrations.0006_letters").Migration.dependencies[0][1]


@pytest_asyncio.fixture(autouse=True)
async def _database(empty_url: str) -> AsyncIterator[None]:
    async with opening.opened(empty_url):
        yield


def card(request: int, person: str, number: int = 0, version: int = 1) -> Letter:
    return Letter(
        id=f"{request:016x}{number:016x}",
        kind=LetterKind.SEND,
        platform=Platform.FEISHU,
        person=person,
        account=f"ou_{person}",
        template="approval",
        args={"request": request, "step": "review", "version": version},
        created_at=NOW,
        request=request,
    )


async def plan_of(sql: str, *args: object) -> str:
    explain = "EXPLAIN " if db.is_postgres() else "EXPLAIN QUERY PLAN "
    return "\n".join(str(list(row.values())[-1]) for row in await db.rows(explain + sql, *args))


async def test_what_was_last_shown_is_sought_by_index() -> None:
    await opening.migrate()
    cards = [card(r, str(n % 40), n) for r in range(REQUESTS) for n in range(COPIES)]
    await outbox.put(cards)
    at = db.to_ms(NOW)
    await db.run("UPDATE letters SET state = 'sent', sent_at = ?, shown_version = 1", at)
    for one in cards[:COPIES]:
        await outbox.sent(one.id, "om", "", NOW, ("review", 1))
    await db.run("ANALYZE")

    plan = await plan_of(outbox.LAST_SHOWN, 0, "3", db.to_ms(NOW))

    assert "idx_letters_request" in plan
    assert "SCAN letters" not in plan
    assert "Seq Scan" not in plan
    assert await outbox.last_shown("3", 0, NOW) == ("review", 1)


REQUEST = (
    "INSERT INTO requests (id, number, kind, state, applicant, unit, title, form, digest, chain, step,"
    " version, urgency, submitted_at, step_since_at, trail_seq, trail_hash)"
    " VALUES (?, ?, 'FB', ?, '1', '1', '', '{}', '', '[]', 1, 2, '普通', 0, 0, 0, '')"
)


async def test_cards_that_wait_in_chats_are_known_to_have_been_shown() -> None:
    await opening.migrate(BEFORE)
    states = ("in_review", "published")
    await db.many(REQUEST, [(n, f"FB-2026-000{n}", state) for n, state in enumerate(states, 1)])
    sent = [card(1, "a", version=1), card(1, "b", 1, version=2), card(2, "a", version=2)]
    await outbox.put([*sent, card(1, "c", 2, version=2)])
    at = db.to_ms(NOW)
    await db.many(
        "UPDATE letters SET state = 'sent', sent_at = ? WHERE id = ?", [(at, one.id) for one in sent]
    )

    await opening.migrate()

    later = NOW + timedelta(hours=1)
    found = {(person, n): await outbox.last_shown(person, n, later) for person in "abc" for n in (1, 2)}
    assert {key: value for key, value in found.items() if value} == {
        ("a", 1): ("review", 1),
        ("b", 1): ("review", 2),
    }
