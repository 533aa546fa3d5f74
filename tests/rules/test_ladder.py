"""The ladders of the duties: weeks, absences, years; and who hears a change that is not filed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.deadlines import SHANGHAI, may_remind
from handlers.rules.ladder import (
    absence_ladder,
    account_ladder,
    ahead,
    also_hear,
    change_ladder,
    daily,
    last_working_day,
    missing_years,
    next_monday,
    put_off,
    reached_of,
    systems_ladder,
    weekly,
    year_ladder,
)
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar, DayRow

CALENDAR = Calendar.default()
OFFICIAL = Calendar({date(2027, 1, 1): DayRow(workday=False, name="元旦")})
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(rungs: Iterator[Rung], n: int) -> list[str]:
    return [f"{rung.index} {rung.at.astimezone(SHANGHAI):%m-%d %H:%M}" for rung in islice(rungs, n)]


@pytest.mark.parametrize(
    ("told_at", "first"),
    [
        pytest.param("2026-11-23 10:07", "11-23 10:07", id="at once"),
        pytest.param("2026-11-23 10:00", "11-23 10:01", id="off a crowded minute"),
        pytest.param("2026-11-23 02:10", "11-23 08:45", id="in the morning"),
        pytest.param("2026-11-21 10:07", "11-23 08:45", id="after the weekend"),
    ],
)
def test_a_change_is_told_as_soon_as_people_may_be_reminded(told_at: str, first: str) -> None:
    assert shown(change_ladder(date(2026, 11, 20), at(told_at), CALENDAR), 3) == [
        f"0 {first}",
        "1 11-25 08:45",
        "2 11-27 08:45",
    ]


@pytest.mark.parametrize(
    ("missed", "hears"),
    [
        ([0], {Hears.RESPONSIBLE}),
        ([1], set()),
        ([2], {Hears.RESPONSIBLE}),
        ([3], {Hears.RESPONSIBLE, Hears.CENTRE}),
        ([0, 1], {Hears.RESPONSIBLE}),
        ([1, 2, 3], {Hears.RESPONSIBLE, Hears.CENTRE}),
    ],
)
def test_who_hears_too_of_rungs_that_are_told_as_one(missed: list[int], hears: set[Hears]) -> None:
    ladder = list(islice(change_ladder(date(2026, 11, 20), at("2026-11-20 10:07"), CALENDAR), 4))

    assert also_hear(ladder[index] for index in missed) == hears


@pytest.mark.parametrize(
    ("first", "weeks"),
    [
        pytest.param("2026-11-23", ["1 11-23", "2 11-30", "3 12-07"], id="Mondays"),
        pytest.param("2026-11-26", ["1 11-26", "2 11-30", "3 12-07"], id="from a Thursday"),
        pytest.param("2026-11-28", ["2 11-30", "3 12-07", "4 12-14"], id="from a Saturday"),
        pytest.param(
            "2026-09-28", ["1 09-28", "2 10-08", "3 10-12"], id="a holiday begins the week: its first workday"
        ),
        pytest.param("2026-02-14", ["1 02-14", "3 02-24", "4 03-02"], id="a week without any is left out"),
    ],
)
def test_weekly_is_the_first_working_morning_of_each_week(first: str, weeks: list[str]) -> None:
    assert shown(weekly(date.fromisoformat(first), CALENDAR), 3) == [f"{week} 08:45" for week in weeks]


@given(day=DAYS)
def test_every_week_is_told_once_and_only_on_working_mornings(day: date) -> None:
    rungs = list(islice(weekly(day, CALENDAR), 8))
    weeks = [rung.at.astimezone(SHANGHAI).date().isocalendar()[:2] for rung in rungs]

    assert len(set(weeks)) == 8
    assert all(earlier.index < later.index and earlier.at < later.at for earlier, later in pairwise(rungs))
    assert all(may_remind(rung.at, CALENDAR) for rung in rungs)
    assert rungs[0].at.astimezone(SHANGHAI).date() >= day


@given(day=DAYS, clock=st.times())
def test_the_next_monday_is_a_monday_within_a_week(day: date, clock: time) -> None:
    found = next_monday(datetime.combine(day, clock, SHANGHAI))

    assert found.weekday() == 0
    assert 1 <= (found - day).days <= 7


def test_a_receipt_is_asked_for_each_working_morning() -> None:
    assert shown(daily(at("2026-11-20 15:10"), CALENDAR), 3) == [
        "1 11-20 15:10",
        "2 11-23 08:45",
        "3 11-24 08:45",
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "last"),
    [
        pytest.param("2026-11-23 10:00", "2026-11-28 00:00", "2026-11-27", id="the last day is worked"),
        pytest.param("2026-11-23 10:00", "2026-11-30 00:00", "2026-11-27", id="it ends with a weekend"),
        pytest.param("2026-09-28 00:00", "2026-10-08 00:00", "2026-09-30", id="it ends with the holiday"),
        pytest.param("2026-10-01 00:00", "2026-10-08 00:00", None, id="nobody works meanwhile"),
        pytest.param("2026-11-23 10:00", "2026-11-24 00:00", "2026-11-23", id="one day"),
    ],
)
def test_the_last_working_day_of_an_absence(starts: str, ends: str, last: str | None) -> None:
    found = last_working_day(at(starts), at(ends), CALENDAR)

    assert found == (date.fromisoformat(last) if last else None)


@pytest.mark.parametrize(
    ("told_at", "rungs"),
    [
        pytest.param("2026-11-23 10:00", ["1 11-27 08:45"], id="told once"),
        pytest.param("2026-11-27 10:00", [], id="set on the last day itself"),
    ],
)
def test_an_absence_that_ends_is_told_of_on_its_last_working_morning(told_at: str, rungs: list[str]) -> None:
    ladder = absence_ladder(at(told_at), at("2026-11-30 00:00"), at(told_at), CALENDAR)

    assert shown(ladder, 3) == rungs


@pytest.mark.parametrize(
    ("today", "calendar", "years"),
    [
        ("2026-10-31", CALENDAR, []),
        ("2026-11-01", CALENDAR, [2027]),
        ("2027-01-05", CALENDAR, [2027]),
        ("2027-11-01", CALENDAR, [2027, 2028]),
        ("2026-11-01", OFFICIAL, []),
        ("2027-11-01", OFFICIAL, [2028]),
    ],
)
def test_next_years_days_are_missed_from_1_november(today: str, calendar: Calendar, years: list[int]) -> None:
    assert missing_years(date.fromisoformat(today), calendar) == years


def test_a_missing_year_is_told_of_weekly_from_1_november() -> None:
    assert shown(year_ladder(2027, CALENDAR), 3) == ["2 11-02 08:45", "3 11-09 08:45", "4 11-16 08:45"]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23 10:07", "2026-11-24 08:45"),
        ("2026-11-27 10:07", "2026-11-30 08:45"),
        ("2026-11-24 06:00", "2026-11-25 08:45"),
        ("2026-02-13 23:00", "2026-02-14 08:45"),
    ],
)
def test_what_is_put_off_comes_again_on_the_next_working_morning(now: str, until: str) -> None:
    assert put_off(at(now), CALENDAR) == at(until)


def test_what_has_been_reached_and_what_is_ahead() -> None:
    first, second, third = (Rung(n, at(f"2026-11-2{n} 09:00")) for n in (3, 4, 5))
    ladder = [first, second, third]

    assert reached_of(iter(ladder), at("2026-11-24 09:00")) == [first, second]
    assert ahead(iter(ladder), at("2026-11-24 09:00"), 3) == third.at
    assert ahead(iter(ladder), at("2026-11-22 09:00"), 4) == third.at
    assert ahead(iter(ladder), at("2026-11-25 09:00"), 5) is None


def test_the_account_of_a_year_is_asked_for_from_the_first_working_day_on_or_after_15_november() -> None:
    calendar = Calendar()

    assert [
        [one.at.astimezone(SHANGHAI).date().isoformat() for one in islice(account_ladder(year, calendar), 2)]
        for year in (2024, 2026, 2027)
    ] == [["2024-11-15", "2024-11-18"], ["2026-11-16", "2026-11-23"], ["2027-11-15", "2027-11-22"]]


def test_what_a_unit_lacks_is_reminded_of_in_march_june_and_october() -> None:
    rungs = list(systems_ladder(2027, Calendar()))

    assert [(one.index, one.at.astimezone(SHANGHAI).date().isoformat()) for one in rungs] == [
        (1, "2027-03-15"), (2, "2027-06-15"), (3, "2027-10-15"), (4, "2028-01-04")
    ]  # fmt: skip
