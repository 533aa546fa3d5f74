"""Those concerned have their time, and only what somebody decided stands (Articles 13 to 15, form F10)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from handlers.rules.clauses import basis, code_of, name_of
from handlers.rules.hearing import Hearing, appeal_ends, hearing, measures, repeated, upheld
from handlers.rules.ladder import hearing_ladder
from handlers.rules.workdays import Calendar

CALENDAR = Calendar.default()


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ("2026-11-23 09:00", "2026-11-27 00:00"),  # Monday: the whole Thursday
        ("2026-11-20 18:00", "2026-11-26 00:00"),
        ("2026-11-21 10:00", "2026-11-26 00:00"),  # a day off counts as little as the day itself
        ("2026-09-30 10:00", "2026-10-11 00:00"),  # the holidays, and a Saturday that is worked
        ("2026-02-13 09:00", "2026-02-26 00:00"),
    ],
)
def test_the_third_working_day_is_whole(told: str, ends: str) -> None:
    assert hearing(["2105"], shanghai(told), CALENDAR).ends == shanghai(ends)


def test_silence_keeps_nobody_from_deciding_once_the_time_is_over_and_never_decides() -> None:
    heard = hearing(["2105", "2101"], shanghai("2026-11-23 09:00"), CALENDAR)
    one, both = {"pleas": [{"person": "2105"}]}, {"pleas": [{"person": "2105"}, {"person": "2101"}]}
    last, over = heard.ends - timedelta.resolution, heard.ends

    assert [heard.open(form, last) for form in ({}, one, both)] == [True, True, False]
    assert [heard.open(form, over) for form in ({}, one, both)] == [False, False, False]
    assert heard.silent(one) == ["2101"]
    assert Hearing.of({"hearing": heard.kept()}) == heard


def test_nobody_is_judged_unheard() -> None:
    with pytest.raises(AssertionError):
        hearing([], shanghai("2026-11-23 09:00"), CALENDAR)


def test_an_appeal_has_five_working_days() -> None:
    decided = shanghai("2026-11-27 09:00")

    assert appeal_ends(decided, CALENDAR).at == shanghai("2026-12-05 00:00")


def test_those_concerned_are_reminded_on_the_last_morning_and_the_centre_told_on_the_first_after() -> None:
    rungs = list(hearing_ladder(shanghai("2026-11-23 09:00"), shanghai("2026-11-27 00:00"), CALENDAR))

    assert [(rung.at, rung.copy_center) for rung in rungs] == [
        (shanghai("2026-11-26 08:45"), False),
        (shanghai("2026-11-27 08:45"), True),
    ]


GIVEN = {
    "finding": "属实",
    "measures": ["提醒", "责令停止运行"],
    "on_media": ["QM-0001"],
    "problem": "旧校名",
}


@pytest.mark.parametrize(
    ("form", "stands", "found"),
    [
        ({}, set(), False),
        ({"disposal": GIVEN}, {"提醒", "责令停止运行"}, True),
        ({"disposal": {"finding": "不属实"}}, set(), False),
        ({"disposal": {"finding": "不属实", "measures": ["提醒"]}}, set(), False),
        ({"disposal": GIVEN, "review": {"result": "维持"}}, {"提醒", "责令停止运行"}, True),
        ({"disposal": GIVEN, "review": {"result": "变更", "measures": ["提醒"]}}, {"提醒"}, True),
        ({"disposal": GIVEN, "review": {"result": "撤销"}}, set(), False),
    ],
)
def test_what_was_decided_stands_as_a_review_left_it(
    form: dict[str, Any], stands: set[str], found: bool
) -> None:
    assert measures(form) == stands
    assert upheld(form) is found


@pytest.mark.parametrize(
    ("closed", "today", "count"),
    [
        (["2025-11-23", "2025-11-24", "2026-11-23"], "2026-11-23", 2),
        (["2026-11-24"], "2026-11-23", 0),
        (["2027-02-28", "2027-03-01"], "2028-02-29", 1),
        ([], "2026-11-23", 0),
    ],
)
def test_repeated_is_counted_over_twelve_rolling_months(closed: list[str], today: str, count: int) -> None:
    assert repeated(map(date.fromisoformat, closed), date.fromisoformat(today)) == count


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(
            (text, "14-3")
            for text in ("14-3", "14（3）", "14(3)", "第十四条（三）", "第十四条第三项", "第14条3")
        ),
        *((text, "14-3") for text in ("第十四条（三）发布授权", "十四条（三）", "14.3")),
        *((text, "11") for text in ("11", "第十一条", "11条")),
        *((text, "6") for text in ("6", "第六条")),
        *((text, "") for text in ("14", "15-1", "6-1", "14-5", "属实", "")),
    ],
)
def test_a_clause_is_understood_however_it_is_written(typed: str, code: str) -> None:
    assert code_of(typed) == code


def test_the_basis_of_a_case_fits_where_an_article_stands() -> None:
    assert basis([name_of("14-1"), name_of("14-3")]) == "第十四条（一）、第十四条（三）"
    assert len(basis([name_of(code) for code in ("13-1", "13-2", "13-3", "13-4", "14-1")])) <= 40


def test_every_item_of_articles_13_and_14_can_be_named() -> None:
    written = [f"第十{article}条（{item}）" for article in "三四" for item in "一二三四"]

    assert [code_of(one) for one in written] == [f"{a}-{n}" for a in (13, 14) for n in range(1, 5)]
