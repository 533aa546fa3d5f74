"""Who would get a post of each unit today, and what would keep it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import phrases
from cards.card import Card, Tone
from storage.steps import Step

MOST = 30
"""Units on one card."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """`asked` names whom each step would be put to; `wrong` what would keep a post, in words."""

    unit: str
    asked: tuple[tuple[Step, tuple[str, ...]], ...]
    wrong: tuple[str, ...]


def card(units: Sequence[Readiness]) -> Card:
    """One line a unit, those with something wrong first."""
    wrong = sum(bool(unit.wrong) for unit in units)
    more = [f"另有 {len(units) - MOST} 个单位没有列出。"] if units[MOST:] else []
    title = f"发布审批：{wrong} 个单位现在办不下去" if wrong else "今天发布由谁审批"
    return Card(
        title=title,
        tone=Tone.ALARM if wrong else Tone.INFO,
        text="\n".join([*map(line, units[:MOST]), *more]) or "没有在用的媒体。",
    )


def line(unit: Readiness) -> str:
    """机电学院：保密审查 孙老师 → 第一责任人 王书记 → 全媒体中心 赵老师（必要时）; what is wrong first."""
    steps = " → ".join(f"{phrases.role(step)} {_names(names)}" for step, names in unit.asked)
    wrong = f"【{'；'.join(unit.wrong)}】" if unit.wrong else ""
    return f"{unit.unit}：{wrong}{steps}（必要时）"


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f" 等 {len(names)} 人" if names[3:] else "") or "暂缺"
