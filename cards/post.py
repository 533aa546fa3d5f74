"""The cards of a draft: the form, the questions of the dialogue, and the preview with its declarations."""

from collections.abc import Mapping, Sequence
from typing import Any

from cards import notices, phrases
from cards.card import Button, Card, Input, Option, Panel, Question, Row, Style, Tone
from cards.form import ASSET_FIELDS, PUBLISH, SECRECY_QUESTIONS, Field
from cards.view import View
from storage.records import Draft, Medium, Upload

INPUT_LIMIT = 1000
"""Characters that an input of a Feishu card holds (card JSON 2.0, component input)."""

BASICS = ("source_kind", "urgency", "info_kind")
ASSETS = (*(field.name for field in ASSET_FIELDS), "portrait")
ASSETS_1 = ("copyright_text", "copyright_image", "copyright_font")
ASSETS_2 = ("copyright_video", "copyright_music", "portrait")


def flat(form: Mapping[str, Any]) -> dict[str, Any]:
    """A form's values by field name: the five copyright answers beside the others."""
    answers = {f"copyright_{asset}": answer for asset, answer in (form.get("copyright") or {}).items()}
    return {**form, **answers}


def _button(draft: Draft, text: str, act: str, style: Style = Style.DEFAULT) -> Button:
    return Button(text, act, str(draft.id), 0, draft.rev, style)


def _give_up(draft: Draft) -> Button:
    return _button(draft, "放弃", "discard")


def media_options(media: Sequence[Medium]) -> tuple[Option, ...]:
    """One option per medium; the platform is named where two share a name."""
    names = [medium.name for medium in media]
    return tuple(
        Option(m.no, m.name if names.count(m.name) == 1 else f"{m.name}·{m.platform_type}") for m in media
    )


def form_names(values: Mapping[str, Any]) -> list[str]:
    """The fields the form card shows: a text longer than its input may hold is left out of it, and
    the copyright has a card of its own (together they would pass the 200 elements of a card)."""
    return [
        field.name
        for field in PUBLISH.fields
        if field.name not in ASSETS
        and (field.input is not Input.TEXT or len(str(values.get(field.name) or "")) <= INPUT_LIMIT)
    ]


def form(draft: Draft, media: Sequence[Medium], mistakes: Sequence[str] = ()) -> Card:
    """The whole form to fill in (Feishu), with what is known and what is wrong."""
    values = flat(draft.form)
    shown = form_names(values)
    questions = tuple(_question(PUBLISH.field(name), values, media) for name in shown)
    if "body" not in shown:
        mistakes = (*mistakes, f"正文 {len(values['body'])} 字已收到；要改请直接发“正文：…”。")
    return Card(
        title=f"{PUBLISH.title}：请填写",
        tag="草稿",
        lead="填好后按“预览”，核对无误再提交。没填的按默认办理。涉密内容请勿填写（第八条）。",
        text="\n".join(mistakes),
        tone=Tone.ALARM if mistakes else Tone.INFO,
        questions=questions,
        buttons=(_button(draft, "预览", "fill", Style.PRIMARY), _give_up(draft)),
        note=f"依据{PUBLISH.article}。也可以直接发“字段：值”；文件、图片直接发给我。",
    )


def _question(field: Field, values: Mapping[str, Any], media: Sequence[Medium]) -> Question:
    wrong = (values.get("_wrong") or {}).get(field.name)
    if field.name != "media":
        return field.question(wrong if wrong is not None else values.get(field.name))
    options = media_options(media)
    known = {option.value for option in options}
    return field.question([no for no in values.get("media") or () if no in known], options)


def ask(draft: Draft, media: Sequence[Medium], mistakes: Sequence[str] = ()) -> Card:
    """The next question of the guided dialogue (WeCom)."""
    asking, values = draft.asking, flat(draft.form)
    if asking == "media":
        return _ask_choice(draft, "媒体", (_question(PUBLISH.field("media"), values, media),), mistakes)
    if asking == "basics":
        return _ask_choice(draft, "基本情况", _several(BASICS, values), mistakes)
    if asking == "involves":
        return _ask_choice(draft, "涉及内容", _several(("involves",), values), mistakes)
    if asking == "assets":
        return _ask_choice(draft, "版权", _several(ASSETS, values), mistakes)
    if asking == "assets1":
        return _ask_choice(draft, "版权（1/2）", _several(ASSETS_1, values), mistakes)
    if asking == "assets2":
        return _ask_choice(draft, "版权（2/2）", _several(ASSETS_2, values), mistakes)
    field = PUBLISH.field(asking)
    return Card(
        title=f"发布：{field.title}",
        tag="草稿",
        lead=field.ask or f"请发来{field.title}。",
        text="\n".join(mistakes),
        note="直接回复即可。发“放弃”不再填写；已填的会保存。",
    )


def _several(names: Sequence[str], values: Mapping[str, Any]) -> tuple[Question, ...]:
    return tuple(_question(PUBLISH.field(name), values, ()) for name in names)


def _ask_choice(draft: Draft, what: str, questions: tuple[Question, ...], mistakes: Sequence[str]) -> Card:
    return Card(
        title=f"发布：{what}",
        tag="草稿",
        lead=questions[0].hint if len(questions) == 1 else "请核对，可直接提交。",
        text="\n".join(mistakes),
        questions=questions,
        buttons=(_button(draft, "下一步", "answer", Style.PRIMARY),),
    )


