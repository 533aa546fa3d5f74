"""A change of a medium, on a card: before and after, from which day, in time or not (form F2)."""

from collections.abc import Mapping
from typing import Any

from cards import phrases
from cards.card import Card, Panel, Row, Style, Tone
from cards.draft import button, give_up, receiving
from cards.form_media import ITEMS, PERSON_ITEMS
from cards.view import View
from storage.records import Draft


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """What will be filed: each item before and after, and what is declared of the hand-over."""
    form = draft.form
    handed = "按“确认提交”即声明：密码与权限已交接，旧权限已收回。" if _persons(form) else ""
    return Card(
        title=f"请确认：{phrases.media(view)} 变更",
        tone=Tone.WAITING,
        tag="未提交",
        lead=f"{handed}{_timeliness(form)}",
        rows=(*facts(view), Row("审批", phrases.path(view.request.chain))),
        text="\n".join(changed(view)),
        panels=(Panel("变更事项", tuple(changed(view))),),
        note="变更已经发生，台账按实际日期记录；中心备案前显示“待确认”（第六条（二））。"
        "要改直接发“字段：值”。" + receiving(fetching),
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            button(draft, "查看", "view_draft"),
            give_up(draft),
        ),
    )


def _persons(form: Mapping[str, Any]) -> bool:
    return any(item in (form.get("after") or {}) for item in PERSON_ITEMS)


def _timeliness(form: Mapping[str, Any]) -> str:
    """A fact, not a verdict: filed in time, or so many working days after the term."""
    delay = int(form.get("delay") or 0)
    if not delay:
        return "在 5 个工作日内发起。"
    return f"应在 5 个工作日内发起，现已超过 {delay} 个工作日，会如实记录。"


def changed(view: View) -> list[str]:
    """管理员：李老师 → 何老师, one line an item."""
    form = view.request.form
    before, after = form.get("before") or {}, form.get("after") or {}
    return [
        f"{ITEMS[item]}：{_shown(view, item, before.get(item))} → {_shown(view, item, value)}"
        for item, value in after.items()
    ]


def _shown(view: View, item: str, value: Any) -> str:
    values = value if isinstance(value, (list, tuple)) else [value] if value else []
    words = [view.name(str(one)) if item in PERSON_ITEMS else str(one) for one in values]
    return "、".join(words) or "—"


def wish(view: View) -> str:
    items = "、".join(ITEMS[item] for item in view.request.form.get("after") or {})
    return f"“{phrases.media(view)}”{items}变更备案"


def facts(view: View) -> list[Row]:
    form = view.request.form
    rows = [Row("媒体", phrases.media(view)), Row("变更日", str(form.get("changed_on", "")))]
    provisional = "（暂定）" if form.get("provisional") else ""
    rows.append(Row("应于", f"{form.get('due_on', '')} 前发起{provisional}"))
    if form.get("delay"):
        rows.append(Row("逾期", f"{form['delay']} 个工作日：{form.get('late_reason', '')}"))
    return rows


def excerpt(form: Mapping[str, Any]) -> str:
    return "；".join(f"{ITEMS[item]}有变更" for item in form.get("after") or {})


def details(view: View) -> list[Panel]:
    form = view.request.form
    more = [f"变更原因：{form['reason']}"] if form.get("reason") else []
    more += ["声明：密码与权限已交接，旧权限已收回"] if _persons(form) else []
    more += [f"日历版本：{form.get('calendar', '')}"]
    more += [f"附件：{name}" for name in phrases.files(form)]
    return [Panel("变更事项", tuple(changed(view))), Panel("说明", tuple(more))]


def whole(form: Mapping[str, Any]) -> str:
    before, after = form.get("before") or {}, form.get("after") or {}
    lines = [f"变更日期：{form.get('changed_on', '')}"]
    lines += [f"{ITEMS[item]}：{before.get(item) or '—'} → {value}" for item, value in after.items()]
    return "\n".join(lines)
