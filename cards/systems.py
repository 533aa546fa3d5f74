"""The account of a unit's systems and trainings on a card, and that of all units (Articles 7 to 9)."""

from collections.abc import Sequence

from cards.card import Button, Card, Style, Tone
from cards.duties import Owed
from cards.form_systems import SYSTEMS
from cards.form_training import TRAINING
from cards.registers import NEW, PAGE

TABLE = "表格"


def of_unit(
    unit: str, year: int, lines: Sequence[str], missing: Sequence[str], buttons: Sequence[Button]
) -> Card:
    """Each item on a line: what answers it, or since when it is missing."""
    lead = (
        f"还缺 {len(missing)} 项：{'、'.join(missing)}（第七至九条）。"
        if missing
        else "各项齐备（第七至九条）。"
    )
    return Card(
        title=f"{unit} {year} 年制度和培训",
        tone=Tone.WAITING if missing else Tone.DONE,
        tag=f"缺 {len(missing)} 项" if missing else "齐备",
        lead=lead,
        text="\n".join(lines),
        note="制度有效到被替代为止；政策宣讲、警示教育每年算一次。",
        buttons=tuple(buttons),
        whole=True,
    )


def of_school(
    year: int, lacking: Sequence[str], units: int, page: int, charted: Sequence[tuple[str, int]]
) -> Card:
    """Which units lack what, for the centre and the auditor."""
    shown = lacking[(page - 1) * PAGE : page * PAGE]
    left = len(lacking) - page * PAGE
    told = "，".join(f"{name} {count}" for name, count in charted if count)
    counted = f"缺的单位数：{told}。" if told else ""
    more = f"还有 {left} 个单位：/制度 {year} {page + 1}。" if left > 0 else ""
    return Card(
        title=f"{year} 年制度和培训：{len(lacking)} 个单位有缺项",
        lead=f"{units} 个单位有媒体，{units - len(lacking)} 个齐备（第七至九条）。",
        text="\n".join(shown),
        note=f"{counted}{more}看一个单位发 /制度 单位名；表格发 /制度 {year} {TABLE}。",
    )


def due(owed: Owed, unit: str, year: int, lines: Sequence[str]) -> Card:
    """To the first-responsible person: what is missing of the year, as long as something is."""
    title = f"{year} 年制度和培训还缺 {len(lines)} 项"
    return Card(
        title=title if owed.open else f"{year} 年制度和培训",
        tone=Tone.WAITING if owed.open else Tone.CLOSED,
        tag=owed.tag,
        lead=f"{unit}还没有登记下列各项（第七至九条）。已有的请登记，没有的请安排；办好后不再提醒。"
        if owed.open
        else f"{unit}不再提醒，现在的情况请发 /制度。",
        text="\n".join(lines) if owed.open else "",
        note="每年 3、6、10 月各提醒一次。",
        buttons=keep_buttons() if owed.open else (),
        closed="" if owed.open else "不再提醒",
        whole=True,
    )


def keep_buttons() -> tuple[Button, ...]:
    """What whoever keeps them may do about what is missing."""
    return (
        Button("登记制度", NEW, SYSTEMS.kind, style=Style.PRIMARY),
        Button("发起培训", NEW, TRAINING.kind),
    )
