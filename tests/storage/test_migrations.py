"""Requests that were running before steps had names go on, and no index is lost on the way."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from storage import db, drafts, duties, opening, outbox, requests
from storage.duty_records import DutyKind
from storage.records import State
from storage.rows import dump
from storage.steps import How, Seat, SeatState

BEFORE = "0002_ledger_and_duties"
GIVEN_UP = {"sqlite_autoindex_duties_1", "duties_once_key"}
"""A duty's name is unique among the open ones alone."""

AT = 1_795_395_600_000
REPLACED = {"idx_letters_account_b2122a"}
"""Of letters by account: a receiver is a person on a platform."""


@pytest.fixture
async def old(empty_url: str) -> AsyncIterator[None]:
    """A database of before, with nothing in it yet."""
    async with opening.opened(empty_url):
        await opening.migrate(BEFORE)
        yield


def step(role: str, **more: Any) -> dict[str, Any]:
    verb = "审查" if role == "保密审查人" else "审批"
    known = {"role": role, "verb": verb, "article": "第六条（三）1", "unit": "2100", "because": []}
    return known | {"carries_review": False, "passed_by_rule": "", "assigned": "", "assigned_by": ""} | more


async def insert(table: str, **values: Any) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    await db.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())


async def insert_request(number: str, kind: str, form: dict[str, Any], **more: Any) -> None:
    """A request and its only version, as they were stored."""
    given = {"state": "in_review", "step": 1, "chain": [step("保密审查人"), step("第一责任人")]} | more
    chain = dump(given.pop("chain"))
    id_ = given.pop("id")
    await insert(
        "requests", id=id_, number=number, kind=kind, applicant="2104", unit="2100", title="学院更名",
        form=dump(form), digest="d" * 64, chain=chain, version=1, urgency="普通", submitted_at=AT,
        step_since_at=AT, due_at=None, trail_seq=2, trail_hash="h" * 64, **given,
    )  # fmt: skip
    await insert(
        "versions", request=id_, version=1, form=dump(form), digest="d" * 64, chain=chain, at=AT
    )  # fmt: skip


async def insert_decision(step: int, act: str = "approve", actor: str = "2103") -> None:
    await insert(
        "decisions", request=1, version=1, step=step, act=act, actor=actor, principal="", at=AT,
        digest="d" * 64, reason="", platform="", message="",
    )  # fmt: skip


async def test_a_running_request_goes_on_at_the_step_it_was_at(old: None) -> None:
    handed = step("第一责任人", assigned="2102", assigned_by="2101")
    await insert_request("FB-2026-0001", "FB", {"title": "更名"}, id=1, chain=[step("保密审查人"), handed])
    await insert_decision(0)
    await insert(
        "duties", once="decide:1:2", kind="decide", person="", article="", request=1, step=1, version=1,
        since_at=AT, next_at=AT, rung=0, open=True,
    )  # fmt: skip
    await insert(
        "prompts", person="2102", act="return", number="FB-2026-0001", step=1, version=1, expires_at=AT
    )
    args = dump({"request": 1, "number": "FB-2026-0001", "step": 1, "version": 1, "rung": 0})
    await insert(
        "letters", id="l" * 32, kind="send", platform="wecom", person="2102", account="wu", args=args,
        template="approval", lane="decision", request=1, state="sent", created_at=AT, next_at=AT,
        target="", urgent=0, attempts=0, message_id="", response_codes="", closed=0, error="",
    )  # fmt: skip
    await opening.migrate()

    request, duty = await requests.get("FB-2026-0001"), await duties.open_for(1, DutyKind.DECIDE)
    prompt, letter = await drafts.expected("2102", db.from_ms(AT - 1)), await outbox.get("l" * 32)
    assert request
    assert request.current
    assert duty
    assert prompt
    assert letter
    assert [s.name for s in request.chain] == ["review", "responsible"]
    assert (request.step, request.current.given) == ("responsible", (Seat("2102", How.TRANSFER, by="2101"),))
    assert request.chain[0].seats == (Seat("2103", state=SeatState.DECIDED, act="approve", digest="d" * 64),)
    assert (duty.step, prompt.step, letter.args["step"]) == ("responsible",) * 3
    assert [d.step for d in await requests.decisions(1)] == ["review"]


async def test_a_chain_that_grew_by_the_centre_keeps_what_the_centre_decided(old: None) -> None:
    await insert_request("FB-2026-0001", "FB", {}, id=1, state="awaiting_publish", step=3, chain=[
        step("保密审查人"), step("第一责任人"), step("全媒体中心"),
    ])  # fmt: skip
    await db.run("UPDATE versions SET chain = ?", dump([step("保密审查人"), step("第一责任人")]))
    for place in range(3):
        await insert_decision(place, actor=f"11{place}")
    await opening.migrate()

    request = await requests.get("FB-2026-0001")
    assert request
    assert (request.step, request.state) == ("", State.AWAITING_PUBLISH)
    assert [d.step for d in await requests.decisions(1)] == ["review", "responsible", "centre"]


async def test_answers_facts_and_outcome_lie_apart(old: None) -> None:
    change = {"media": ["QM-0001"], "changed_on": "2026-11-20", "after": {"name": "新"}, "files": []}
    term = {"before": {"name": "旧"}, "due_on": "2026-11-27", "late": False, "delay": 0}
    term |= {"provisional": False, "calendar": "12345678", "medium_name": "旧"}
    out = {"published_url": "https://example.com", "published_at": "2026-11-23T01:00:00+00:00"}
    await insert_request("BG-2026-0001", "BG", change | term, id=1, chain=[step("第一责任人")], step=0)
    await insert_request("FB-2026-0001", "FB", {"title": "更名"} | out, id=2, state="published", step=2)
    await insert_request("BA-2026-0001", "BA", {"account_name": "新", "medium_no": "QM-0007"}, id=3)
    await opening.migrate()

    found = [await requests.by_id(id_) for id_ in (1, 2, 3)]
    assert [(r.form, r.facts, r.outcome) for r in found if r] == [
        (change, term, {}),
        ({"title": "更名"}, {}, out),
        ({"account_name": "新"}, {}, {"medium_no": "QM-0007"}),
    ]
    assert await requests.form_of(1, 1) == change


async def test_what_was_stored_keeps_its_digest_and_is_marked(old: None) -> None:
    await insert_request("FB-2026-0001", "FB", {"title": "更名"}, id=1)
    await opening.migrate()

    row = await db.one("SELECT digest, scheme FROM versions WHERE request = 1")
    assert row
    assert (row["digest"], row["scheme"]) == ("d" * 64, 1)


async def test_no_index_is_lost(old: None) -> None:
    sql = "SELECT name FROM sqlite_master WHERE type = 'index'"
    if db.is_postgres():
        sql = "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'"
    before = {row["name"] for row in await db.rows(sql)}
    await opening.migrate()

    assert before - {row["name"] for row in await db.rows(sql)} <= REPLACED | GIVEN_UP
