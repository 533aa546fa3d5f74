"""A publication's topic on a card: the preview, what approvers are shown of it, what then holds (form F5)."""

from collections.abc import Mapping
from typing import Any

from cards import hints, part, plain
from cards.card import Panel, Row
from cards.form import Field
from cards.form_topic import FILED, FILED_OUTSIDE, NO, NOT_MAJOR, TOPIC
from cards.topic_stages import END, NEW, OUTSIDE, OWN, PERIODICALS
from cards.topic_stages import TOPIC as CHOICE
from cards.view import Face, View

KEY = "filed"
"""Under which a request keeps what the propaganda department said of the filing outside."""

_RULE = "重大选题未在校外备案不得出版"


def major(form: Mapping[str, Any]) -> bool:
    """Whether it is, or may be, a topic that must be filed outside."""
    return bool(form.get("major_topic", NO) != NO)


def publisher(form: Mapping[str, Any], unit: str) -> str:
    """Who publishes it, by name."""
    named = {OWN: unit, OUTSIDE: form.get("publisher_name", OUTSIDE)}
    return str(named.get(form.get("publisher", ""), form.get("publisher", "")))


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    form = view.request.form
    return f"{form.get('pub_type', '')}“{form.get('title', '')}”{form.get('stage', '')}审查"


def facts(view: View) -> list[Row]:
    """What whoever decides needs at a glance; what may have to be filed outside first."""
    form = view.request.form
    rows = {
        "重大选题": _major(form) if major(form) else "",
        "作者": form.get("authors"),
        "出版": "，".join(filter(None, (publisher(form, view.unit), form.get("planned_on")))),
        "三审": "、".join(filter(None, (_name(form.get(f"review_{n}")) for n in (1, 2, 3)))),
        "样稿": f"{len(form['files'])} 个文件" if form.get("files") else form.get("manuscript"),
    }
    return [*(Row(label, str(value)) for label, value in rows.items() if value), *hints.row(view)]


def _major(form: Mapping[str, Any]) -> str:
    """拿不准，已报备 国新出〔2026〕12 号"""
    said = form.get(KEY) or {}
    filed = " ".join(filter(None, (said.get("filed", "须报校外备案"), said.get("filing_no"))))
    return f"{form['major_topic']}，{filed}"


def _name(review: Any) -> str:
    """何老师 of 何老师：内容准确"""
    return str(review or "").partition("：")[0]


def _what(view: View) -> Row:
    form = view.request.form
    return Row("出版物", f"{form.get('pub_type', '')}·{form.get('stage', '')}")


def marks(view: View) -> list[Row]:
    return [Row("重大选题", _major(view.request.form))] if major(view.request.form) else []


def _said(view: View, field: Field, value: Any) -> str:
    return (
        publisher(view.request.form, view.unit)
        if field.name == "publisher"
        else plain.answer(view, field, value)
    )


def details(view: View) -> list[Panel]:
    form = view.request.form
    short = [f"{row.label}：{row.value}" for row in plain.rows(TOPIC, form, view, _said)]
    return [*plain.compared(TOPIC, view), *hints.panel(view), Panel("选题表", tuple(short)), *_filed(view)]


def _filed(view: View) -> list[Panel]:
    return plain.supplied(view, KEY, FILED)


def obstacle(form: Mapping[str, Any], number: str) -> str:
    """That the department has still to say whether it was filed outside; what it says decides nothing."""
    if not major(form) or form.get(KEY):
        return ""
    return f"{_RULE}，待党委宣传部记下报备情况（/{FILED.command} {number}）。"


def recorded(view: View) -> str:
    """What may be done now, and what not yet."""
    form = view.request.form
    said = form.get(KEY, {}).get("filed", "")
    if major(form) and said not in (FILED_OUTSIDE, NOT_MAJOR):
        return f"党委宣传部已审查通过；{_RULE}（登记为“{said}”）（第十条）。"
    return f"党委宣传部已审查通过（第十条）。{_next(form)}"


def _next(form: Mapping[str, Any]) -> str:
    stage = form.get("stage")
    if stage == NEW:
        return "请接着 /备案 登记入台账。"
    if stage == END:
        return "已备案的请接着 /注销。"
    if stage == CHOICE:
        again = "每一期" if form.get("pub_type") in PERIODICALS else "书稿"
        return f"{again}出版前还须再报 /选题。"
    return ""


FACE: Face = Face(
    form=TOPIC,
    wish=wish,
    facts=facts,
    marks=marks,
    excerpt=plain.first_text(TOPIC),
    changed=lambda view: plain.changed(TOPIC, view, _said),
    details=details,
    whole=plain.whole(TOPIC, ((KEY, FILED),)),
    reasons=("名称或内容需修改", "著作权来源需说明", "内容简介需补充", "是否重大选题需再核", "导向需再斟酌"),
    concluded=lambda view: f"审查全部通过。{_next(view.request.form)}",
    rejected="审查到此结束，不能出版。",
    again="这次审查没有通过（第十条）。另拟的请重新 /选题。",
    ended="审查通过",
    clears=True,
    recorded=recorded,
    withdrawn=lambda _: "申请已撤回，审查停止。",
)

FILED_FACE = part.face(FILED, KEY, wish, lambda _: "")

preview = plain.preview(
    TOPIC,
    lead="按“确认提交”即声明：内容不涉密（第八条），著作权来源清楚（第九条），所填三审情况属实。",
    note="经党委宣传部审查后方可出版（第十条）。",
    title=lambda view: str(view.request.form.get("title", "")),
    brief=lambda view: [_what(view), *facts(view)],
    details=details,
)

preview_filed = plain.preview(
    FILED,
    lead="按“确认提交”即如实记下报备情况，写入审查记录；是否通过另行决定。",
    note="系统不代替校外备案（第十条）。",
    title=lambda view: f"{view.request.number} 报备情况",
    key=KEY,
    secrecy=False,
)
