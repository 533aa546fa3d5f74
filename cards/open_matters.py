"""What is open in a unit or in the whole school, by unit, each named, with who holds it and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cards.card import Card, Tone

PAGE = 12
SCHOOL, OWN = "全校", "本单位"
"""The words behind /待办."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One line: a request that waits, or a change that is not filed; `due` in words, empty without one."""

    unit: str
    what: str
    holders: str
    due: str


def card(scope: str, command: str, matters: Sequence[Matter], total: int, late: int, page: int) -> Card:
    """A page of what is open; `command` brings the next one."""
    if not total:
        return Card(title=f"在办 {scope}", tone=Tone.DONE, lead=f"{scope}没有在办的事项。")
    lines = []
    for unit, group in groupby(matters, key=lambda one: one.unit):
        lines += [
            unit,
            *(f"· {one.what}：待 {one.holders}{'，' if one.due else ''}{one.due}" for one in group),
        ]
    left = total - page * PAGE
    return Card(
        title=f"在办 {scope} {total} 件",
        tone=Tone.ALARM if late else Tone.INFO,
        tag="在办",
        lead=f"按单位排列，先到期的在前，其中超时 {late} 件。",
        text="\n".join(lines),
        note="查一件发 /查询 编号。" + (f"还有 {left} 件：{command} {page + 1}" if left > 0 else ""),
    )
