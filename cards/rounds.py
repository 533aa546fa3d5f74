"""A round of the inventory on a card: how many units have reported, and which have not."""

from collections.abc import Mapping, Sequence
from datetime import date

from cards.card import Card, Chart, Panel, Row, Tone

REPORTED, SIGNING, FILLING, COMING = "已上报", "待确认", "填报中", "待发放"
STAGES = (REPORTED, SIGNING, FILLING, COMING)


def progress(name: str, due_on: date, counted: Mapping[str, Sequence[str]], *, late: bool) -> Card:
    """`counted` is stage -> names of units."""
    total, done = sum(map(len, counted.values())), len(counted[REPORTED])
    open_ = [f"{stage}：{'、'.join(counted[stage])}" for stage in STAGES[1:] if counted[stage]]
    finished = done == total
    return Card(
        title=f"{name} {done}/{total}",
        tone=Tone.DONE if finished else Tone.ALARM if late else Tone.INFO,
        tag="已完成" if finished else "已到期" if late else "进行中",
        lead=f"{total} 个单位，已上报 {done} 个，{due_on:%-m月%-d日}截止（第十一条）。",
        rows=tuple(Row(stage, f"{len(names)} 个") for stage, names in counted.items() if names),
        chart=Chart(tuple((stage, len(names)) for stage, names in counted.items())),
        panels=(Panel("还没有上报的单位", tuple(open_)),) if open_ else (),
        note="逾期的会提醒经办人、第一责任人。催某个单位请发：/督办 编号。表格请发：/摸底 结果。",
    )
