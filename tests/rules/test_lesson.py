"""What is told of a closed case: words of the forms' lists, and nothing that names anybody."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.rules.lesson import lesson

AT = datetime(2026, 12, 31, tzinfo=UTC)
FORM = {
    "subject": "师生个人",
    "clause": ["第十四条（三）"],
    "person": "2105",
    "media": ["QM-0001"],
    "facts": "何老师在机电之声发布的报名日期有误",
    "disposal": {
        "finding": "属实",
        "severity": "一般",
        "measures": ["责令停止运行", "提醒"],
        "reason": "何老师 承认",
        "problem": "机电之声",
    },
}
OUTCOME = {"closed_on": "2026-11-30", "appeal_until": "2026-12-07T09:00:00+00:00", "opened": ["ZG-2026-0001"]}


def test_year_kind_clause_severity_and_measures_are_told_and_nothing_else() -> None:
    assert (
        lesson(FORM, OUTCOME, AT) == "2026 年，师生个人，第十四条（三）发布授权，情节一般，提醒、责令停止运行"
    )


@pytest.mark.parametrize(
    ("form", "outcome"),
    [
        ({"disposal": {"finding": "不属实"}}, {}),
        ({"review": {"result": "撤销"}}, {}),
        ({}, {"appeal_until": "2027-01-01T00:00:00+00:00"}),
        ({}, {"closed_on": ""}),
    ],
)
def test_what_is_no_lesson(form: dict[str, Any], outcome: dict[str, Any]) -> None:
    assert lesson({**FORM, **form}, {**OUTCOME, **outcome}, AT) == ""


def test_what_somebody_wrote_where_a_word_is_chosen_is_not_told() -> None:
    odd = {
        **FORM,
        "subject": "何老师",
        "clause": ["何老师"],
        "disposal": {"finding": "属实", "severity": "何老师"},
    }

    assert lesson(odd, OUTCOME, AT) == "2026 年"
