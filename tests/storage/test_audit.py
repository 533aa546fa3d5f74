"""The trail checked: every way in which somebody might bend it is found, and named."""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from storage import audit, db, opening, requests, trail
from storage.places import Break
from storage.records import Request, State, TrailEntry, Urgency

NOW = datetime(2026, 11, 22, 8, 0, 0, 123000, tzinfo=UTC)


@pytest_asyncio.fixture(autouse=True)
async def _database(database_url: str) -> AsyncIterator[None]:
    async with opening.opened(database_url):
        yield


def an_entry(matter: str, seq: int) -> TrailEntry:
    return TrailEntry(matter, seq, NOW, "101", "approve", "a", "b", note=f"第 {seq} 条")


async def a_request(number: str, entries: int) -> None:
    """A request with that many trail entries."""
    seq, head = 0, ""
    async with db.transaction():
        for seq in range(1, entries + 1):
            sealed = trail.sealed(replace(an_entry(number, seq), salt=trail.salt(), prev=head))
            await trail.append(sealed)
            head = sealed.hash
    request = Request(
        id=0,
        number=number,
        kind="FB",
        state=State.PUBLISHED,
        applicant="101",
        unit="2",
        title="题",
        form={},
        digest="",
        chain=(),
        step="review",
        version=1,
        urgency=Urgency.NORMAL,
        submitted_at=NOW,
        step_since=NOW,
    )
    async with db.transaction():
        kept = await requests.add(request)
        await requests.save(replace(kept, trail_seq=seq, trail_hash=head))


async def two_matters() -> None:
    await a_request("FB-2026-0001", 3)
    await a_request("FB-2026-0002", 2)
    async with db.transaction():
        await trail.note(an_entry("import:2026-11-22T08:00:00.123+00:00", 0))


async def test_an_untouched_trail_is_whole_and_counted() -> None:
    await two_matters()
    counts: list[int] = []

    assert await audit.verify(counts.append) is None
    assert counts == [5, 6]  # the last matter of a page may go on with the next


async def test_an_empty_trail_is_whole() -> None:
    assert await audit.verify() is None


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        (
            "UPDATE trail SET note = '改过' WHERE matter = 'FB-2026-0001' AND seq = 2",
            Break("FB-2026-0001", 2, "内容被改动过"),
        ),
        (
            "UPDATE trail SET at = at + 1 WHERE matter LIKE 'import:%'",
            Break("import:2026-11-22T08:00:00.123+00:00", 1, "内容被改动过"),
        ),
        (
            "UPDATE trail SET at = 9000000000000000000 WHERE matter = 'FB-2026-0001' AND seq = 2",
            Break("FB-2026-0001", 2, "内容无法读取"),
        ),
        (
            "DELETE FROM trail WHERE matter = 'FB-2026-0001' AND seq = 2",
            Break("FB-2026-0001", 2, "这一条不见了"),
        ),
        (
            "DELETE FROM trail WHERE matter = 'FB-2026-0001' AND seq = 1",
            Break("FB-2026-0001", 1, "这一条不见了"),
        ),
        (
            "DELETE FROM trail WHERE matter = 'FB-2026-0001' AND seq = 3",
            Break("FB-2026-0001", 3, "这一条不见了"),
        ),
        (
            "DELETE FROM trail WHERE matter = 'FB-2026-0002' AND seq = 2",
            Break("FB-2026-0002", 2, "这一条不见了"),
        ),
        ("DELETE FROM trail WHERE matter = 'FB-2026-0002'", Break("FB-2026-0002", 1, "这一条不见了")),
        (
            "UPDATE trail SET prev = hash WHERE matter = 'FB-2026-0002' AND seq = 2",
            Break("FB-2026-0002", 2, "与上一条接不上"),
        ),
        (
            "UPDATE requests SET trail_seq = 2 WHERE number = 'FB-2026-0001'",
            Break("FB-2026-0001", 2, "与申请里记下的不一致"),
        ),
        (
            "UPDATE requests SET trail_seq = 0, trail_hash = '' WHERE number = 'FB-2026-0001'",
            Break("FB-2026-0001", 1, "申请里没有记下这一条"),
        ),
        (
            "UPDATE trail SET salt = '' WHERE matter = 'FB-2026-0001' AND seq = 2",
            Break("FB-2026-0001", 2, "内容被改动过"),
        ),
        ("UPDATE trail SET salt = 'zz' WHERE idx = 4", Break("FB-2026-0002", 2, "内容无法读取")),
        ("UPDATE trail SET idx = 9 WHERE idx = 4", Break("总序", 0, "idx 4 的一条不见了")),
        ("UPDATE trail SET idx = NULL WHERE idx = 4", Break("FB-2026-0002", 2, "没有编入总序")),
        ("UPDATE trail SET idx = 9 - idx WHERE idx IN (2, 1)", Break("FB-2026-0001", 3, "先后与总序不一致")),
        ("UPDATE trail_tree SET size = 4", Break("总序", 0, "与记下的树不一致")),
        ("DELETE FROM trail WHERE matter LIKE 'import%'", Break("总序", 0, "与记下的树不一致")),
    ],
)
async def test_the_first_broken_entry_is_named(sql: str, broken: Break) -> None:
    await two_matters()
    await db.run(sql)

    assert await audit.verify() == broken


async def test_an_entry_rewritten_with_a_fitting_hash_still_shows() -> None:
    await two_matters()
    (first, second, third) = await trail.of("FB-2026-0001")
    forged = trail.sealed(replace(second, note="改过", prev=first.hash))
    await db.run("DELETE FROM trail WHERE matter = 'FB-2026-0001' AND seq >= 2")
    async with db.transaction():
        await trail.append(forged)
        await trail.append(trail.sealed(replace(third, prev=forged.hash)))

    assert await audit.verify() == Break("FB-2026-0001", 3, "与申请里记下的不一致")


async def test_whoever_has_the_export_can_check_it_without_the_program() -> None:
    await two_matters()

    exported = [json.loads(line) async for line in audit.lines()]

    assert [(entry["matter"], entry["seq"]) for entry in exported[:3]] == [
        ("FB-2026-0001", 1),
        ("FB-2026-0001", 2),
        ("FB-2026-0001", 3),
    ]
    assert exported[0]["time"] == "2026-11-22T08:00:00.123000+00:00"
    prev: dict[str, str] = {}
    for entry in exported:
        beside = ("hash", "salt", "idx", "time")
        hashed = {name: value for name, value in entry.items() if name not in beside}
        text = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        salted = bytes.fromhex(entry["salt"]) + text.encode()
        assert hashlib.sha256(salted).hexdigest() == entry["hash"]
        assert entry["prev"] == prev.get(entry["matter"], "")
        prev[entry["matter"]] = entry["hash"]
