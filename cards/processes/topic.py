"""A publication's topic on a card: the preview, and what approvers are shown of it (form F5)."""

from cards import phrases
from cards.card import Card, Panel, Row, Style, Tone
from cards.draft import CONFIRM, button, give_up, receiving
from cards.form_topic import TOPIC
from cards.view import Face, View
from storage.records import Draft

_TEXTS = ("title", "synopsis")


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """What will be sent up the chain."""
    return Card(
        title=f"{CONFIRM}{draft.form.get('title', '')}",
        tone=Tone.WAITING,
        tag="未提交",
        lead="按“确认提交”即声明：内容不涉密（第八条），著作权来源清楚（第九条）。",
        rows=(*facts(view), Row("审批", phrases.path(view.request.chain))),
        text=phrases.excerpt(excerpt(view), 80),
        note="经党委宣传部审查后方可出版（第十条）。要改直接发“字段：值”。" + receiving(fetching),
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            button(draft, "查看", "view_draft"),
            button(draft, "有涉密情形", "secret", Style.DANGER),
            give_up(draft),
        ),
    )


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    form = view.request.form
    return f"{form.get('pub_type', '')}“{form.get('title', '')}”{form.get('stage', '')}审查"


def facts(view: View) -> list[Row]:
    """What the approver needs at a glance."""
    return [
        Row(f.title, str(view.request.form.get(f.name, "—"))) for f in TOPIC.fields if f.name not in _TEXTS
    ]


def excerpt(view: View) -> str:
    return f"简介：{view.request.form.get('synopsis', '')}"


def details(view: View) -> list[Panel]:
    """The synopsis, the files, and what was otherwise when this reader decided."""
    form = view.request.form
    panels = [Panel("内容简介", (str(form.get("synopsis", "")),))]
    panels += [Panel("附件", tuple(phrases.files(form)))] if form.get("files") else []
    lines = changed(view)
    return [Panel("与您上次办理时相比", tuple(lines)), *panels] if lines else panels


def changed(view: View) -> list[str]:
    """What is otherwise than when this reader decided."""
    if view.before is None:
        return []
    old, new = view.before, view.request.form
    return [
        f"{field.title}：{old.get(field.name) or '—'} → {new.get(field.name) or '—'}"
        for field in TOPIC.fields
        if old.get(field.name) != new.get(field.name)
    ]


def whole(view: View) -> str:
    """Everything that is asked to be passed, as text."""
    form = view.request.form
    lines = [f"{field.title}：{form[field.name]}" for field in TOPIC.fields if form.get(field.name)]
    return "\n".join([*lines, *(f"附件：{name}" for name in phrases.files(form))])


def concluded(_: View) -> str:
    return "审查全部通过。"


def recorded(_: View) -> str:
    return "党委宣传部已审查通过（第十条）。"


def withdrawn(_: View) -> str:
    return "申请已撤回，审查停止。"


FACE: Face = Face(
    form=TOPIC,
    wish=wish,
    facts=facts,
    excerpt=excerpt,
    changed=changed,
    details=details,
    whole=whole,
    reasons=("名称或内容需修改", "著作权来源需说明", "内容简介需补充", "是否重大选题需再核", "导向需再斟酌"),
    concluded=concluded,
    rejected="审查到此结束，不能出版。",
    again="这个选题没有通过（第十条）。另拟选题请重新 /选题。",
    ended="审查通过",
    recorded=recorded,
    withdrawn=withdrawn,
)
