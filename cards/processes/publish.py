"""A post on a card: the preview with its declarations, and what approvers are shown of it."""

from collections.abc import Mapping
from typing import Any

from cards import comments, hints, phrases
from cards.card import Card, Panel, Row, Style, Tone, folded
from cards.difference import changes
from cards.draft import CONFIRM, button, give_up, receiving
from cards.form import PUBLISH, SECRECY_BRIEFLY, SECRECY_QUESTIONS
from cards.times import brief
from cards.view import Face, View, stopped_there
from storage.records import Draft, Urgency


def preview(draft: Draft, view: View, fetching: int) -> Card:
    """Everything that will be sent up the chain, defaults included, and the two declarations."""
    form, told = draft.form, hints.before_submission(view)
    return Card(
        title=f"{CONFIRM}{form.get('title', '')}",
        tone=Tone.WAITING,
        tag="未提交",
        lead=f"按“确认提交”即声明：八项均不涉及（第八条）；版权：{phrases.assets_line(form)}（第九条）。",
        rows=_preview_rows(view, form),
        must=f"八项：{SECRECY_BRIEFLY}。",
        text="\n".join(filter(None, (told, phrases.excerpt(_beginning(form, "body", "link"), 80)))),
        panels=(
            folded(
                "全部内容和声明",
                (*hints.panel(view), _secrecy_panel(), _assets_panel(form), *_preview_panels(view)),
            ),
        ),
        note=_preview_note(view, fetching),
        buttons=(
            button(draft, "确认提交", "confirm", Style.PRIMARY),
            button(draft, "修改", "edit"),
            button(draft, "版权", "edit_assets"),
            button(draft, "查看", "view_draft"),
            button(draft, "有涉密情形", "secret", Style.DANGER),
            give_up(draft),
        ),
        whole=bool(told),
    )


def _preview_rows(view: View, form: Mapping[str, Any]) -> tuple[Row, ...]:
    rows = [
        Row("媒体", phrases.media(view)),
        Row("来源", phrases.source(form)),
        Row("涉及", phrases.topics(form)),
        *_when_and_who(view, form),
        Row("审批", phrases.path(view.request.chain)),
    ]
    return tuple(rows)


def _when_and_who(view: View, form: Mapping[str, Any]) -> tuple[Row, Row]:
    """Two rows, for WeCom shows six: whom 作者 was understood to be stands there where it says something."""
    moment = phrases.moment(form, view.now)
    urgency = phrases.urgency(form.get("urgency") or "普通", form.get("urgent_reason") or "")
    if who := _authors(view):
        return Row("拟发布", f"{moment} · {urgency}"), Row("作者", who)
    return Row("拟发布", moment), Row("紧急", urgency)


def _authors(view: View) -> str:
    """孙老师（2103）、外请 张三; empty where the applicant alone wrote it."""
    ids, outside = (view.request.facts.get(name, ()) for name in ("authors", "outside_authors"))
    if not outside and set(ids) <= {view.request.applicant}:
        return ""
    return "、".join([*(f"{view.name(one)}（{one}）" for one in ids), *(f"外请 {name}" for name in outside)])


def _preview_panels(view: View) -> tuple[Panel, ...]:
    form = view.request.form
    more = [
        f"类别：{form.get('info_kind') or '新闻'}",
        f"作者：{form.get('author') or '—'}",
        f"摘要：{form.get('summary') or '—'}",
        f"评论：{comments.of_post(view)}",
        f"肖像授权：{form.get('portrait') or '不涉及'}",
        f"附件：{'、'.join(phrases.files(form)) or '无'}",
    ]
    more += [f"链接：{form['link']}"] if form.get("link") else []
    body = (Panel("正文", (str(form["body"]),)),) if form.get("body") else ()
    return (Panel("其他内容", tuple(more)), *body)


def _secrecy_panel() -> Panel:
    lines = tuple(f"{n}. 不涉及{question}" for n, question in enumerate(SECRECY_QUESTIONS, 1))
    return Panel("保密声明（第八条）", lines)


def _assets_panel(form: Mapping[str, Any]) -> Panel:
    return Panel("版权声明（第九条）", tuple(f"{what}：{answer}" for what, answer in phrases.assets(form)))


def _preview_note(view: View, fetching: int) -> str:
    because = [reason for step in view.request.chain for reason in step.because]
    hurry = _hurry(view)
    parts = ["有一项涉密就按“有涉密情形”。", hurry]
    if said := licences(view):
        parts.append(f"授权证明：{'；'.join(said)}（第九条）。")
    if because:
        parts.append(f"须报中心：{'；'.join(because)}（第六条（三）1）。")
    parts.append(receiving(fetching))
    parts.append("" if hurry else "要改直接发“字段：值”。")
    return "".join(parts)


def _hurry(view: View) -> str:
    """A post that is planned for before all its steps are usually decided may be made more urgent."""
    if view.hurry is None or view.finish is None:
        return ""
    steps = phrases.decided_by_people(view.request.chain)
    told = f"时间紧：{len(steps)} 个环节要到 {brief(view.finish, view.now)}，晚于拟发布。"
    if view.hurry is view.request.urgency:
        return f"{told}请尽早提交，并联系办理人。"
    return f"{told}要赶上请发“紧急：{view.hurry}”。"


