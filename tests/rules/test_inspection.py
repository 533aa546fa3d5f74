"""A unit's year in figures and in points, each worked out by hand (form F7, Article 12)."""

from datetime import UTC, date, datetime

import pytest

from handlers.rules.inspection import (
    Figure,
    Found,
    Record,
    figures,
    rate,
    stretch,
    too_early,
)
from handlers.rules.inspection_part import merged, rows
from handlers.rules.inspection_score import Deduction, proposed

YEAR = Found(
    filed=(Record("QM-0001"), Record("QM-0002"), Record("QM-0003")),
    unfiled=(Record("BA-2026-0004", "补备案未办结"),),
    in_time=(Record("BG-2026-0001"),),
    late=(Record("BG-2026-0002", "逾期 3 个工作日"), Record("BA-2026-0004", "补备案")),
    owed=(Record("QM-0002", "管理员变更"),),
    posts=(Record("FB-2026-0001"), Record("FB-2026-0002"), Record("FB-2026-0003"), Record("FB-2026-0004")),
    hours=(("FB-2026-0001", 2.0), ("FB-2026-0002", 30.25), ("FB-2026-0003", 5.0)),
    returned=(Record("FB-2026-0004", "退回 2 次"),),
    upheld=(("WG-2026-0001", "一般"), ("WG-2026-0003", "轻微")),
    unfounded=(Record("WG-2026-0002", "不属实"),),
    rectified=(Record("ZG-2026-0001"),),
    rectified_late=(Record("ZG-2026-0002", "逾期"),),
    reported=(Record("MD-2026-0001"),),
    unreported=(Record("MD-2026-0007", "未上报"),),
    personal=6,
)


def test_the_figures_of_a_year_worked_out_by_hand() -> None:
    assert [(one.label, one.value) for one in figures(YEAR)] == [
        ("备案率", "75%（3/4）"),
        ("按时备案率", "33%（1/3）"),
        ("逾期备案", "3 件"),
        ("发布申请", "4 条，通过 3 条"),
        ("审批用时", "中位 5 小时，最慢 30.2 小时"),
        ("退回修改", "1 件"),
        ("违规", "办结 3 件，属实 2 件"),
        ("整改", "2 件，按期 1 件"),
        ("摸底", "2 次，按期上报 1 次"),
        ("制度", "未登记"),
        ("培训", "未登记"),
        ("四项权力", "未登记"),
        ("个人账号", "6 个"),
    ]


def test_every_figure_names_the_records_it_is_counted_from_what_is_wrong_first() -> None:
    named = {one.key: [record.number for record in one.records] for one in figures(YEAR)}

    assert named["filed"] == ["BA-2026-0004", "QM-0001", "QM-0002", "QM-0003"]
    assert named["late"] == ["BG-2026-0002", "BA-2026-0004", "QM-0002"]
    assert named["hours"] == ["FB-2026-0002", "FB-2026-0003", "FB-2026-0001"]
    assert named["cases"] == ["WG-2026-0001", "WG-2026-0003", "WG-2026-0002"]
    assert named["personal"] == []


def test_the_score_takes_off_what_each_record_weighs_and_says_for_which() -> None:
    score, taken = proposed(YEAR)

    # 100 - 5 (unfiled) - 4 (two late) - 3 (one owed) - 3 (notice) - 5 (inventory) - 5 - 2 (cases)
    assert score == 73
    assert [(one.points, one.why, one.records) for one in taken] == [
        (5, "在用而未备案 1 件，每件 5 分", ("BA-2026-0004",)),
        (4, "逾期备案 2 件，每件 2 分", ("BG-2026-0002", "BA-2026-0004")),
        (3, "逾期未备案的变更 1 件，每件 3 分", ("QM-0002",)),
        (3, "整改逾期 1 件，每件 3 分", ("ZG-2026-0002",)),
        (5, "摸底未上报 1 件，每件 5 分", ("MD-2026-0007",)),
        (5, "查实的违规（一般）1 件，每件 5 分", ("WG-2026-0001",)),
        (2, "查实的违规（轻微）1 件，每件 2 分", ("WG-2026-0003",)),
    ]


