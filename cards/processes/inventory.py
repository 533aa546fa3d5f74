"""The return of a unit on a card: what the ledger has, what the unit said, and what is signed (form F6)."""

from collections.abc import Mapping, Sequence
from typing import Any

from cards import phrases
from cards.card import Card, Panel, Row, Style, Tone
from cards.draft import CONFIRM, button, give_up, receiving
from cards.form_inventory import FILLED, RETURN
from cards.view import Face, View
from storage.records import Draft

KEY = "filled"
ZERO = "零报告：台账里没有本单位的媒体。"


def listed(view: View) -> Sequence[Mapping[str, Any]]:
    """The media that the ledger had when the return was opened: no, name, platform, facts."""
    return view.request.facts.get("listed") or ()


def filled(view: View) -> Mapping[str, Any]:
    return view.request.form.get(KEY) or {}


def opening(view: View) -> str:
    """The first sentence: what is asked."""
    name = view.request.form.get("round", "")
    if not listed(view):
        return f"{name}：{view.unit}{ZERO.rstrip('。')}"
    return f"{name}：{view.unit}台账里有 {len(listed(view))} 个媒体"


def summary(view: View) -> str:
    """14 个媒体：12 个无变化，2 个有变化"""
    said = filled(view)
    same, other = len(said.get("unchanged") or ()), len(said.get("rows") or ())
    return f"{same + other} 个媒体：{same} 个无变化，{other} 个有变化" if said else "还没有填报"


def row_line(view: View, row: Mapping[str, Any]) -> str:
    """机电旧刊：拟注销；僵尸；两年未更新"""
    names = {one["no"]: one["name"] for one in listed(view)}
    parts = (row["used"], "、".join(row["problems"]), row["note"])
    return f"{names.get(row['medium'], row['medium'])}：{'；'.join(filter(None, parts))}"


def facts(view: View) -> list[Row]:
    """What the signer needs at a glance."""
    said = filled(view)
    if not listed(view):
        return [Row("情况", ZERO)]
    return [
        Row("情况", summary(view)),
        *([Row("未备案", phrases.excerpt(said["unfiled"], 60))] if said.get("unfiled") else []),
        *([Row("冒用", phrases.excerpt(said["impersonations"], 60))] if said.get("impersonations") else []),
        *([Row("个人账号", f"{said['personal']} 个")] if said.get("personal") else []),
    ]


def noticed(view: View) -> list[str]:
    """What the ledger knows that needs a look: 机电旧刊：半年没有登记发布"""
    return [f"{one['name']}：{'；'.join(one['facts'])}" for one in listed(view) if one.get("facts")]


def details(view: View) -> list[Panel]:
    said = filled(view)
    names = tuple(f"{one['name']}（{one['platform']}，{one['no']}）" for one in listed(view))
    other = tuple(row_line(view, row) for row in said.get("rows") or ())
    panels = [Panel("台账里的媒体", names)] if names else []
    panels += [Panel("有变化的", other)] if other else []
    return [*panels, *([Panel("台账提示", tuple(noticed(view)))] if noticed(view) else [])]


def excerpt(view: View) -> str:
    """What needs a look comes first, until the unit has answered."""
    said = [row_line(view, row) for row in filled(view).get("rows") or ()]
    return "；".join(said or noticed(view))


def whole(view: View) -> str:
    """Everything as text."""
    said = filled(view)
    lines = [f"{row.label}：{row.value}" for row in facts(view)]
    for panel in details(view):
        lines += [f"【{panel.title}】", *panel.lines]
    return "\n".join([*lines, *(f"附件：{name}" for name in phrases.files(said))])


def changed(view: View) -> list[str]:
    """What is otherwise than when this reader looked."""
    before, now = (view.before or {}).get(KEY), filled(view)
    return [] if view.before is None or before == now else ["填报有改动"]


def concluded(view: View) -> str:
    return f"{view.unit}的{view.request.form.get('round', '摸底')}已上报全媒体中心。"


FACE: Face = Face(
    form=RETURN,
    wish=lambda view: f"{view.request.form.get('round', '')}上报",
    opening=opening,
    facts=facts,
    excerpt=excerpt,
    changed=changed,
    details=details,
    whole=whole,
    reasons=("有媒体没有核对", "请补充未备案媒体", "现状与实际不符", "请说明问题"),
    concluded=concluded,
    ended="已上报",
    recorded=concluded,
    applicants=(),
)

FILLED_FACE: Face = Face(
    form=FILLED,
    wish=FACE.wish,
    facts=facts,
    excerpt=excerpt,
    changed=lambda _: (),
    details=details,
    whole=whole,
    reasons=(),
    concluded=concluded,
)


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """What will be laid before the first-responsible person."""
    return Card(
        title=f"{CONFIRM}{view.unit}{view.request.form.get('round', '')}",
        tone=Tone.WAITING,
        tag="未提交",
        lead="提交后由第一责任人“确认上报”。请如实填写（第十一条）。",
        rows=tuple(facts(view)),
        text=phrases.excerpt(excerpt(view), 80),
        panels=tuple(details(view)),
        note=f"拟注销的会为您备好 /注销 草稿，未备案的备好 /备案 草稿。{receiving(fetching)}",
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            button(draft, "查看", "view_draft"),
            give_up(draft),
        ),
    )