def stopped(number: str = "") -> Card:
    """A yes to a secrecy question: nothing is kept, and where to go instead (Article 8); `number` is that
    of the returned request whose revision it was."""
    gone = f"{number} 已停止，标题、各版正文和附件都已从本系统删除，只留编号、经过和校验值。"
    return Card(
        title="已停止：内容可能涉密",
        tone=Tone.REFUSED,
        tag="已停止",
        lead=gone if number else "草稿、正文和附件都已从本系统删除，没有进入审批。",
        text=(
            "涉密内容不上网：请不要在任何聊天工具里发送或讨论。"
            "请当面或书面联系本单位保密员、学校保密办，按线下保密审查程序办理。"
        ),
        note="依据第八条：谁发布、谁审查，先审查、后公开。",
        closed="已停止",
    )


def wish(view: View) -> str:
    """What is asked for, in half a sentence."""
    return f"在“{phrases.media(view)}”发布"


def facts(view: View) -> list[Row]:
    """What the approver needs at a glance."""
    form, request = view.request.form, view.request
    moment = phrases.moment(form, view.now)
    if request.urgency is not Urgency.NORMAL:
        moment += f" · {phrases.urgency(request.urgency, form.get('urgent_reason', ''))}"
    touched = [Row("涉及", phrases.topics(form))] if form.get("involves") else []
    licensed = [Row("授权证明", "；".join(licences(view)))] if licences(view) else []
    return [Row("来源", phrases.source(form)), *licensed, *touched, Row("拟发布", moment), *hints.row(view)]


def licences(view: View) -> list[str]:
    """The licences it names, and what each is worth on the day it is planned for; a hint, no more."""
    named = str(view.request.form.get("licence") or "")
    said: list[str] = view.request.facts.get("licences") or []
    return said or ([f"{phrases.excerpt(named, 20)}，没有 BQ 编号"] if named else [])


def excerpt(view: View) -> str:
    return _beginning(view.request.form, "summary", "body", "link")


def _beginning(form: Mapping[str, Any], *names: str) -> str:
    """The post's own words, and which they are: nobody takes them for the bot's."""
    given = (name for name in names if form.get(name))
    words = next((f"{PUBLISH.field(name).title}：{form[name]}" for name in given), "")
    files = phrases.files(form)
    if not words:
        return f"附件：{'、'.join(files)}" if files else ""
    return f"附件 {len(files)} 个。{words}" if files else words


def changed(view: View) -> tuple[str, ...]:
    """What is otherwise than when this reader decided."""
    if view.before is None:
        return ()
    names = {medium.no: medium.name for medium in (*view.media, *view.before_media)}
    return changes(view.before, view.request.form, names)


def details(view: View) -> list[Panel]:
    """What else was filled in, what the applicant declared, and last, for it is long, the text."""
    form = view.request.form
    panels = []
    if lines := changed(view):
        panels.append(Panel("与您上次办理时相比", lines))
    panels += hints.panel(view)
    more = [f"类别：{form.get('info_kind', '新闻')}", f"作者：{form.get('author', '')}"]
    more += [f"评论：{comments.of_post(view)}"] if comments.opened(view.request) else []
    more += [f"链接：{form['link']}"] if form.get("link") else []
    more += [f"附件：{name}" for name in phrases.files(form)]
    more += [f"授权证明：{one}" for one in licences(view)]
    panels.append(Panel("稿件信息", tuple(more)))
    questions = "；".join(SECRECY_QUESTIONS)
    declared = (f"保密：{view.name(view.request.applicant)} 声明八项均不涉及（第八条）：{questions}",)
    panels.append(Panel("声明", (*declared, f"版权：{phrases.assets_line(form)}（第九条）")))
    if form.get("body"):
        whole = f"正文：共 {len(str(form['body']))} 字，见 /查询 {view.request.number} 全文"
        panels.append(Panel("正文", (str(form["body"]),), instead=whole))
    return panels


def whole(view: View) -> str:
    """Everything that would go out, as text."""
    form = view.request.form
    lines = [f"标题：{form.get('title', '')}"]
    names = (("summary", "摘要"), ("link", "链接"))
    lines += [f"{label}：{form[name]}" for name, label in names if form.get(name)]
    lines += [f"附件：{name}" for name in phrases.files(form)]
    return "\n".join([*lines, str(form.get("body") or "")]).strip()


def concluded(_: View) -> str:
    return "审批全部通过。"


def withdrawn(view: View) -> str:
    if view.request.step:
        return stopped_there(view)
    return "批准的稿件已撤回，不得再发布。要发布须重新 /发布（第八条 一事一审）。"


FACE: Face = Face(
    form=PUBLISH,
    wish=wish,
    facts=facts,
    excerpt=excerpt,
    changed=changed,
    details=details,
    whole=whole,
    reasons=("标题或文字有误", "图片或版权需核实", "内容需补充", "发布时间不合适", "涉密情形需再核"),
    concluded=concluded,
    rejected="审批到此结束，不能发布。",
    again="这份稿件不能发布。另拟稿件请重新 /发布。",
    withdrawn=withdrawn,
    voided="已作废，不得发布",
)