def preview(draft: Draft, view: View, path: str, because: Sequence[str], *, fetching: int = 0) -> Card:
    """Everything that will be sent up the chain, defaults included, and the two declarations."""
    form = draft.form
    return Card(
        title=f"请确认：{form.get('title', '')}",
        tone=Tone.WAITING,
        tag="未提交",
        lead=(
            "按“确认提交”即声明：①八项保密问题均为“否”（第八条）；"
            f"②版权：{phrases.assets_line(form)}（第九条）。"
        ),
        rows=_preview_rows(view, form, path),
        text=phrases.excerpt(str(form.get("body") or form.get("link") or ""), 80),
        panels=(*_preview_panels(form), _secrecy_panel(), _assets_panel(form)),
        note=_preview_note(because, fetching),
        buttons=(
            _button(draft, "确认提交", "confirm", Style.PRIMARY),
            _button(draft, "修改", "edit"),
            _button(draft, "版权", "edit_assets"),
            _button(draft, "查看", "view_draft"),
            _button(draft, "有涉密情形", "secret", Style.DANGER),
            _give_up(draft),
        ),
    )


def _preview_rows(view: View, form: Mapping[str, Any], path: str) -> tuple[Row, ...]:
    rows = [
        Row("媒体", phrases.media(view)),
        Row("来源", phrases.source(form)),
        Row("涉及", phrases.topics(form)),
        Row("拟发布", phrases.moment(form, view.now)),
        Row("紧急", phrases.urgency(form.get("urgency") or "普通", form.get("urgent_reason") or "")),
        Row("审批", path),
    ]
    return tuple(rows)


def _preview_panels(form: Mapping[str, Any]) -> tuple[Panel, ...]:
    more = [
        f"类别：{form.get('info_kind') or '新闻'}",
        f"作者：{form.get('author') or '—'}",
        f"摘要：{form.get('summary') or '—'}",
        f"评论：{'开放，值守 ' + form['watcher'] if form.get('watcher') else '不开放'}",
        f"肖像授权：{form.get('portrait') or '不涉及'}",
        f"附件：{'、'.join(phrases.files(form)) or '无'}",
    ]
    more += [f"链接：{form['link']}"] if form.get("link") else []
    body = (Panel("正文", (str(form["body"]),)),) if form.get("body") else ()
    return (*body, Panel("其他内容", tuple(more)))


def _secrecy_panel() -> Panel:
    lines = tuple(f"{n}. 不涉及{question}" for n, question in enumerate(SECRECY_QUESTIONS, 1))
    return Panel("保密声明（第八条）", lines)


def _assets_panel(form: Mapping[str, Any]) -> Panel:
    return Panel("版权声明（第九条）", tuple(f"{what}：{answer}" for what, answer in phrases.assets(form)))


def _preview_note(because: Sequence[str], fetching: int) -> str:
    parts = ["有任何一项涉密，请按“有涉密情形”，不要提交。"]
    if because:
        parts.append(f"须报全媒体中心：{'；'.join(because)}（第六条（三）1）。")
    if fetching:
        parts.append(f"还有 {fetching} 个附件正在接收，收到后会更新预览。")
    parts.append("要改哪一项，直接发“字段：值”。")
    return "".join(parts)


def options(draft: Draft) -> Card:
    """What can be changed by choosing, once the preview is there (WeCom)."""
    return Card(
        title="要改哪一项？",
        tag="草稿",
        lead="改文字直接发“标题：…”“正文：…”；改选项请按下面的按钮。",
        buttons=(
            _button(draft, "来源与类别", "edit_basics"),
            _button(draft, "涉及内容", "edit_involves"),
            _button(draft, "看预览", "preview", Style.PRIMARY),
        ),
    )


def unfinished(drafts: Sequence[tuple[Draft, str]], *, reminder: bool = False) -> Card:
    """Drafts that wait: continue, start anew, or give up; `str` says when each was touched."""
    draft, touched = drafts[0]
    title = draft.form.get("title") or "（还没有标题）"
    more = f"另有 {len(drafts) - 1} 份更早的草稿，见 /我的。" if len(drafts) > 1 else ""
    return Card(
        title="您有一份没提交的稿件",
        tag="草稿",
        tone=Tone.WAITING if reminder else Tone.INFO,
        lead=f"《{title}》，{touched}更新，还没有提交审批。{more}",
        note="不提交不会进入审批。草稿一直保留，直到您提交或放弃。",
        buttons=(
            _button(draft, "继续填写", "resume", Style.PRIMARY),
            _button(draft, "另写一份", "fresh"),
            _give_up(draft),
        ),
    )


def done(draft: Draft) -> Card:
    """What became of a draft whose card can no longer be used."""
    words = {"submitted": "已提交", "discarded": "已放弃", "stopped": "已停止"}
    word = words.get(draft.state, "已更新")
    return Card(
        title=f"草稿{word}",
        tone=Tone.CLOSED,
        tag=word,
        lead="这份草稿已不能再用。要发布请重新发 /发布。"
        if draft.state != "submitted"
        else "这份草稿已提交，进度见 /我的。",
        closed=word,
    )


def file(upload: Upload, why: str) -> Card:
    """A file is here, or `why` it is not."""
    if upload.file is None:
        return notices.say(f"“{upload.name}”没有收下：{why}。请重新发送。")
    return notices.say(f"已收到附件“{upload.name}”（{phrases.size(upload.file.size)}）。")


def stopped() -> Card:
    """A yes to a secrecy question: nothing is kept, and where to go instead (Article 8)."""
    return Card(
        title="已停止：内容可能涉密",
        tone=Tone.REFUSED,
        tag="已停止",
        lead="草稿、正文和附件都已从本系统删除，没有进入审批。",
        text=(
            "涉密内容不上网：请不要在微信、飞书等任何聊天工具里发送或讨论。"
            "请当面或书面联系本单位保密员、学校保密办，按线下保密审查程序办理。"
        ),
        note="依据第八条：谁发布、谁审查，先审查、后公开。",
        closed="已停止",
    )
