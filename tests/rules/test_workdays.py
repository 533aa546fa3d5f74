"""Working days, official and provisional."""

import json
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from chinese_calendar import constants
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import workdays
from handlers.rules.workdays import Calendar, DayRow, read_year

SEED = Path(workdays.__file__).with_name("days.json")
CALENDAR = Calendar.default()
DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))
NOTICE_2027 = {
    "year": 2027,
    "holidays": {"2027-01-01": "元旦", "2027-01-02": "元旦", "2027-01-03": "元旦", "2027-02-11": "春节"},
    "workdays": {"2026-12-27": "元旦", "2027-02-20": "春节"},
}


def test_the_seed_is_what_chinesecalendar_says() -> None:
    official: dict[int, dict[str, dict[str, str]]] = {}
    for part, days in (("holidays", constants.holidays), ("workdays", constants.workdays)):
        for year, group in groupby(sorted(days), key=lambda day: day.year):
            names = {day.isoformat(): constants.Holiday(days[day]).chinese for day in group}
            official.setdefault(year, {})[part] = names

    seeded = json.loads(SEED.read_text(encoding="utf-8"))

    assert seeded == [{"year": year, **official[year]} for year in range(2004, 2027)]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2026, 2, 14), True, id="a Saturday made up for Spring Festival"),
        pytest.param(date(2026, 2, 15), False, id="a Sunday of Spring Festival"),
        pytest.param(date(2026, 2, 23), False, id="a Monday off by arrangement"),
        pytest.param(date(2026, 2, 24), True, id="the Tuesday after"),
        pytest.param(date(2026, 11, 21), False, id="a plain Saturday"),
        pytest.param(date(2026, 11, 23), True, id="a plain Monday"),
        pytest.param(date(2022, 12, 30), True, id="the Friday before a New Year"),
        pytest.param(date(2027, 2, 8), False, id="a statutory day of a year not official yet"),
        pytest.param(date(2027, 2, 9), False, id="the substitute of a statutory day on a weekend"),
        pytest.param(date(2027, 2, 20), False, id="a Saturday of a year not official yet"),
        pytest.param(date(2027, 2, 22), True, id="a Monday of a year not official yet"),
    ],
)
def test_a_day_is_worked_as_arranged(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)), n=st.integers(1, 30))
def test_no_date_from_1900_to_2200_raises(day: date, n: int) -> None:
    due = CALENDAR.add(day, n)

    assert CALENDAR.is_workday(due)
    assert CALENDAR.status(day) == ("official" if 2004 <= day.year <= 2026 else "provisional")


@given(day=DAYS, n=st.integers(1, 40))
def test_exactly_n_workdays_lie_after_a_day_up_to_its_nth(day: date, n: int) -> None:
    due = CALENDAR.add(day, n)

    assert CALENDAR.is_workday(due)
    assert CALENDAR.count(day, due) == n
    assert CALENDAR.count(day, due - timedelta(days=1)) == n - 1


@given(day=DAYS, n=st.integers(1, 40))
def test_a_later_day_is_never_due_earlier(day: date, n: int) -> None:
    assert CALENDAR.add(day, n) <= CALENDAR.add(day + timedelta(days=1), n)


def test_no_workdays_lie_between_a_day_and_an_earlier_one() -> None:
    assert CALENDAR.count(date(2026, 11, 23), date(2026, 11, 20)) == 0


def test_an_imported_year_is_official_and_reaches_back_into_december() -> None:
    calendar = Calendar(read_year(NOTICE_2027))
    days = (date(2026, 12, 27), date(2027, 2, 9), date(2027, 2, 11), date(2027, 2, 20), date(2028, 2, 9))

    assert [(calendar.is_workday(day), calendar.status(day)) for day in days] == [
        (True, "official"),
        (True, "official"),
        (False, "official"),
        (True, "official"),
        (True, "provisional"),
    ]
    assert [calendar.is_official(year) for year in (2026, 2027, 2028)] == [True, True, False]


def test_a_row_in_december_does_not_make_its_year_official() -> None:
    calendar = Calendar({date(2028, 12, 31): DayRow(workday=False, name="元旦")})

    assert calendar.is_official(2028) is False
    assert calendar.status(date(2028, 12, 31)) == "official"


def test_an_override_is_the_universitys_own_day() -> None:
    anniversary = date(2026, 6, 8)
    calendar = Calendar({anniversary: DayRow(workday=False, name="校庆", status="override")})

    assert calendar.status(anniversary) == "override"
    assert calendar.is_workday(anniversary) is False
    assert CALENDAR.is_workday(anniversary) is True
    assert calendar.is_official(2026) is True


def test_the_version_changes_with_the_data_and_only_with_it() -> None:
    rows = {date(2026, 6, 8): DayRow(workday=False, name="校庆", status="override")}

    assert len(CALENDAR.version) == 8
    assert Calendar().version == CALENDAR.version
    assert Calendar(rows).version == Calendar(dict(rows)).version != CALENDAR.version


def test_a_stretch_is_provisional_where_one_of_its_days_is() -> None:
    assert CALENDAR.provisional(date(2026, 12, 25), date(2026, 12, 31)) is False
    assert CALENDAR.provisional(date(2026, 12, 25), date(2027, 1, 1)) is True


def test_a_year_without_its_parts_is_refused() -> None:
    with pytest.raises(KeyError):
        read_year({"year": 2027, "holidays": {}})
    with pytest.raises(ValueError):
        read_year({"year": 2027, "holidays": {"元旦": "2027-01-01"}, "workdays": {}})
