"""A year that becomes official: what is laid down, which deadlines move, and who is told."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest_asyncio

from bot.importing import bring_in
from handlers.calendar import Adopted, Move, Turn, adopt
from handlers.rules import notice
from handlers.rules.articles import ART_6_3
from handlers.rules.deadlines import step_due
from handlers.rules.workdays import Calendar
from handlers.workyear import current
from storage import calendar, db, opening, requests, trail
from storage.calendar import PART, Day
from storage.records import Request, State, Urgency
from storage.rows import load
from storage.steps import Step, StepRole, Verb
from tests.rules.import_tables import school
from tests.rules.test_notice import LABOUR_DAY, whole

SUBMITTED = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 12, 31, 9, 30, tzinfo=UTC)
MONDAY = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
SUNDAY = datetime(2027, 1, 3, 9, 0, tzinfo=UTC)
YEAR = notice.read('{"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {"2027-01-03": "元旦"}}')
SOURCE = "国务院办公厅 2027 年部分安排"
LAID_DOWN = (
    Day(date(2027, 1, 1), workday=False, name="元旦", source=SOURCE, status=PART),
    Day(date(2027, 1, 3), workday=True, name="元旦", source=SOURCE, status=PART),
)


@pytest_asyncio.fixture(autouse=True)
async def _database(database_url: str) -> AsyncIterator[None]:
    async with opening.opened(database_url):
        await bring_in(school(), SUBMITTED)
        yield


async def a_request(number: str, urgency: Urgency = Urgency.NORMAL) -> Request:
    """A post of 李老师 that waits for 王书记 since the afternoon of New Year's Eve."""
    request = Request(
        id=0,
        number=number,
        kind="FB",
        state=State.IN_REVIEW,
        applicant="101",
        unit="2",
        title="新年献词",
        form={},
        digest="d",
        chain=(Step("responsible", StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_6_3, "2"),),
        step="responsible",
        version=1,
        urgency=urgency,
        submitted_at=SUBMITTED,
        step_since=SUBMITTED,
        due_at=step_due(SUBMITTED, urgency, Calendar.default()).at,
    )
    async with db.transaction():
        kept = await requests.add(request)
        await requests.set_holders(kept.id, {"100": ""})
    return kept


async def test_the_calendar_knows_what_was_laid_down() -> None:
    assert not (await current()).is_workday(date(2027, 1, 3))

    await adopt(YEAR, NOW)

    assert await calendar.days() == LAID_DOWN
    known = await current()
    assert known.is_workday(date(2027, 1, 3))
    assert known.status(date(2027, 5, 3)) == "provisional"


async def test_a_deadline_that_moves_is_told_to_its_applicant_and_to_who_decides() -> None:
    request = await a_request("FB-2026-0001")
    assert request.due_at == MONDAY

    moves = (await adopt(YEAR, NOW)).moves

    assert moves == (Move("FB-2026-0001", "新年献词", MONDAY, SUNDAY),)
    moved = await requests.get("FB-2026-0001")
    assert moved
    assert moved.due_at == SUNDAY
    text = (
        "FB-2026-0001 新年献词：2027 年放假安排已公布，"
        "办理期限由 2027年1月4日（周一）17:00 改为 2027年1月3日（周日）17:00。"
    )
    letters = await db.rows("SELECT person, template, args FROM letters ORDER BY person")
    assert [(row["person"], row["template"], load(row["args"])["text"]) for row in letters] == [
        ("100", "say", text),
        ("101", "say", text),
    ]


async def test_the_move_stands_in_the_trail_of_the_request() -> None:
    await a_request("FB-2026-0001")
    await adopt(YEAR, NOW)

    (entry,) = await trail.of("FB-2026-0001")
    request = await requests.get("FB-2026-0001")
    assert request
    assert (request.trail_seq, request.trail_hash) == (1, entry.hash)
    assert (entry.act, entry.before, entry.after) == ("reschedule", MONDAY.isoformat(), SUNDAY.isoformat())


async def test_urgent_deadlines_do_not_depend_on_working_days() -> None:
    await a_request("FB-2026-0002", Urgency.URGENT)

    assert (await adopt(YEAR, NOW)).moves == ()


async def test_a_dry_run_names_the_moves_and_writes_nothing() -> None:
    await a_request("FB-2026-0001")

    assert await adopt(YEAR, NOW, dry_run=True) == Adopted(
        SOURCE,
        (Turn(date(2027, 1, 3), worked=True, name="元旦"),),
        (Move("FB-2026-0001", "新年献词", MONDAY, SUNDAY),),
    )

    request = await requests.get("FB-2026-0001")
    assert request
    assert (request.due_at, await calendar.days()) == (MONDAY, ())
    assert await db.rows("SELECT id FROM letters") == []


