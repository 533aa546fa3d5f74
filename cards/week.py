"""The Monday digest of a unit or of the whole school, as cards."""

from collections.abc import Sequence

from cards.card import Card, Row, Tone
from cards.times import brief, when
from cards.week_values import Of, School, UnitWeek, Waiting, added

LABEL = "周报"


def unit_week(week: UnitWeek, worst: Sequence[Waiting], of: Of, checkpoint: int = 0) -> Card:
    """For a first-responsible person: their unit's week.

    > ……负责人应及时掌握本单位师生员工在全媒体上的动态……（第六条（一））
    """
    return Card(
        title=f"{LABEL} {of} {week.unit}",
        tone=Tone.ALARM if week.late else Tone.INFO,
        tag=LABEL,
        lead=_lead(week, of),
        rows=(*_rows(week), *_trail(checkpoint)),
        text="\n".join(_line(one, of) for one in worst),
        note="依据第六条（一）：及时掌握本单位媒体情况。现在的情况请发 /待办 本单位，查一件发 /查询 编号。",
    )


def school_week(
    units: Sequence[UnitWeek], worst: Sequence[Waiting], school: School, of: Of, checkpoint: int = 0
) -> Card:
    """For the centre: the whole school, units with the most late ones first."""
    total = added(units, "全校")
    counted = sorted(units, key=lambda unit: (-unit.late, -unit.open, unit.unit))
    return Card(
        title=f"{LABEL} {of} 全校",
        tone=Tone.ALARM if total.late or school.vacant else Tone.INFO,
        tag=LABEL,
        lead=_lead(total, of) + _apart(school),
        rows=(*_rows(total), *_school_rows(school), *_trail(checkpoint)),
        text="\n".join([*(_unit_line(unit) for unit in counted), *(_line(one, of) for one in worst)]),
        note="依据第五条（一）：中心负责指导、协调、督查。现在的情况请发 /待办 全校，查一件发 /查询 编号。",
    )


def _lead(week: UnitWeek, of: Of) -> str:
    """A card is opened long after it was counted: it says of when it is."""
    figures = f"在办 {week.open} 件，其中超时 {week.late} 件，当周到期 {week.coming} 件"
    return f"{week.unit}截至{when(of.counted, of.counted)}：{figures}。"


def _apart(school: School) -> str:
    """Cases, which no unit counts as its own."""
    leads, cases, late, _ = school.cases
    return f"另有线索、案件 {leads + cases} 件，其中超时 {late} 件。" if leads + cases else ""


def _rows(week: UnitWeek) -> tuple[Row, ...]:
    rows = [("在办", week.open), ("超时", week.late), ("当周到期", week.coming)]
    return (*(Row(label, f"{n} 件") for label, n in rows), Row("变更待备", f"{week.changes} 项"))


def _trail(checkpoint: int) -> list[Row]:
    """How many entries the last checkpoint covers; a card can be repainted: its text goes out beside it."""
    return [Row("留痕", f"检查点 {checkpoint} 条，全文另发一条文字，请留存")] if checkpoint else []


def _school_rows(school: School) -> list[Row]:
    vacant = f"{len(school.vacant)} 个单位：{'、'.join(school.vacant)}" if school.vacant else "无"
    people = f"{len(school.unreachable)} 人联系不上" if school.unreachable else "人员均可联系"
    named = f"：{'、'.join(school.unreachable[:5])}" if school.unreachable else ""
    kinds = "、".join(f"{name} {count}" for name, count in school.kinds)
    done, units = school.returns
    leads, cases, late, coming = school.cases
    return [
        *([Row("类别", kinds)] if kinds else []),
        *([Row("案件", f"线索 {leads}，案件 {cases}；超时 {late}，到期 {coming}")] if leads + cases else []),
        *([Row("摸底", f"已上报 {done}/{units} 个单位")] if units else []),
        Row("暂缺", vacant),
        Row("送达", f"未送达 {school.undelivered} 条，{people}{named}"),
    ]


def _unit_line(unit: UnitWeek) -> str:
    text = f"{unit.unit}：{unit.said}"
    return f"{text}，变更待备案 {unit.changes}" if unit.changes else text


def _line(one: Waiting, of: Of) -> str:
    due = f" 应于 {brief(one.due_at, of.counted)}前" if one.due_at else ""
    return f"· {one.number} {one.title}（{one.unit}）{due}"
