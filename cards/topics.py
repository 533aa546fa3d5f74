"""Topics among others: those a reader may see, and a year's by the day on which they are to come out."""

from collections.abc import Sequence
from itertools import groupby

from cards import phrases
from cards.card import Button, Card
from cards.form_topic import TOPIC
from cards.processes.topic import FACE, major
from cards.registers import NEW
from storage.records import Request, State

PAGE = 8
PLANNED = 12
"""Lines of a page of a year's plan."""

_TITLE = 24
_NEW = Button("报新选题", NEW, TOPIC.kind)


def line(one: Request, unit: str, awaits: str) -> str:
    """XT-2026-0001 图书·选题 机器人学导论（机电学院党委）：审批中，待 王书记"""
    form, of = one.form, f"（{unit}）" if unit else ""
    kind = f"{form.get('pub_type', '')}·{form.get('stage', '')}" if form else ""
    told = "，".join(filter(None, (phrases.standing(one.state, FACE), awaits)))
    return " ".join(filter(None, (one.number, kind, f"{_name(one)}{of}：{told}")))


def _name(one: Request) -> str:
    return phrases.excerpt(one.title, _TITLE)


def listed(scope: str, lines: Sequence[str], total: int, page: int, year: int) -> Card:
    """The topics that a reader may see, the newest first."""
    left = total - page * PAGE
    more = f"还有 {left} 项：/选题 第{page + 1}页。" if left > 0 else ""
    return Card(
        title=f"{scope}的选题 {total} 项",
        lead="最近提交的在前。",
        text="\n".join(lines),
        note=f"{more}看一项发 /查询 编号；按出版日期看发 /选题 {year}。",
        buttons=(_NEW,),
    )


def plan(scope: str, year: int, coming: Sequence[tuple[Request, str]], page: int) -> Card:
    """What is to come out in a year, by its day, each with its unit's name; under review or passed."""
    passed = sum(one.state is State.RECORDED for one, _ in coming)
    big = sum(major(one.form) for one, _ in coming)
    shown = coming[(page - 1) * PLANNED : page * PLANNED]
    lines = [
        said
        for month, of_month in groupby(shown, key=lambda one: _day(one[0])[:7])
        for said in (f"【{int(month[5:])} 月】", *(_planned(one, unit) for one, unit in of_month))
    ]
    left = len(coming) - page * PLANNED
    more = f"还有 {left} 项：/选题 {year} 第{page + 1}页。" if left > 0 else ""
    counts = f"共 {len(coming)} 项：审查通过 {passed} 项，审查中 {len(coming) - passed} 项"
    counts += f"；重大选题（含拿不准）{big} 项" if big else ""
    return Card(
        title=f"{scope} {year} 年出版计划",
        lead=f"{counts}。" if coming else f"没有拟在 {year} 年出版的。",
        text="\n".join(lines),
        note=f"{more}按拟出版日期排列；看一项发 /查询 编号。",
    )


def _day(one: Request) -> str:
    return str(one.form.get("planned_on", ""))


def _planned(one: Request, unit: str) -> str:
    """15 日 图书·书稿 机器人学导论（机电学院党委）审查通过 XT-2026-0001"""
    form = one.form
    kind = f"{form.get('pub_type', '')}·{form.get('stage', '')}"
    mark = "【重大】" if major(form) else ""
    where = f"{_name(one)}（{unit}）{phrases.standing(one.state, FACE)}"
    return f"{int(_day(one)[8:])} 日 {mark}{kind} {where} {one.number}"
