"""Asks somebody who is to be heard beside the step that waits: 确认, and the like."""

from collections.abc import Sequence
from datetime import datetime

from cards import phrases
from cards.card import Button, Card, Row, Style, Tone
from cards.form import Form
from cards.times import deadline
from cards.view import View
from storage.records import Act


def card(view: View, form: Form, due: datetime | None, *, open_: bool) -> Card:
    """What it is about, what is asked, by when where somebody waits for it; afterwards that nothing is."""
    request, word = view.request, form.command
    if not open_:
        said = f"已{word}" if form.kind and request.current else phrases.state(view)
        return Card(
            title=phrases.heading("已不需办理", request),
            tone=Tone.CLOSED,
            tag=said,
            lead=f"{request.number} {said}，这张卡片不再需要您办理。",
            closed=said,
        )
    if due is None:
        return _beyond(view, form)
    late = due <= view.now
    until = f"{deadline(due, view.now)}前{'，已超时' if late else ''}"
    return Card(
        title=phrases.heading(f"待{word}", request),
        tone=Tone.ALARM if late else Tone.WAITING,
        tag=f"待{word}",
        lead=f"{phrases.wish(view)}，请您{word}。",
        rows=(Row("请于", until), *view.face.facts(view)),
        note=f"依据{form.article}。不影响全媒体中心办理；不{word}会按工作日提醒，超时抄送全媒体中心。"
        f"也可发：/{word} {request.number}",
        buttons=(_answer(view, form, Style.PRIMARY),),
    )


def _beyond(view: View, form: Form) -> Card:
    """The step went on without the answer, which may still be given."""
    word = form.command
    return Card(
        title=phrases.heading(f"可{word}", view.request),
        tag="不再催办",
        lead=f"{phrases.wish(view)}。中心已往下办理，不等您{word}，也不再提醒；有要说明的仍可{word}。",
        rows=tuple(view.face.facts(view)),
        buttons=(_answer(view, form),),
    )


def _answer(view: View, form: Form, style: Style = Style.DEFAULT) -> Button:
    return Button(form.command, Act.SUPPLY, view.request.number, form.kind, view.request.version, style)


def late(view: View, form: Form, names: Sequence[str]) -> Card:
    """To the centre: whoever is asked beside the step has not answered in time; nothing waits for it."""
    number = view.request.number
    return Card(
        title=phrases.heading(f"久未{form.command}", view.request),
        tone=Tone.ALARM,
        tag="抄送",
        lead=f"{view.unit}还没有{form.command}，已再次提醒 {'、'.join(names) or '（暂缺）'}。抄送中心知悉。",
        note=f"依据{form.article}。不影响中心办理。",
        buttons=(Button("查看", "view", number),),
    )
