"""A change of a medium, on a card: before and after, from which day, in time or not (form F2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cards import phrases
from cards.card import Card, Panel, Row, Style, Tone
from cards.draft import CONFIRM, button, give_up, receiving
from cards.form_media import CHANGE, HANDED_OVER, ITEMS, PERSON_ITEMS
from cards.times import day
from cards.view import Face, View
from storage.records import Draft

HANDED = "密码与权限已交接，旧权限已收回"
NOT_APPOINTED = "第一责任人没有改动，请核对"


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """What will be filed: each item before and after, and what is declared of the hand-over."""
    form = draft.form
    handed = f"按“确认提交”即声明：{HANDED}。" if _handed_over(form) else ""
    return Card(
        title=f"{CONFIRM}{_name(view)} 变更",
        tone=Tone.WAITING,
        tag="未提交",
        lead=f"{handed}{_timeliness(view.request.facts)}",
        rows=(*facts(view), Row("审批", f"{phrases.path(view.request.chain)}备案")),
        text="\n".join(changed(view)),
        panels=(Panel("变更事项", tuple(changed(view))), Panel("说明", tuple(_more(view)))),
        note="变更已发生，台账按变更日显示，中心备案前为“待确认”（第六条（二））。"
        "要改直接发“字段：值”。" + receiving(fetching),
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            button(draft, "查看", "view_draft"),
            give_up(draft),
        ),
    )


def _handed_over(form: Mapping[str, Any]) -> bool:
    return any(item in (form.get("after") or {}) for item in HANDED_OVER)


def _name(view: View) -> str:
    """The medium as it was called when the change was filed."""
    return str(view.request.facts.get("medium_name") or phrases.media(view))


def _timeliness(facts: Mapping[str, Any]) -> str:
    """A fact, not a verdict: started in time, or so many working days after the term."""
    if not facts.get("late"):
        return "在变更后 5 个工作日内发起。"
    return f"应在变更后 5 个工作日内发起，{_delay(facts)}，会如实记录。"


def _delay(facts: Mapping[str, Any]) -> str:
    return f"已逾期{' ' if facts.get('delay') else '，'}{_late_by(facts)}"


def _late_by(facts: Mapping[str, Any]) -> str:
    days = int(facts.get("delay") or 0)
    return f"{days} 个工作日" if days else "不足 1 个工作日"


def changed(view: View) -> list[str]:
    """管理员：李老师 → 何老师, one line an item."""
    before, after = view.request.facts.get("before") or {}, view.request.form.get("after") or {}
    return [
        f"{title}：{_shown(view, item, before.get(item))} → {_shown(view, item, after[item])}"
        for item, title in ITEMS.items()
        if item in after
    ]


def _shown(view: View, item: str, value: Any) -> str:
    values = value if isinstance(value, (list, tuple)) else [value] if value else []
    if item == "host_unit":
        return "、".join(view.unit_name(str(one)) for one in values) or "—"
    return "、".join(view.name(str(one)) if item in PERSON_ITEMS else str(one) for one in values) or "—"


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    return f"“{_name(view)}”{items(view.request.form.get('after') or {})}变更备案"


def not_appointed(number: str, unit: str, filed: str, registered: str) -> str:
    """To the administrators and the centre: somebody else was put in while the change was on its way."""
    now = f"单位表现在登记的是 {registered}" if registered else "单位表现在没有登记"
    return (
        f"{number} 已备案，{unit} 的第一责任人变更为 {filed}；但{now}，是之后另行改动的，没有覆盖。"
        "请核对；确应变更的，请修改单位表后重新导入（第五条（二））。"
    )


def items(after: Mapping[str, Any]) -> str:
    """运营负责人、管理员: what changed, in the order of the form."""
    return "、".join(title for item, title in ITEMS.items() if item in after)


def facts(view: View) -> list[Row]:
    """The medium, the day of the change, and its term."""
    form, facts = view.request.form, view.request.facts
    rows = [Row("媒体", f"{_name(view)}（{'、'.join(form.get('media') or ())}）")]
    if facts.get("due_on"):
        rows += [Row("变更日", _day(view, form["changed_on"])), Row("应发起", _term(view))]
    return [*rows, *marks(view)]


def _day(view: View, text: str) -> str:
    return day(date.fromisoformat(text), view.now)


def _term(view: View) -> str:
    """11月27日（周五）24:00前: the whole last day is in time."""
    facts = view.request.facts
    guessed = "（暂定）" if facts.get("provisional") else ""
    return f"{_day(view, facts['due_on'])}24:00前{guessed}"


def marks(view: View) -> list[Row]:
    """A late start says so on its every card: the delay and its reason, no verdict (Article 13(3))."""
    facts, reason = view.request.facts, view.request.form.get("late_reason", "")
    return [Row("逾期", f"{_late_by(facts)}：{reason}")] if facts.get("late") else []


def excerpt(view: View) -> str:
    """Before and after, then why: a card that cannot unfold panels must tell what it asks for."""
    reason = view.request.form.get("reason")
    return "；".join([*changed(view), *([f"变更原因：{reason}"] if reason else [])])


def _more(view: View) -> list[str]:
    """Why, what was declared, and by which calendar the term was counted."""
    form = view.request.form
    lines = [f"变更原因：{form['reason']}"] if form.get("reason") else []
    lines += [f"声明：{HANDED}"] if _handed_over(form) else []
    if view.request.facts.get("due_on"):
        lines.append(f"期限：{_term(view)}发起，工作日历 {view.request.facts.get('calendar', '')}")
    return [*lines, *(f"附件：{name}" for name in phrases.files(form))]


def details(view: View) -> list[Panel]:
    """Before and after, what goes with it, and what was otherwise when this reader decided."""
    panels = [Panel("变更事项", tuple(changed(view))), Panel("说明", tuple(_more(view)))]
    lines = differing(view)
    return [Panel("与您上次办理时相比", tuple(lines)), *panels] if lines else panels


def differing(view: View) -> list[str]:
    """What is filed otherwise than when this reader decided."""
    old = (view.before or {}).get("after") or {}
    new = view.request.form.get("after") or {}
    return [
        f"{title}：{_shown(view, item, old.get(item))} → {_shown(view, item, new.get(item))}"
        for item, title in ITEMS.items()
        if view.before is not None and old.get(item) != new.get(item)
    ]


def whole(view: View) -> str:
    """Everything that is filed, as text."""
    return "\n".join([*(f"{row.label}：{row.value}" for row in facts(view)), *changed(view), *_more(view)])


def concluded(_: View) -> str:
    return "台账已确认。"


def recorded(view: View) -> str:
    if kept := view.request.outcome.get("kept"):
        items = "、".join(ITEMS[item] for item in kept)
        return f"变更已由全媒体中心备案。{items}之后另有改动，没有覆盖，已请系统管理员核对。"
    return "变更已由全媒体中心备案，台账已确认。"


def withdrawn(_: View) -> str:
    return "变更备案已撤回，台账已恢复为变更前的内容。"


FACE: Face = Face(
    form=CHANGE,
    wish=wish,
    facts=facts,
    excerpt=excerpt,
    changed=differing,
    details=details,
    whole=whole,
    reasons=("变更内容有误", "变更日期需核实", "交接情况需说明", "逾期原因需说明", "缺少截图或证明"),
    concluded=concluded,
    stays="变更已发生，台账仍按变更日显示，待确认。备案完成前仍算待办（第六条（二））。",
    marks=marks,
    recorded=recorded,
    withdrawn=withdrawn,
)
