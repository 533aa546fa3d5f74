"""The Monday digest: what is open, late and coming up, in a unit or in the whole school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cards.card import Card, Row, Tone
from cards.times import day, deadline


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request or change that waits; `due_at` may be over."""

    number: str
    title: str
    unit: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """How many requests of a unit are open, late and due within the week, and its unfiled changes."""

    unit: str
    open: int = 0
    late: int = 0
    coming: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True)
class School:
    """What only the centre is told: `vacant` units, letters that did not arrive, people on no platform."""

    vacant: tuple[str, ...] = ()
    undelivered: int = 0
    unreachable: tuple[str, ...] = ()


def unit_week(week: UnitWeek, worst: Sequence[Waiting], monday: date, now: datetime) -> Card:
    """For a first-responsible person: their unit's week.

    > ……负责人应及时掌握本单位师生员工在全媒体上的动态……（第六条（一））
    """
    return Card(
        title=f"本周情况 {week.unit} {day(monday, now)}",
        tone=Tone.ALARM if week.late else Tone.INFO,
        tag="周报",
        lead=f"{week.unit}：在办 {week.open} 件，其中超时 {week.late} 件，本周到期 {week.coming} 件。",
        rows=(*_rows(week),),
        text="\n".join(_line(one, now) for one in worst),
        note="依据第六条（一）：及时掌握本单位媒体情况。查一件发 /查询 编号。",
    )


def school_week(
    units: Sequence[UnitWeek], worst: Sequence[Waiting], school: School, monday: date, now: datetime
) -> Card:
    """For the centre: the whole school, units with the most late ones first."""
    total = UnitWeek(
        "全校",
        sum(unit.open for unit in units),
        sum(unit.late for unit in units),
        sum(unit.coming for unit in units),
        sum(unit.changes for unit in units),
    )
    counted = sorted(units, key=lambda unit: (-unit.late, -unit.open, unit.unit))
    return Card(
        title=f"本周情况 全校 {day(monday, now)}",
        tone=Tone.ALARM if total.late or school.vacant else Tone.INFO,
        tag="周报",
        lead=f"全校在办 {total.open} 件，其中超时 {total.late} 件，本周到期 {total.coming} 件。",
        rows=(*_rows(total), *_school_rows(school)),
        text="\n".join([*(_unit_line(unit) for unit in counted), *(_line(one, now) for one in worst)]),
        note="依据第五条（一）：中心负责指导、协调、督查。查一件发 /查询 编号。",
    )


def _rows(week: UnitWeek) -> list[Row]:
    rows = [("在办", week.open), ("超时", week.late), ("本周到期", week.coming)]
    return [Row(label, f"{n} 件") for label, n in rows] + [Row("变更待备", f"{week.changes} 项")]


def _school_rows(school: School) -> list[Row]:
    vacant = f"{len(school.vacant)} 个单位：{'、'.join(school.vacant)}" if school.vacant else "无"
    people = f"{len(school.unreachable)} 人联系不上" if school.unreachable else "人员均可联系"
    named = f"：{'、'.join(school.unreachable[:5])}" if school.unreachable else ""
    return [Row("暂缺", vacant), Row("送达", f"未送达 {school.undelivered} 条，{people}{named}")]


def _unit_line(unit: UnitWeek) -> str:
    text = f"{unit.unit}：在办 {unit.open}，超时 {unit.late}，本周到期 {unit.coming}"
    return f"{text}，变更待备案 {unit.changes}" if unit.changes else text


def _line(one: Waiting, now: datetime) -> str:
    due = f" 应于 {deadline(one.due_at, now)}前" if one.due_at else ""
    return f"· {one.number} {one.title}（{one.unit}）{due}"
