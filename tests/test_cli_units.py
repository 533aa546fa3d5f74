"""`quanmei unit` and `quanmei directory`: what they print, and with which exit code they end."""

from pathlib import Path

import pytest

from bot import console
from tests.test_cli import DEMO, MIGRATED, _elsewhere, quanmei
from tests.test_cli_trail import exported

__all__ = ["_elsewhere"]
pytestmark = MIGRATED


def test_a_unit_is_renamed_merged_and_split_from_a_day_on(tmp_path: Path) -> None:
    quanmei("import", str(DEMO))
    results = [
        quanmei("unit", "rename", "2100", "机电与智能工程学院", "--on", "2026-01-05"),
        quanmei("unit", "split", "2100", "2110"),
        quanmei("unit", "merge", "2110", "2100"),
    ]

    assert [(result.exit_code, result.stdout) for result in results] == [
        (0, "2100 已更名为 机电与智能工程学院。\n"),
        (0, "已登记 2100 拆分为 2110。人员和媒体的去向请导入。\n"),
        (0, "2110 已并入 2100：人员、媒体和未办结的申请已转入。\n"),
    ]
    by = {entry["actor"] for entry in exported(tmp_path) if entry["matter"].startswith("unit:")}
    assert by == {console.operator()}


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("unit", "merge", "2100", "9999"), 1, "没有代码为 9999 的单位。"),
        (
            ("unit", "merge", "2100", "2110", "--on", "2999-01-01"),
            1,
            "2999-01-01 还没有到，请在当天或之后登记。",
        ),
        (("unit", "rename", "2100"), 2, ""),
        (("unit", "split", "2100", "2110", "--on", "soon"), 2, ""),
        (("directory", "sync"), 2, "没有接入任何平台。"),
    ],
)
def test_what_cannot_be_ends_with_the_reason(words: tuple[str, ...], code: int, reason: str) -> None:
    quanmei("import", str(DEMO))
    result = quanmei(*words)

    assert (result.exit_code, reason in result.output) == (code, True)
