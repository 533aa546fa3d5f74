"""Rows are held before they are written, in one order; a draft becomes one version of one request."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from storage import db, drafts, holds, ledger, opening, requests
from storage.held import held
from storage.holds import NotHeld
from storage.records import Draft, Platform, Request, State, Urgency

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
async def _database(university_url: str) -> AsyncIterator[None]:
    async with opening.opened(university_url):
        yield


pytestmark = pytest.mark.usefixtures("_database")


def a_request(number: str) -> Request:
    return Request(
        id=0, number=number, kind="FB", state=State.IN_REVIEW, applicant="2104", unit="2100",
        title="学院更名", form={}, digest="", chain=(), step="", version=1, urgency=Urgency.NORMAL,
        submitted_at=AT, step_since=AT,
    )  # fmt: skip


async def a_draft() -> Draft:
    async with db.transaction():
        return await drafts.add("2104", "FB", Platform.WECOM, {"title": "学院更名"}, AT)


async def test_a_row_that_is_not_held_is_not_written() -> None:
    draft = await a_draft()
    async with db.transaction():
        request = await requests.add(a_request("FB-2026-0001"))
    writes: tuple[Callable[[], Awaitable[None]], ...] = (
        lambda: drafts.save(draft),
        lambda: drafts.submit(draft.id),
        lambda: drafts.give_up(draft.id),
        lambda: drafts.erase(draft.id),
        lambda: requests.save(request),
        lambda: requests.revise(request, AT),
        lambda: requests.conclude(request),
        lambda: requests.set_holders(request.id, {}),
        lambda: ledger.change("QM-0001", {"name": "机电新声"}),
        lambda: ledger.rewrite("QM-0001", "name", []),
    )
    for write in writes:
        async with db.transaction():
            with pytest.raises(NotHeld):
                await write()


async def test_nobody_asks_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = await a_draft()
    monkeypatch.setattr(holds, "_checked", False)
    await drafts.save(draft)


async def test_what_is_held_is_read_as_it_is_then_and_may_be_written() -> None:
    draft = await a_draft()
    async with db.transaction():
        request = await requests.add(a_request("FB-2026-0001"))
    async with db.transaction():
        found = await held(draft=draft.id, request="FB-2026-0001", medium="QM-0001", person="2104")
        assert (found.draft, found.request) == (draft, request)
        assert found.medium is not None
        assert found.person is not None
        assert (found.medium.name, found.person.name) == ("机电之声", "李老师")
        await drafts.save(replace(draft, form={"title": "校庆"}))
        await ledger.change("QM-0001", {"name": "机电新声"})
        await requests.save(request)
    again = await drafts.get(draft.id)
    assert again is not None
    assert again.form == {"title": "校庆"}


async def test_rows_are_taken_in_one_order() -> None:
    draft = await a_draft()
    async with db.transaction():
        request = await requests.add(a_request("FB-2026-0001"))
    async with db.transaction():
        await held(medium="QM-0001")
        with pytest.raises(NotHeld):
            await held(request=request.id)
    async with db.transaction():
        await held(request=request.id)
        with pytest.raises(NotHeld):
            await held(draft=draft.id)
    async with db.transaction():
        await held(draft=draft.id, person="2104")
        await held(draft=draft.id)


async def test_what_a_job_held_is_not_held_by_the_next_of_its_transaction() -> None:
    draft = await a_draft()
    async with db.transaction():
        with suppress(ZeroDivisionError):
            async with db.savepoint():
                await held(draft=draft.id, person="2104")
                raise ZeroDivisionError
        async with db.savepoint():
            with pytest.raises(NotHeld):
                await drafts.save(draft)
            await held(draft=draft.id)
            await drafts.save(draft)


@pytest.mark.parametrize("end", [drafts.submit, drafts.give_up, drafts.erase])
async def test_a_stale_write_never_opens_a_draft_again(end: Callable[[int], Awaitable[None]]) -> None:
    draft = await a_draft()
    async with db.transaction():
        await held(draft=draft.id)
        await end(draft.id)
        with pytest.raises(db.Conflict):
            await drafts.save(draft)
        with pytest.raises(db.Conflict):
            await drafts.submit(draft.id)
    assert await drafts.open_of("2104") == []


async def test_a_draft_becomes_one_version_and_no_other() -> None:
    draft = await a_draft()
    async with db.transaction():
        request = await requests.add(a_request("FB-2026-0001"), draft.id)
    with pytest.raises(db.Taken):
        async with db.transaction():
            await requests.add(a_request("FB-2026-0002"), draft.id)
    with pytest.raises(db.Taken):
        await _revised(replace(request, version=2), draft)
    assert await requests.of_draft(draft.id) == request
    assert await requests.of_draft(draft.id + 1) is None


async def _revised(request: Request, draft: Draft) -> None:
    async with db.transaction():
        await held(request=request.id)
        await requests.revise(request, AT, draft.id)


async def test_requests_without_a_draft_are_as_many_as_there_are() -> None:
    async with db.transaction():
        for number in (1, 2):
            await requests.add(a_request(f"FB-2026-000{number}"))
    assert len(await requests.sent_by("2104", 10)) == 2
