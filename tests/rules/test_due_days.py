"""By which day a rectification is due: working days, make-up days, and what words name (Article 15)."""

from datetime import UTC, date, datetime

import pytest

from cards.notice_number import notice_number, order
from handlers.rules import due_days
from handlers.rules.ladder import look_ladder, reached_of
from handlers.rules.workdays import Calendar
from handlers.typed.moments import days_named

CALENDAR = Calendar.default()
NOW = datetime(2026, 9, 24, 2, tzinfo=UTC)
TODAY = date(2026, 9, 24)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("首页还有旧校名", date(2026, 10, 9)),  # five working days after: 28, 29, 30 September, 8, 9 October
        ("请在10月10日前改完", date(2026, 10, 10)),  # a Saturday that is worked
        ("十月五日前改完", date(2026, 10, 8)),  # within the holidays
        ("9月20日发的那条还在，10月12日前改完", date(2026, 10, 12)),
        ("9月20日发的那条还在", date(2026, 10, 9)),
        ("栏目1.2和3-4页没有改", date(2026, 10, 9)),
        ("延到下周三", date(2026, 9, 30)),
        ("2026-11-02 前完成", date(2026, 11, 2)),
        ("2036年1月1日前", date(2026, 10, 9)),
    ],
)
def test_another_last_day_is_what_the_words_name_or_five_working_days(words: str, due: date) -> None:
    assert due_days.next_due(days_named(words, NOW), TODAY, CALENDAR) == due


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 23), "这一天已经过去"),
        (date(2026, 9, 24), ""),
        (date(2026, 10, 1), "这一天是休息日，限期应是工作日"),
        (date(2026, 10, 10), ""),
        (date(2026, 10, 11), "这一天是休息日，限期应是工作日"),
        (date(2028, 1, 4), "最长一年"),
    ],
)
def test_a_last_day_is_a_working_day_to_come(day: date, why: str) -> None:
    assert due_days.unfit(day, TODAY, CALENDAR) == why


@pytest.mark.parametrize(
    ("passed", "first"),
    [
        (datetime(2026, 9, 1, 3, tzinfo=UTC), date(2026, 10, 8)),  # the thirtieth day is 1 October
        (datetime(2026, 9, 10, 3, tzinfo=UTC), date(2026, 10, 10)),  # a Saturday that is worked
        (datetime(2026, 9, 11, 3, tzinfo=UTC), date(2026, 10, 12)),
        (datetime(2026, 9, 11, 17, tzinfo=UTC), date(2026, 10, 12)),  # the 12th in Shanghai
    ],
)
def test_the_second_look_is_on_the_first_working_day_thirty_days_or_more_after(
    passed: datetime, first: date
) -> None:
    rung = next(iter(look_ladder(passed, CALENDAR)))

    assert rung.at.date() == first
    assert reached_of(look_ladder(passed, CALENDAR), passed) == []


@pytest.mark.parametrize(
    ("number", "notice", "by"),
    [
        ("ZG-2026-0001", "全媒体改〔2026〕1号", "全媒体改〔2026〕1号（ZG-2026-0001）"),
        ("ZG-2027-0123", "全媒体改〔2027〕123号", "全媒体改〔2027〕123号（ZG-2027-0123）"),
        ("WG-2026-0001", "", " WG-2026-0001（先行，暂定）"),
    ],
)
def test_a_notice_has_a_number_of_its_own(number: str, notice: str, by: str) -> None:
    assert (notice_number(number), order(number)) == (notice, by)
