"""A medium to be filed, on a card: the preview, and what approvers are shown of it (form F1)."""

from datetime import date
from typing import Any

from cards import phrases
from cards.card import Card, Input, Panel, Row, Style, Tone
from cards.draft import CONFIRM, button, give_up, receiving
from cards.form import Field
from cards.form_media import FILING, LATE, PERSON_ITEMS, platform
from cards.times import day
from cards.view import Face, View
from storage.records import Draft, Platform
from storage.steps import StepRole

_IN_ROWS = ("account_name", "platform_type", "platform_other", "host_unit", "operator", "admins")
_PEOPLE = (*PERSON_ITEMS, "leader")


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """Everything that will be filed, defaults included, and the pledge of Article 4."""
    form = draft.form
    late = "这是补备案，会如实记录。" if form.get("filing_kind") == LATE else ""
    more = (button(draft, "其他情况", "edit_details"),) if draft.platform is Platform.FEISHU else ()
    return Card(
        title=f"{CONFIRM}{form.get('account_name', '')} 备案",
        tone=Tone.WAITING,
        tag="未提交",
        lead=f"按“确认提交”即承诺：谁开设谁主管、谁应用谁负责（第四条），不与校外单位合办（第十一条）。{late}",
        rows=(*_rows(view), *marks(view), Row("审批", phrases.path(view.request.chain))),
        text=phrases.excerpt(excerpt(view), 60),
        panels=(Panel("备案信息", tuple(_lines(view))),),
        note="两级通过后才列入台账、给备案号，才能发布（第六条（一））。"
        "要改直接发“字段：值”。" + receiving(fetching),
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            *more,
            button(draft, "查看", "view_draft"),
            give_up(draft),
        ),
    )


def _rows(view: View) -> list[Row]:
    form = view.request.form
    return [
        Row("媒体", f"{form.get('account_name', '')}（{platform(form)}）"),
        Row("主办", view.unit_name(str(form.get("host_unit", "")))),
        Row("运营", view.name(str(form.get("operator", "")))),
        Row("管理员", phrases.names(view, form.get("admins") or (), limit=5)),
    ]


def marks(view: View) -> list[Row]:
    """A late filing says so on its every card (Article 13(3) asks when it was done)."""
    form = view.request.form
    if form.get("filing_kind") != LATE:
        return []
    opened = day(date.fromisoformat(form["opened_on"]), view.now)
    return [Row(LATE, f"{opened}已开通：{form.get('late_reason', '')}")]


def _lines(view: View) -> list[str]:
    """Every other field that was filled in or has its default."""
    form = view.request.form
    responsible = next(
        (s.passed_by_rule for s in view.request.chain if s.role is StepRole.FIRST_RESPONSIBLE), ""
    )
    lines = [f"媒体大类：{view.request.facts.get('media_class', '')}", f"主管单位：{view.unit}"]
    lines += [f"第一责任人：{view.name(view.request.applicant)}（{responsible}）"] if responsible else []
    for field in FILING.fields:
        if field.name not in _IN_ROWS and (value := form.get(field.name)):
            lines.append(f"{field.title}：{_shown(view, field, value)}")
    if others := view.request.facts.get("same_platform_media"):
        lines.append(f"本单位同平台已有：{'、'.join(others)}")
    return [*lines, *(f"附件：{name}" for name in phrases.files(form))]


def _shown(view: View, field: Field, value: Any) -> str:
    if field.input is Input.DATE and value != "—":
        return day(date.fromisoformat(value), view.now)
    values = value if isinstance(value, (list, tuple)) else [value]
    return "、".join(view.name(str(one)) if field.name in _PEOPLE else str(one) for one in values)


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    form = view.request.form
    late = LATE if form.get("filing_kind") == LATE else "备案"
    return f"{late}“{form.get('account_name', '')}”（{platform(form)}）"


def facts(view: View) -> list[Row]:
    """What the approver needs at a glance."""
    return [*_rows(view)[1:], *marks(view)]


def excerpt(view: View) -> str:
    purpose = view.request.form.get("purpose")
    return f"定位：{purpose}" if purpose else ""


def details(view: View) -> list[Panel]:
    """What else was filled in, the pledge, and what changed since this reader decided."""
    pledge = f"{view.name(view.request.applicant)} 承诺：谁开设谁主管、谁应用谁负责（第四条）"
    whole = f"备案信息：见 /查询 {view.request.number} 全文"
    panels = [Panel("备案信息", tuple(_lines(view)), instead=whole), Panel("承诺", (pledge,))]
    lines = changed(view)
    return [Panel("与您上次办理时相比", tuple(lines)), *panels] if lines else panels


def changed(view: View) -> list[str]:
    """What is otherwise than when this reader decided."""
    if view.before is None:
        return []
    old, new = view.before, view.request.form
    lines = [
        f"{field.title}：{_shown(view, field, old.get(field.name) or '—')}"
        f" → {_shown(view, field, new.get(field.name) or '—')}"
        for field in FILING.fields
        if old.get(field.name) != new.get(field.name)
    ]
    names = [{str(file["name"]) for file in form.get("files") or ()} for form in (old, new)]
    lines += [f"附件：去掉 {name}" for name in sorted(names[0] - names[1])]
    return lines + [f"附件：新增 {name}" for name in sorted(names[1] - names[0])]


def whole(view: View) -> str:
    """Everything that is to be filed, as text."""
    return "\n".join([*(f"{row.label}：{row.value}" for row in _rows(view)), *_lines(view)])


def concluded(view: View) -> str:
    return f"审批全部通过，已列入台账，备案号 {view.request.outcome['medium_no']}。"


def recorded(view: View) -> str:
    """On the books, with its number."""
    return f"已列入台账，备案号 {view.request.outcome['medium_no']}，可以用 /发布 发布内容了。"


FACE: Face = Face(
    form=FILING,
    wish=wish,
    facts=facts,
    excerpt=excerpt,
    changed=changed,
    details=details,
    whole=whole,
    reasons=("名称或平台有误", "人员信息需核实", "定位或内容需补充", "同平台已有账号", "缺少方案或制度"),
    concluded=concluded,
    rejected="审批到此结束，没有列入台账。",
    again="这次备案没有通过（第六条（一））。改好后可重新 /备案。",
    marks=marks,
    recorded=recorded,
)
