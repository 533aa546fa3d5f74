"""Which recorded changes a cell would take back."""

from datetime import date

import pytest

from handlers.rules.import_undoes import Filed, Recorded

FIRST = Recorded("BG-2026-0001", date(2026, 3, 2), "甲")
SECOND = Recorded("BG-2026-0002", date(2026, 5, 6), "乙")
FILED = Filed("丙", (FIRST, SECOND), ("零", "甲", "乙"))


@pytest.mark.parametrize(
    ("old", "new", "undone"),
    [
        ("丙", "丙", ()),
        ("丙", "乙", (SECOND,)),
        ("丙", "甲", (FIRST, SECOND)),
        ("丙", "零", (FIRST, SECOND)),
        ("丙", "丁", ()),
        ("丁", "甲", ()),
    ],
    ids=["the same", "the last", "both", "before any", "new", "another had the last word"],
)
def test_a_cell_takes_back_all_that_came_after_its_value(old: str, new: str, undone: object) -> None:
    assert FILED.undone(old, new) == undone
