"""What is open of one unit on one card: for the centre, which answers for all (Article 5(1))."""

from collections.abc import Mapping, Sequence

from cards.card import Card, Panel, Row, Tone


def unit(
    name: str,
    kinds: Mapping[str, int],
    lines: Sequence[str],
    noticed: Sequence[str],
    late: int,
    head: str,
    known: Sequence[Row] = (),
) -> Card:
    """`kinds` is what is open by its name, `lines` each of it, `noticed` media that need a look, `known`
    what else is known of the unit."""
    total = sum(kinds.values())
    panels = [Panel("在办", tuple(lines))] if lines else []
    panels += [Panel("需要关注的媒体", tuple(noticed))] if noticed else []
    return Card(
        title=f"督查 {name}",
        tone=Tone.ALARM if late else Tone.INFO,
        tag=f"在办 {total} 件" if total else "没有在办",
        lead=f"{name}在办 {total} 件，其中超时 {late} 件；需要关注的媒体 {len(noticed)} 个。",
        rows=(
            Row("第一责任", head or "（暂缺）"),
            *known,
            *(Row(kind, f"{count} 件") for kind, count in kinds.items()),
        ),
        panels=tuple(panels),
        note="依据第五条（一）：中心履行督查职责。催办理人请发：/督办 编号；看一件请发：/查询 编号。",
    )
