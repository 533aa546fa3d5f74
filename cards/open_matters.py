"""What is open in a unit or in the whole school, by unit, each named, with who holds it and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cards import phrases
from cards.card import Card, Tone
from cards.view import View
from storage.records import State

PAGE = 12
SCHOOL, OWN = "全校", "本单位"
"""The words behind /待办."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One line: a request that is not finished, or a change that is not filed; `stands` as in `standing`."""

    unit: str
    what: str
    stands: str


def standing(view: View) -> str:
    """Whose turn it is, for what, and by when: 待 王书记，11月24日 16:00前."""
    state = view.request.state
    if state is State.RETURNED:
        return f"已退回，待 {view.name(view.request.applicant)} 修改"
    if state is State.PAUSED:
        return "已由管理员暂停，恢复前不办"
    return awaits(phrases.holders(view) or "（暂缺办理人）", phrases.due_briefly(view))


def awaits(who: str, due: str) -> str:
    """`due` in words, empty without one."""
    return f"待 {who}{'，' if due else ''}{due}"


def card(scope: str, command: str, matters: Sequence[Matter], total: int, late: int, page: int) -> Card:
    """A page of what is open; `command` brings the next one."""
    if not total:
        return Card(title=f"在办 {scope}", tone=Tone.DONE, lead=f"{scope}没有在办的事项。")
    lines = []
    for unit, group in groupby(matters, key=lambda one: one.unit):
        lines += [
            unit,
            *(f"· {one.what}：{one.stands}" for one in group),
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
