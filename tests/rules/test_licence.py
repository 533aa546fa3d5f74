"""What a licence is worth on a day, and when its end is reminded of."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.rules import licence
from handlers.rules.ladder import expiry_ladder
from handlers.rules.workdays import Calendar

FORM = {"kind": "图片", "valid_from": "2026-01-01", "until": "2026-12-31"}


@pytest.mark.parametrize(
    ("form", "day", "own", "stands", "said"),
    [
        (FORM, date(2026, 12, 31), True, True, "图片，当日有效"),
        (FORM, date(2027, 1, 1), True, True, "图片，当日已过期"),
        (FORM, date(2025, 12, 31), True, True, "图片，当日尚未生效"),
        (FORM, date(2026, 6, 1), True, False, "图片，已注销登记"),
        (FORM, date(2026, 6, 1), False, True, "不是本单位登记的"),
        (None, date(2026, 6, 1), True, True, "查无此号"),
    ],
)
def test_a_day(form: Mapping[str, Any] | None, day: date, own: bool, stands: bool, said: str) -> None:
    assert licence.on(form, day, own=own, stands=stands) == said


def test_each_number_is_read_once_however_it_stands_there() -> None:
    assert licence.numbers("图片见BQ-2026-0001、bq-2026-0012；BQ-2026-0001") == [
        "BQ-2026-0001",
        "BQ-2026-0012",
    ]


def test_the_end_is_reminded_of_on_the_last_working_mornings_30_and_7_days_before() -> None:
    rungs = list(expiry_ladder(datetime(2026, 12, 31, 16, tzinfo=UTC), Calendar.default()))

    assert [(rung.index, rung.at.date(), rung.copy_first_responsible) for rung in rungs] == [
        (1, date(2026, 12, 1), False),
        (2, date(2026, 12, 24), True),
    ]
