"""The cards of a draft, whatever it is for: the form, the questions of the dialogue, and its end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cards import notices, phrases
from cards.card import Button, Card, Input, Option, Question, Style, Tone
from cards.form import Choices, Field, Form
from storage.records import Draft, Medium, Platform, Upload

SELECTORS = 3
"""Selectors that a WeCom card shows (page 90236): a longer page has a first half of its own."""

CONFIRM = "请确认："
"""How the title of a preview begins."""

INPUT_LIMIT = 1000
"""Characters that an input of a Feishu card holds (card JSON 2.0, component input)."""

TAP = "tap"
"""The act of a button that is an answer by itself."""

MOST_OFFERED = 5
"""Suggestions on one card: six buttons in WeCom, and one that gives up."""

CHOOSABLE = 20
"""Options of a WeCom vote (page 90236); among more, people name theirs."""


def button(draft: Draft, text: str, act: str, style: Style = Style.DEFAULT) -> Button:
    return Button(text, act, str(draft.id), "", draft.rev, style)


def give_up(draft: Draft) -> Button:
    return button(draft, "放弃", "discard")


def offered(draft: Draft, form: Form) -> tuple[Button, ...]:
    """What may have been meant by what could not stand, to be pressed instead of written."""
    words = [one for field in form.fields for one, _ in draft.talk.offers.get(field.name, ())]
    shown = words[:MOST_OFFERED]
    return tuple(Button(one, "offer", str(draft.id), str(n), draft.rev) for n, one in enumerate(shown))


def wrong(draft: Draft, form: Form, mistakes: Sequence[str]) -> Card:
    """What cannot stand as it was typed; where it is one thing, a plain line puts it right."""
    one = len(draft.talk.mistakes) == 1
    how = "请直接回复改正后的内容：" if one else "只需重发下面这几项（“字段：值”）："
    return Card(
        title=f"{form.command}：请改正",
        tone=Tone.ALARM,
        tag="请改正",
        lead=f"其余内容已保存，{how}",
        text="\n".join(mistakes),
        buttons=offered(draft, form),
        whole=True,
    )


def understood(draft: Draft, form: Form, choices: Choices, given: Mapping[str, Any]) -> list[str]:
    """Of an answer of several, what was understood where something was not; a default in a field of
    which nothing was `given` is no answer."""
    values = form.flat(draft.form)
    told = []
    for field in form.fields:
        known = (
            values.get(field.name) if field.name in draft.talk.mistakes and given.get(field.name) else None
        )
        if field.input is Input.MANY and known:
            texts = {option.value: option.text for option in choices.get(field.name, ())}
            names = "、".join(texts.get(one, one) for one in known)
            told.append(f"· 已认出：{names}。请把{field.title}重新写全")
    return told


def receiving(fetching: int) -> str:
    """Files that are still on their way."""
    return f"还有 {fetching} 个附件正在接收，收到后会更新预览。" if fetching else ""


def media_options(media: Sequence[Medium]) -> tuple[Option, ...]:
    """One option per medium; the platform is named where two share a name."""
    names = [medium.name for medium in media]
    return tuple(
        Option(m.no, m.name if names.count(m.name) == 1 else f"{m.name}·{m.platform_type}") for m in media
    )


def form_names(form: Form, values: Mapping[str, Any]) -> list[str]:
    """The fields the form card shows: a text longer than its input may hold is left out of it, and
    so are those with a card of their own (all together would pass the 200 elements of a card), and those
    that nothing calls for."""
    asked = form.asks(values)
    return [
        field.name
        for field in form.fields
        if field.name in asked
        and field.name not in form.apart
        and (field.input is not Input.TEXT or len(str(values.get(field.name) or "")) <= INPUT_LIMIT)
    ]


def form_card(draft: Draft, form: Form, choices: Choices, mistakes: Sequence[str] = ()) -> Card:
    """The whole form to fill in (Feishu), with what is known and what is wrong."""
    values = form.flat(draft.form)
    shown, asked = form_names(form, values), form.asks(values)
    long = [f for f in form.fields if f.name in asked and f.name not in (*shown, *form.apart)]
    kept = [f"{f.title} {len(values[f.name])} 字已收到；要改请直接发“{f.title}：…”。" for f in long]
    return Card(
        title=f"{form.title}：请填写",
        tag="草稿",
        lead="注明“必填”的请填好，其余没填的按默认办理。填好后按“预览”，核对无误再提交。"
        "涉密内容请勿填写（第八条）。",
        text="\n".join((*mistakes, *kept)),
        tone=Tone.ALARM if mistakes else Tone.INFO,
        questions=tuple(
            _asked(form.field(name), draft, values, choices, needed=asked[name]) for name in shown
        ),
        buttons=(button(draft, "预览", "fill", Style.PRIMARY), *offered(draft, form), give_up(draft)),
        note=f"依据{form.article}。也可以直接发“字段：值”；文件、图片直接发给我。",
    )


def _asked(
    field: Field, draft: Draft, values: Mapping[str, Any], choices: Choices, *, needed: bool
) -> Question:
    """A field among others: when it is needed stands in its title, how to choose in its place."""
    asked = _question(field, draft, values, choices)
    asked = replace(asked, required=needed and not field.needed)
    title = f"{field.title}（{field.needed}）" if field.needed else field.title
    if not asked.options:
        return replace(asked, title=title)
    return replace(asked, title=title, hint="可多选" if field.input is Input.MANY else "请选择")


def _question(field: Field, draft: Draft, values: Mapping[str, Any], choices: Choices) -> Question:
    """The field with what stands in it; what was typed and cannot stand is shown to be corrected."""
    options = choices.get(field.name)
    if options is None:
        return field.question(draft.talk.wrong.get(field.name, values.get(field.name)))
    known = {option.value for option in options}
    given = values.get(field.name) or ()
    if field.input is Input.ONE and isinstance(given, (list, tuple)):
        given = given[0] if given else ""
    if field.input is Input.MANY:
        return field.question([value for value in given if value in known], options)
    return field.question(given if given in known else "", options)


def ask(
    draft: Draft,
    form: Form,
    choices: Choices,
    mistakes: Sequence[str] = (),
    open_: Collection[str] = (),
    files: int = 0,
) -> Card:
    """The next question of the dialogue: a page of choices, a choice, or something to write.

    `open_` are the names of the fields that must be chosen before the dialogue goes on, `files` how many
    were sent, which may stand for something to write.
    """
    values = form.flat(draft.form)
    if page := form.pages.get(draft.asking):
        questions = tuple(_question(form.field(name), draft, values, choices) for name in page.fields)
        return _choice_card(draft, form, page.title, questions, mistakes, open_)
    field = form.field(draft.asking)
    if field.name in form.tapped:
        return _tapped(draft, form, field, mistakes)
    if 0 < len(choices.get(field.name) or field.options) <= CHOOSABLE:
        question = _question(field, draft, values, choices)
        return _choice_card(draft, form, field.title, (question,), mistakes, open_)
    return Card(
        title=f"{form.command}：{field.title if field.title != form.command else '请说明'}",
        tag="草稿",
        lead=_with_files(field, files) if files and field.none else _words(draft, field),
        text="\n".join(mistakes),
        note="直接回复即可，已填的会保存；不写了请发“放弃”。",
        buttons=(*offered(draft, form), *_none(draft, field, files)),
        whole=True,
    )


def _tapped(draft: Draft, form: Form, field: Field, mistakes: Sequence[str]) -> Card:
    """One choice, a button for each option; the next takes its place on the same card."""
    names = [one.name for one in form.fields if one.name in form.tapped]
    return Card(
        title=f"{form.command}：{field.title}",
        tag=f"{names.index(field.name) + 1}/{len(names)}",
        lead=_words(draft, field),
        text="\n".join(mistakes),
        buttons=tuple(
            Button(option, TAP, str(draft.id), str(n), draft.rev) for n, option in enumerate(field.options)
        ),
        note=f"依据{form.article}。不写了请发“放弃”。",
    )


def _with_files(field: Field, files: int) -> str:
    return f"已收到 {files} 个附件。请接着发{field.title}或链接；{field.none}请按“{field.none}”，或这样回复。"


def _none(draft: Draft, field: Field, files: int) -> tuple[Button, ...]:
    return (button(draft, field.none, "nothing"),) if files and field.none else ()


def _words(draft: Draft, field: Field) -> str:
    asked = field.ask_wecom if field.ask_wecom and draft.platform is Platform.WECOM else field.ask
    return asked or f"请发来{field.title}。"


def _choice_card(
    draft: Draft,
    form: Form,
    what: str,
    questions: tuple[Question, ...],
    mistakes: Sequence[str],
    open_: Collection[str],
) -> Card:
    must = [question.title for question in questions if question.name in open_]
    if len(questions) == 1:
        lead = questions[0].hint or f"请选择{what}。"
    elif must:
        lead = f"请逐项选择，“{'”“'.join(must)}”必选。"
    elif mistakes:
        lead = "请选择要改的。下面的内容也要改正，请直接发“字段：值”。"
    else:
        lead = "请选择要改的；不用改的可直接按“下一步”。"
    return Card(
        title=f"{form.command}：{what}",
        tag="草稿",
        lead=lead,
        tone=Tone.ALARM if mistakes else Tone.INFO,
        text="\n".join(mistakes),
        questions=questions,
        buttons=(button(draft, "下一步", "answer", Style.PRIMARY),),
    )


def options(draft: Draft, form: Form) -> Card:
    """What can be changed by choosing, once the preview is there (WeCom)."""
    pages = [(name, page) for name, page in form.pages.items() if _chosen_at_once(form, name)]
    return Card(
        title="要改哪一项？",
        tag="草稿",
        lead=f"改文字直接发“字段：值”，例如“{form.field(form.named_by).title}：…”"
        + ("；改选项请按下面的按钮。" if pages else "。"),
        buttons=(
            *(button(draft, page.title[:10], f"edit_{name}") for name, page in pages[:5]),
            button(draft, "看预览", "preview", Style.PRIMARY),
        ),
    )


def _chosen_at_once(form: Form, page: str) -> bool:
    """Whether a page opens from a button: not the second half of one, nor one too long for WeCom."""
    halves = {f"{name}{n}" for name in form.pages for n in (1, 2)}
    fits = len(form.pages[page].fields) <= SELECTORS or f"{page}1" in form.pages
    return fits and page not in halves


def unfinished(drafts: Sequence[tuple[Draft, str, Form]], *, reminder: bool = False) -> Card:
    """Drafts that wait: continue, start anew, or give up; `str` says when each was touched."""
    draft, touched, form = drafts[0]
    name = draft.form.get(form.named_by)
    called = f"《{name}》" if isinstance(name, str) and name else "（还没有名称）"
    more = f"另有 {len(drafts) - 1} 份更早的草稿，见 /我的。" if len(drafts) > 1 else ""
    return Card(
        title=f"您有一份没提交的{form.thing}",
        tag="草稿",
        tone=Tone.WAITING if reminder else Tone.INFO,
        lead=f"{called}，{touched}更新，还没有提交。{more}",
        note="没有提交就不会办理。草稿一直保留，直到您提交或放弃。",
        buttons=(
            button(draft, "继续填写", "resume", Style.PRIMARY),
            button(draft, "另写一份", "fresh"),
            give_up(draft),
        ),
    )


def done(draft: Draft, form: Form, number: str = "", why: str = "", *, added: bool = False) -> Card:
    """What became of a draft whose card can no longer be used; `number` of the request it became, or was
    `added` to, `why` that request takes nothing any more."""
    words = {"submitted": "已提交", "discarded": "已放弃", "stopped": "已停止"}
    word = words.get(draft.state, "已更新")
    again = f"这份草稿已不能再用。要办理请重新发 /{form.command}。"
    leads = {
        "submitted": f"已{'加入' if added else '提交，编号'} {number}，进度见 /查询 {number}。"
        if number
        else "这份草稿已提交，进度见 /我的。",
        "discarded": why or f"没有提交任何内容。24 小时内发“恢复”可以取回；另办请发 /{form.command}。",
    }
    return Card(
        title=f"{form.command}：{word}" if added else f"草稿{word}",
        tone=Tone.CLOSED,
        tag=word,
        lead=leads.get(draft.state, again),
        closed=word,
    )


def file(upload: Upload, why: str) -> Card:
    """A file is here, or `why` it is not and what to do instead."""
    if upload.file is None:
        return notices.say(f"“{upload.name}”没有收下：{why}。")
    return notices.say(f"已收到附件“{upload.name}”（{phrases.size(upload.file.size)}）。")
