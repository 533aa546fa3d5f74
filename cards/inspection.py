"""The account of a year on cards: how far it is, and the records behind the figures of a unit."""

from collections.abc import Mapping, Sequence
from typing import Any

from cards.card import Button, Card, Panel, Row, Style, Tone
from cards.processes.inspection import FIGURES, PROPOSES, deductions, lines, score

PAGE = 15
"""Records on one page."""

TURN = "figures_page"
"""The act of the buttons that turn the page, whose step is 项.页."""

COMING, SPEAKING, SETTLING, SETTLED = "待核算", "待单位意见", "待定稿", "已定稿"
STAGES = (SETTLED, SETTLING, SPEAKING, COMING)


def progress(name: str, counted: Mapping[str, Sequence[str]]) -> Card:
    """`counted` is stage -> names of units, in the order of the units and of nothing else."""
    total, done = sum(map(len, counted.values())), len(counted[SETTLED])
    open_ = [f"{stage}：{'、'.join(counted[stage])}" for stage in STAGES[1:] if counted[stage]]
    return Card(
        title=f"{name} {done}/{total}",
        tone=Tone.DONE if done == total else Tone.INFO,
        tag="已完成" if done == total else "进行中",
        lead=f"{total} 个单位，已定稿 {done} 个（第十二条）。",
        rows=tuple(Row(stage, f"{len(counted[stage])} 个") for stage in STAGES if counted[stage]),
        panels=(Panel("还没有定稿的单位", tuple(open_)),) if open_ else (),
        note=f"{PROPOSES}。汇总表请发：/督查 {name[:4]} 汇总。看一件请发：/督查 编号",
    )


def overview(number: str, title: str, form: Mapping[str, Any]) -> Card:
    """All figures, and what costs points."""
    return Card(
        title=f"{number} 各项数据",
        tone=Tone.INFO,
        tag=score(form),
        lead=f"{title}，{form['span']}。{PROPOSES}。",
        text="\n".join(lines(form)),
        panels=(Panel("扣分说明", tuple(deductions(form) or ["没有扣分。"])),),
        note=f"看第几项的记录请发：/督查 {number} 项号；要表格和文件发：/督查 {number} 文件",
        whole=True,
        buttons=(Button("逐项看记录", TURN, number, "1.1", style=Style.PRIMARY),),
    )


def records(number: str, form: Mapping[str, Any], item: int, page: int) -> Card:
    """A page of the records behind one figure; `item` counts from 1."""
    figures = form[FIGURES]
    item = min(max(item, 1), len(figures))
    one = figures[item - 1]
    found = one["records"]
    pages = -(-len(found) // PAGE) or 1
    page = min(page, pages)
    told = [" ".join(record) for record in found[(page - 1) * PAGE : page * PAGE]]
    why = [line["why"] for line in form.get("deductions") or () if line["figure"] == one["key"]]
    more = f"第 {page}/{pages} 页。" if pages > 1 else ""
    return Card(
        title=f"{number} {one['label']} {one['value']}",
        tone=Tone.INFO,
        tag=f"{item}/{len(figures)}",
        lead=f"{one['label']}：{one['value']}。{'；'.join(why)}",
        text="\n".join(told) or _none(one["key"]),
        note=f"{more}看一件请发：/查询 编号，媒体请发：/台账 备案号",
        whole=True,
        buttons=_turns(number, item, page, pages, len(figures)),
    )


def _none(key: str) -> str:
    return "个人账号只计数，不列名单。" if key == "personal" else "没有记录。"


def _turns(number: str, item: int, page: int, pages: int, items: int) -> tuple[Button, ...]:
    further = (Button("下一页", TURN, number, f"{item}.{page + 1}"),) if page < pages else ()
    back = (Button("上一项", TURN, number, f"{item - 1}.1"),) if item > 1 else ()
    onward = (Button("下一项", TURN, number, f"{item + 1}.1", style=Style.PRIMARY),) if item < items else ()
    return (*further, *back, *onward, Button("全部数据", TURN, number, "0.1"))
