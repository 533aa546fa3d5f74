"""Names and numbers of an import: what nobody sees in them, and names that look the same."""

from datetime import date

import pytest

from handlers.rules.import_cells import Table, TableKind, said_number
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan, plan
from tests.rules.import_tables import school, with_cell, with_row

M = TableKind.MEDIA


def planned(tables: list[Table]) -> Plan:
    return plan(tables, Existing(), date(2026, 11, 22))


@pytest.mark.parametrize("twin", ["机电\u200c之声", "机电 之声", "机电之声\ufe0f"])
def test_a_name_that_looks_like_another_on_its_platform_is_told(twin: str) -> None:
    decided = planned(with_row(school(), M, f"{twin},微信公众号,,2,101,,,,"))

    assert [(p.row, p.column, p.reason) for p in decided.problems] == [
        (4, "媒体名称", f"“{twin}”与第 2 行看起来同名，同一平台不能重名")
    ]


def test_what_nobody_sees_leaves_a_name_and_a_number_has_any_dash() -> None:
    decided = planned(
        with_cell(
            with_cell(school(), M, 2, "媒体名称", "机电\u00ad\u202e之声\x01"), M, 2, "备案号", "ＱＭ—0001"
        )
    )

    assert decided.media[0].name == "机电之声"
    assert decided.media[0].no == "QM-0001"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("QM—0001", "QM-0001"),
        ("ｑｍ－１", "QM-0001"),
        ("qm 12", "QM-0012"),
        ("QM–123456", "QM-123456"),
        ("机电之声", "机电之声"),
        ("QM-1 历史", "QM-1 历史"),
    ],
)
def test_a_number_of_a_medium_is_read_however_it_is_typed(typed: str, number: str) -> None:
    assert said_number(typed) == number
