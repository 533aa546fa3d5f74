"""The account of a year as workbooks: of one unit, and of the whole school, by unit and without a ranking."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cards.form_inspection import RESULTS
from cards.inspection import STAGES
from cards.processes.inspection import END, FIGURES, PART, score, values
from cards.workbook import Bars, Sheet

UNIT = ("单位", "编号", "进度", "结果", "得分")


def of_unit(title: str, form: Mapping[str, Any], said: Sequence[str]) -> list[Sheet]:
    """Figures, every record behind them, what costs points, what the unit says."""
    figures = form[FIGURES]
    labels = {one["key"]: one["label"] for one in figures}
    taken = form.get("deductions") or ()
    end = form.get(END) or {}
    about: list[tuple[str, str]] = [
        ("材料", title), ("统计区间", form["span"]), ("得分", score(form)),
        ("检查结果", end.get("result", "未定稿")), ("得分理由", end.get("reason", "")),
        *(("单位意见", one) for one in said),
    ]  # fmt: skip
    return [
        Sheet("情况", ("项", "内容"), about),
        Sheet(
            "各项数据",
            ("项", "记录数", "数据"),
            [(one["label"], len(one["records"]), one["value"]) for one in figures],
            Bars(f"{title}：各项记录数"),
        ),
        Sheet("记录", ("项", "编号", "说明"), [row for one in figures for row in _records(one)]),
        Sheet(
            "扣分",
            ("项", "扣分", "理由", "记录"),
            [
                (labels.get(one["figure"], ""), one["points"], one["why"], "、".join(one["records"]))
                for one in taken
            ],
            Bars("扣分构成"),
        ),
        Sheet(
            "各媒体",
            ("备案号", "媒体", "自评", "总结"),
            [(row["medium"], row["name"], row["self_score"], row["summary"]) for row in form.get(PART) or ()],
        ),
    ]


def _records(figure: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(figure["label"], record[0], "".join(record[1:])) for record in figure["records"]]


def of_school(name: str, units: Sequence[tuple[str, str, str, Mapping[str, Any] | None]]) -> list[Sheet]:
    """`units` is name, number, stage and form of each unit, in the order of the units; what is compared is
    how many, and no unit with another."""
    stages = Counter(stage for _, _, stage, _ in units)
    ended = Counter(str((form or {}).get(END, {}).get("result", "未定稿")) for *_, form in units)
    labels = [one["label"] for one in next((form[FIGURES] for *_, form in units if form), ())]
    return [
        Sheet(
            "进度", ("进度", "单位数"), [(one, stages[one]) for one in STAGES], Bars(f"{name}：各单位进度")
        ),
        Sheet(
            "结果", ("结果", "单位数"), [(one, ended[one]) for one in (*RESULTS, "未定稿")], Bars("检查结果")
        ),
        Sheet("各单位", (*UNIT, *labels), [_unit(*one, len(labels)) for one in units]),
        Sheet(
            "扣分事项",
            ("事项", "单位数"),
            sorted(Counter(why for *_, form in units for why in _reasons(form)).items()),
            Bars("扣分事项涉及的单位数"),
        ),
    ]


def _unit(name: str, number: str, stage: str, form: Mapping[str, Any] | None, room: int) -> tuple[str, ...]:
    if form is None:
        return (name, number, stage, "", "", *[""] * room)
    return (name, number, stage, (form.get(END) or {}).get("result", ""), score(form), *values(form).values())


def _reasons(form: Mapping[str, Any] | None) -> set[str]:
    """What costs points, without how often."""
    return {one["why"].partition(" ")[0] for one in (form or {}).get("deductions") or ()}