async def test_the_trail_says_who_laid_a_year_down_and_what_it_moved() -> None:
    await a_request("FB-2026-0001")
    for _ in range(2):
        await adopt(YEAR, NOW, by="cli:root", note="notice.txt")

    (year,) = await trail.of("calendar:2027")
    (moved,) = await trail.of("FB-2026-0001")
    assert (year.act, year.actor, year.note) == ("calendar", "cli:root", "part, 2 days; notice.txt")
    assert (moved.act, moved.actor) == ("reschedule", "cli:root")


async def test_adopting_the_same_year_again_moves_nothing() -> None:
    await a_request("FB-2026-0001")
    await adopt(YEAR, NOW)

    assert (await adopt(YEAR, NOW)).moves == ()
    assert await calendar.days() == LAID_DOWN


async def test_a_corrected_year_replaces_the_earlier_one_and_leaves_the_universitys_own_days() -> None:
    await adopt(YEAR, NOW)
    own = "INSERT INTO calendar_days (day, is_workday, name, source, status) VALUES (?, ?, ?, ?, ?)"
    await db.run(own, "2027-06-07", False, "校庆", "校长办公会", "override")
    corrected = '{"year": 2027, "holidays": {"2027-01-01": "元旦", "2027-06-07": "?"}, "workdays": {}}'

    await adopt(notice.read(corrected), NOW)

    assert await calendar.days() == (
        LAID_DOWN[0],
        Day(date(2027, 6, 7), workday=False, name="校庆", source="校长办公会", status="override"),
    )
    assert (await current()).status(date(2027, 6, 7)) == "override"


async def worked(*days: str) -> list[bool]:
    known = await current()
    return [known.is_workday(date.fromisoformat(day)) for day in days]


async def test_a_seeded_year_that_is_imported_anew_wins_whole() -> None:
    moved = whole(2026).replace("5月9日（周六）上班", "4月26日（周日）上班")

    adopted = await adopt(notice.read(moved), NOW)

    assert adopted.turns == (
        Turn(date(2026, 4, 26), worked=True, name="劳动节"),
        Turn(date(2026, 5, 9), worked=False, name=""),
    )
    assert await worked("2026-04-26", "2026-05-09", "2025-10-11") == [True, False, True]


async def test_an_amending_notice_lies_over_its_year_until_the_year_is_imported_anew() -> None:
    await adopt(notice.read(whole(2025).replace("4月27日（周日）上班", "")), NOW)
    amending = LABOUR_DAY.replace("2019", "2025").replace("（星期日）", "").replace("4月28日", "4月27日")
    amending = amending.replace("5月5日", "5月10日")

    for _ in range(2):
        await adopt(notice.read(amending), NOW)

    days = ("2025-04-27", "2025-05-05", "2025-05-10", "2025-05-02", "2025-10-11", "2025-06-03")
    assert await worked(*days) == [True, True, True, False, True, True]
    assert (await current()).rows[date(2025, 5, 4)].source == (
        "国务院办公厅 2025 年劳动节调整（国办发明电〔2025〕3号）"
    )
    await adopt(notice.read(whole(2025)), NOW)
    assert await worked(*days) == [True, False, False, False, True, True]
    assert {day.source for day in await calendar.days()} == {"国务院办公厅 2025 年安排"}


CAMPUS = notice.read(
    '{"year": 2027, "holidays": {"2027-06-07": "校庆", "2027-01-03": "校庆调休"}, "workdays": {}}'
)


async def test_a_day_of_the_university_stands_above_the_official_one_whichever_comes_first() -> None:
    await adopt(YEAR, NOW)
    await adopt(CAMPUS, NOW, campus=True)
    await adopt(YEAR, NOW)

    known = await current()
    days = (date(2027, 1, 1), date(2027, 1, 3), date(2027, 6, 7), date(2027, 6, 8))
    assert [known.is_workday(day) for day in days] == [False, False, False, True]
    assert [known.status(day) for day in days] == ["official", "override", "override", "provisional"]


async def test_a_day_off_of_the_university_moves_the_deadlines_that_count_it() -> None:
    await a_request("FB-2027-0001")
    off = notice.read('{"year": 2027, "holidays": {"2027-01-04": "校庆"}, "workdays": {}}')

    [move] = (await adopt(off, NOW, campus=True, dry_run=True)).moves

    assert (move.before, move.after) == (MONDAY, MONDAY + timedelta(days=1))
