"""An import on both databases: all or nothing, histories kept, the second time nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot import sheets
from bot.importing import bring_in
from handlers.rules.import_cells import TableKind
from handlers.rules.import_changes import Count
from storage import db, media, opening, people, requests, trail
from storage.records import Medium, Person, Platform, Role, Unit, UnitKind
from tests.rules.import_tables import school, with_cell, with_row

U, P, M = TableKind.UNITS, TableKind.PEOPLE, TableKind.MEDIA
NOW = datetime(2026, 11, 22, 8, 0, 0, 123000, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DEMO = Path(sheets.__file__).parent / "sandbox" / "data"


@pytest_asyncio.fixture(autouse=True)
async def _database(database_url: str) -> AsyncIterator[None]:
    async with opening.opened(database_url):
        yield


async def everything() -> tuple[tuple[Unit, ...], list[Person], list[Medium]]:
    return await people.all_units(), await people.everybody(), await media.ledger()


async def appointments() -> list[tuple[str, str, str, int, int | None]]:
    found = await db.rows("SELECT * FROM appointments ORDER BY id")
    return [(row["unit"], row["post"], row["person"], row["since_at"], row["until_at"]) for row in found]


async def test_what_was_imported_is_what_the_directory_then_says() -> None:
    decided = await bring_in(school(), NOW)

    new = [replace(medium, filed_here_at=NOW) for medium in decided.media]
    assert await everything() == (tuple(decided.units), list(decided.people), new)
    assert await people.by_account(Platform.WECOM, ["lilaoshi"]) == decided.people[1]
    assert await people.unit("2") == Unit("2", "机电学院", UnitKind.PARTY_UNIT, "1", "100")


async def test_the_demo_school_has_no_fault() -> None:
    decided = await bring_in(sheets.read(DEMO).tables, NOW)

    assert (decided.problems, decided.warnings) == ((), ())
    centre = await people.with_role(Role.CENTER_APPROVER)
    assert [person.name for person in centre] == ["赵老师", "钱主任"]
    assert [person.name for person in await people.unreachable()] == ["陈同学"]


async def test_a_single_bad_row_keeps_everything_out() -> None:
    decided = await bring_in(with_row(school(), M, "机电微博,微博,,2,999,,,,"), NOW)

    assert [problem.row for problem in decided.problems] == [4]
    assert await everything() == ((), [], [])
    assert await db.rows("SELECT * FROM trail") == []


async def test_a_database_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        await db.run("INSERT INTO nowhere VALUES (1)")

    monkeypatch.setattr("storage.imports.write_media", broken)
    with pytest.raises(db.DatabaseError):
        await bring_in(school(), NOW)

    assert await everything() == ((), [], [])


async def test_a_dry_run_tells_the_changes_and_writes_nothing() -> None:
    decided = await bring_in(school(), NOW, dry_run=True)

    assert decided.counts == {U: Count(added=3), P: Count(added=4), M: Count(added=2)}
    assert await everything() == ((), [], [])
    assert await db.rows("SELECT * FROM counters") == []


async def test_importing_the_same_tables_twice_changes_nothing() -> None:
    await bring_in(school(), NOW)
    before = await everything(), await appointments()

    decided = await bring_in(school(), LATER)

    assert decided.counts == {U: Count(unchanged=3), P: Count(unchanged=4), M: Count(unchanged=2)}
    assert (await everything(), await appointments()) == before
    assert {entry.at async for entry in trail.every()} == {NOW}


async def test_a_new_first_responsible_person_ends_the_old_appointment_at_the_import() -> None:
    await bring_in(with_cell(school(), U, 3, "副职工号", "101"), NOW)
    await bring_in(with_cell(school(), U, 3, "第一责任人工号", "101"), LATER)

    first, then = db.to_ms(NOW), db.to_ms(LATER)
    assert await appointments() == [
        ("2", "第一责任人", "100", first, then),
        ("2", "副职", "101", first, then),
        ("2", "第一责任人", "101", then, None),
    ]


async def test_a_vacant_post_and_an_unchanged_deputy_are_kept_as_they_are() -> None:
    with_deputy = with_cell(school(), U, 3, "副职工号", "101")
    await bring_in(with_deputy, NOW)
    await bring_in(with_cell(with_deputy, U, 3, "第一责任人工号", ""), LATER)

    first, then = db.to_ms(NOW), db.to_ms(LATER)
    assert await appointments() == [
        ("2", "第一责任人", "100", first, then),
        ("2", "副职", "101", first, None),
    ]


async def test_roles_are_the_same_in_both_their_places() -> None:
    await bring_in(with_cell(school(), P, 3, "角色", "系统管理员；保密审查人"), NOW)
    row = await db.one("SELECT roles, wecom, wecom_key FROM people WHERE id = '101'")
    assert dict(row or {}) == {"roles": "保密审查人;系统管理员", "wecom": "LiLaoshi", "wecom_key": "lilaoshi"}
    assert [person.id for person in await people.with_role(Role.ADMIN)] == ["101"]

    await bring_in(with_cell(school(), P, 3, "角色", "实名审计员"), LATER)
    assert await people.with_role(Role.ADMIN) == ()
    assert [person.id for person in await people.with_role(Role.AUDITOR)] == ["101"]


async def test_accounts_and_names_may_be_exchanged_in_one_import() -> None:
    await bring_in(school(), NOW)
    tables = with_cell(with_cell(school(), P, 2, "企业微信账号", "lilaoshi"), P, 3, "企业微信账号", "wang")
    for row, no, name, kind in (
        (2, "QM-0001", "机电视频", "视频号"),
        (3, "QM-0002", "机电之声", "微信公众号"),
    ):
        for column, value in (("备案号", no), ("媒体名称", name), ("平台类型", kind)):
            tables = with_cell(tables, M, row, column, value)

    assert (await bring_in(tables, LATER)).problems == ()

    assert [person.wecom for person in await people.everybody()] == ["lilaoshi", "wang", "", ""]
    assert [(one.no, one.name) for one in await media.ledger()] == [
        ("QM-0001", "机电视频"),
        ("QM-0002", "机电之声"),
    ]


async def test_the_next_number_follows_the_highest_imported_and_is_never_given_again() -> None:
    await bring_in(with_cell(school(), M, 2, "备案号", "QM-0007"), NOW)
    assert [one.no for one in await media.ledger()] == ["QM-0007", "QM-0008"]

    assert await requests.next_number("QM") == 9
    await bring_in(
        with_row(with_cell(school(), M, 2, "备案号", "QM-0007"), M, "机电微博,微博,,2,101,,,,"), LATER
    )
    assert [one.no for one in await media.ledger()] == ["QM-0007", "QM-0008", "QM-0010"]


async def test_of_two_imports_at_once_one_adds_and_the_other_finds_it_done() -> None:
    both = await asyncio.gather(bring_in(school(), NOW), bring_in(school(), LATER))

    assert sorted(plan.counts[M].added for plan in both) == [0, 2]
    assert [one.no for one in await media.ledger()] == ["QM-0001", "QM-0002"]


async def test_what_the_chat_taught_of_a_person_survives_an_import() -> None:
    (_, person, *_) = (await bring_in(school(), NOW)).people
    await people.used_platform(person, Platform.FEISHU)

    await bring_in(with_cell(school(), P, 3, "职务", "宣传秘书"), LATER)

    found = await people.get("101")
    assert found
    assert (found.title, found.last_platform) == ("宣传秘书", Platform.FEISHU)
