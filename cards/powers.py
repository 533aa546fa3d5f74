"""The four powers of a year: what each unit says, for those who see all of them (Article 10)."""

from collections import Counter
from collections.abc import Sequence

from cards import phrases
from cards.card import Card, Panel, Row

HELD, LACKING, WAITING = STAGES = "四项均已落实", "有未落实的", "还没有确认"
_REASON = 40


def line(unit: str, number: str, lacking: Sequence[str], reason: str, awaits: str) -> str:
    """出版社 QL-2026-0002：未落实 人事任免权（正在理顺）"""
    named = " ".join(filter(None, (unit, number)))
    if awaits or not number:
        return f"{named}：{awaits or '即将发出'}"
    if not lacking:
        return f"{named}：{HELD}"
    told = f"（{phrases.excerpt(reason, _REASON)}）" if reason else ""
    return f"{named}：未落实 {'、'.join(lacking)}{told}"


def stands(number: str, lacking: Sequence[str], *, said: bool) -> str:
    """四项均已落实（QL-2026-0001）, for a row of another card."""
    told = (f"未落实 {'、'.join(lacking)}" if lacking else HELD) if said else WAITING
    return f"{told}（{number}）" if number else told


def of_year(year: int, lines: Sequence[tuple[str, str]], unasked: Sequence[str], *, begin: bool) -> Card:
    """`lines` is what each unit says, with its stage; `unasked` units run a publication and were not asked;
    `begin` whether these can be asked now."""
    counted = Counter(stage for stage, _ in lines)
    panels = [Panel(stage, tuple(said for one, said in lines if one == stage)) for stage in reversed(STAGES)]
    left = f"还没有发给：{'、'.join(unasked)}。现在发请发：/四权 发起。" if unasked and begin else ""
    return Card(
        title=f"{year} 年四权确认 {len(lines)} 个单位",
        lead="各单位第一责任人对出版机构四项权力的确认；未落实的不等于违规，是否跟进由您决定。"
        if lines
        else f"{year} 年还没有发起；每年 10 月自动发给主办出版物的单位。",
        rows=tuple(Row(stage, f"{counted[stage]} 个单位") for stage in STAGES if lines),
        panels=tuple(panel for panel in panels if panel.lines),
        note=f"{left}看一件请发 /查询 编号。依据第十条。",
    )