def test_each_kind_has_a_most_and_the_score_is_never_below_nothing() -> None:
    many = tuple(Record(f"X-{n}") for n in range(30))
    graves = tuple((f"WG-{n}", "严重" if n else "较重") for n in range(4))

    score, taken = proposed(Found(unfiled=many, late=many, upheld=graves))

    assert [one.points for one in taken] == [20, 10, 40, 0]
    assert score == 30
    worst = Found(
        unfiled=many, late=many, owed=many, upheld=graves, rectified_late=many, reported_late=many,
        unreported=many,
    )  # fmt: skip
    assert proposed(worst)[0] == 0


def test_what_is_no_fault_costs_nothing() -> None:
    quiet = Found(filed=(Record("QM-0001"),), unfounded=(Record("WG-2026-0002"),), returned=(Record("FB"),))

    assert proposed(quiet) == (100, ())
    assert proposed(Found()) == (100, ())


def test_nothing_to_count_is_said_and_no_rate_is_rounded_up() -> None:
    assert rate(0, 0) == "无"
    assert (
        figures(Found(hours=(("FB-2026-0001", 0.01),)))[4].value == "中位 不到 0.1 小时，最慢 不到 0.1 小时"
    )
    assert rate(199, 200) == "99%（199/200）"
    assert {one.value for one in figures(Found()) if one.key in ("hours", "rectified", "reported")} == {"无"}


def test_what_is_kept_is_read_again() -> None:
    kept = [one.kept() for one in figures(YEAR)]

    assert tuple(Figure.of(one) for one in kept) == figures(YEAR)
    assert tuple(Deduction.of(one.kept()) for one in proposed(YEAR)[1]) == proposed(YEAR)[1]


NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NEW_YEAR = datetime(2025, 12, 31, 16, 0, tzinfo=UTC)


def test_a_year_begins_where_the_one_before_ended_and_ends_with_its_last_day() -> None:
    last = datetime(2025, 12, 1, tzinfo=UTC)

    assert stretch(2026, NOW, None) == (NEW_YEAR, NOW)
    assert stretch(2026, NOW, last) == (last, NOW)
    assert stretch(2025, NOW, None)[1] == NEW_YEAR
    assert stretch(2026, NOW, datetime(2024, 12, 1, tzinfo=UTC))[0] == NEW_YEAR


@pytest.mark.parametrize(
    ("year", "today", "why"),
    [
        (2026, date(2026, 11, 14), "2026 年度督查从 11 月 15 日起开启"),
        (2026, date(2026, 11, 15), ""),
        (2026, date(2027, 1, 5), ""),
        (2027, date(2026, 12, 1), "2027 年度督查从 11 月 15 日起开启"),
        (2024, date(2026, 12, 1), "只能开启 2025、2026 年度的督查"),
    ],
)
def test_when_a_year_can_be_opened(year: int, today: date, why: str) -> None:
    assert too_early(year, today) == why


MEDIA = {"机电之声": "QM-0001", "QM-0001": "QM-0001", "机电旧刊": "QM-0005"}
SCORES = ("优秀", "合格", "不合格")


def test_lines_about_media_are_read_and_what_is_wrong_with_one_is_said() -> None:
    found, wrong = rows(
        "机电之声：合格；发布 120 条；零差错\n\n机电旧刊: 优\n别的：合格；好\n机电旧刊：合格", MEDIA, SCORES
    )

    assert [(row["medium"], row["self_score"], row["summary"]) for row in found] == [
        ("QM-0001", "合格", "发布 120 条；零差错")
    ]
    assert wrong == [
        "“机电旧刊”请先写自评：优秀、合格、不合格",
        "“别的”不是本单位这次督查的媒体",
        "“机电旧刊”请在自评后写运行总结",
    ]


def test_what_is_said_again_of_a_medium_takes_the_place_of_what_was() -> None:
    old = [{"medium": "QM-0005", "summary": "旧"}, {"medium": "QM-0001", "summary": "旧"}]

    assert merged(old, [{"medium": "QM-0005", "summary": "新"}]) == [
        {"medium": "QM-0001", "summary": "旧"},
        {"medium": "QM-0005", "summary": "新"},
    ]
