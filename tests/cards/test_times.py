"""Instants and spans in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.times import SHANGHAI, brief, day, deadline, span, when

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """An instant written in Shanghai's time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-11-23 16:00", "11月23日（周一）16:00"),
        ("2026-11-24 09:07", "11月24日（周二）09:07"),
        ("2026-11-22 23:59", "11月22日（周日）23:59"),
        ("2026-11-25 16:00", "11月25日（周三）16:00"),
        ("2026-02-28 08:30", "2月28日（周六）08:30"),
        ("2027-01-04 10:00", "2027年1月4日（周一）10:00"),
        ("2025-11-23 10:00", "2025年11月23日（周日）10:00"),
        ("2026-11-24 00:00", "11月24日（周二）00:00"),
    ],
)
def test_an_instant_is_told_so_that_it_stays_true(instant: str, words: str) -> None:
    assert when(at(instant), NOW) == words


def test_the_day_that_is_near_is_shanghais() -> None:
    late = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)

    assert when(late, late) == "11月23日（周一）01:00"
    assert when(datetime(2026, 12, 31, 17, 0, tzinfo=UTC), late) == "2027年1月1日（周五）01:00"


@pytest.mark.parametrize(
    ("instant", "provisional", "words"),
    [
        ("2026-11-24 00:00", False, "11月23日（周一）24:00"),
        ("2026-11-28 00:00", False, "11月27日（周五）24:00"),
        ("2027-01-05 00:00", True, "2027年1月4日（周一）24:00（暂定）"),
        ("2027-01-01 00:00", False, "12月31日（周四）24:00"),
        ("2026-11-24 10:00", False, "11月24日（周二）10:00"),
    ],
)
def test_a_deadline_at_midnight_belongs_to_the_day_that_ends(
    instant: str, provisional: bool, words: str
) -> None:
    assert deadline(at(instant), NOW, provisional=provisional) == words


@pytest.mark.parametrize(
    ("instant", "words"),
    [("2026-11-24 10:07", "11月24日 10:07"), ("2027-01-05 00:00", "2027年1月4日 24:00")],
)
def test_a_deadline_leaves_its_weekday_where_there_is_little_room(instant: str, words: str) -> None:
    assert brief(at(instant), NOW) == words


def test_a_day_is_told_without_a_clock() -> None:
    days = (date(2026, 11, 23), date(2026, 11, 30), date(2027, 1, 4))

    assert [day(of, NOW) for of in days] == ["11月23日（周一）", "11月30日（周一）", "2027年1月4日（周一）"]


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(0), "不到 1 分钟"),
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(minutes=30, seconds=40), "30 分钟"),
        (timedelta(hours=2), "2 小时"),
        (timedelta(hours=2, minutes=15), "2 小时 15 分钟"),
        (timedelta(days=1, hours=3, minutes=40), "1 天 3 小时"),
        (timedelta(days=1, minutes=40), "1 天"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(delta: timedelta, words: str) -> None:
    assert span(delta) == words


@given(seconds=st.integers(0, 2**32))
def test_every_instant_ends_in_its_clock(seconds: int) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)

    assert when(instant, NOW).endswith(f"{instant.astimezone(SHANGHAI):%H:%M}")
