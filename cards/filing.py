"""A medium to be filed, on a card: the preview, and what approvers are shown of it (form F1)."""

from collections.abc import Mapping
from typing import Any

from cards import phrases
from cards.card import Card, Panel, Row, Style, Tone
from cards.draft import button, give_up, receiving
from cards.form_media import FILING
from cards.view import View
from storage.records import Draft

_SHOWN_IN_ROWS = ("account_name", "platform_type", "operator", "admins", "purpose")


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """Everything that will be filed, defaults included, and the pledge of Article 4."""
    form = draft.form
    late = "这是补备案：会如实记录为补办。" if form.get("filing_kind") == "补备案" else ""
    return Card(
        title=f"请确认：{form.get('account_name', '')} 备案",
        tone=Tone.WAITING,
        tag="未提交",
        lead=f"按“确认提交”即承诺：谁开设、谁主管，谁应用、谁负责（第四条），不与校外单位合办（第十一条）。{late}",
        rows=(*_rows(view), Row("审批", phrases.path(view.request.chain))),
        text=phrases.excerpt(str(form.get("purpose", "")), 80),
        panels=(Panel("备案信息", tuple(_lines(view))),),
        note="通过后才列入台账、给备案号、可以发布（第六条（一））。"
        "要改哪一项，直接发“字段：值”。" + receiving(fetching),
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            button(draft, "查看", "view_draft"),
            give_up(draft),
        ),
    )


def _rows(view: View) -> list[Row]:
    form = view.request.form
    admins = "、".join(view.name(person) for person in form.get("admins") or ())
    return [
        Row("媒体", f"{form.get('account_name', '')}（{form.get('platform_type', '')}）"),
        Row("主办", view.unit or str(form.get("host_unit", ""))),
        Row("运营", view.name(str(form.get("operator", "")))),
        Row("管理员", admins),
    ]


def _lines(view: View) -> list[str]:
    """Every other field that was filled in or has its default."""
    form = view.request.form
    lines = []
    for field in FILING.fields:
        value = form.get(field.name)
        if field.name in _SHOWN_IN_ROWS or field.name == "host_unit" or value in (None, "", []):
            continue
        lines.append(f"{field.title}：{'、'.join(value) if isinstance(value, list) else value}")
    return [*lines, *(f"附件：{name}" for name in phrases.files(form))]


def wish(view: View) -> str:
    form = view.request.form
    return f"备案“{form.get('account_name', '')}”（{form.get('platform_type', '')}）"


def facts(view: View) -> list[Row]:
    rows = _rows(view)[1:]
    form = view.request.form
    if form.get("filing_kind") == "补备案":
        rows.append(Row("补备案", f"{form.get('opened_on', '')} 已开通：{form.get('late_reason', '')}"))
    return rows


def excerpt(form: Mapping[str, Any]) -> str:
    return str(form.get("purpose", ""))


def details(view: View) -> list[Panel]:
    pledge = f"{view.name(view.request.applicant)} 承诺：谁开设谁主管、谁应用谁负责（第四条）"
    purpose = str(view.request.form.get("purpose", ""))
    return [Panel("定位", (purpose,)), Panel("备案信息", tuple(_lines(view))), Panel("承诺", (pledge,))]


def whole(form: Mapping[str, Any]) -> str:
    lines = []
    for field in FILING.fields:
        value = form.get(field.name)
        if value not in (None, "", []):
            lines.append(f"{field.title}：{'、'.join(value) if isinstance(value, list) else value}")
    return "\n".join(lines)
