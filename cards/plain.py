"""The words of a form as they follow from the form itself: rows, panels, text, differences, preview."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards import hints, phrases
from cards.card import Card, Input, Panel, Row, Style, Tone
from cards.draft import CONFIRM, button, give_up, receiving
from cards.form import Field, Form
from cards.view import View
from storage.records import Draft

Say = Callable[[View, Field, Any], str]


def answer(view: View, field: Field, value: Any) -> str:
    """An answer as people read it: several joined, media, units and people by name."""
    if field.name == "media":
        return phrases.media(view) or "、".join(value)
    if field.name in ("person", "people"):
        return "、".join(map(view.name, [value] if isinstance(value, str) else value))
    if field.name in ("host_unit", "unit"):
        return view.unit_name(str(value))
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value))
    return str(value)


def rows(form: Form, values: Mapping[str, Any], view: View, say: Say = answer) -> list[Row]:
    """A row for each short answer."""
    short = [f for f in form.fields if f.input is not Input.TEXT and values.get(f.name)]
    return [Row(f.title, say(view, f, values[f.name])) for f in short]


def panels(form: Form, values: Mapping[str, Any]) -> list[Panel]:
    """A panel for each long answer, and one for the files."""
    long = [f for f in form.fields if f.input is Input.TEXT and values.get(f.name)]
    found = [Panel(f.title, (str(values[f.name]),)) for f in long]
    return [*found, Panel("附件", tuple(phrases.files(values)))] if values.get("files") else found


def lines(form: Form, values: Mapping[str, Any], view: View, say: Say = answer) -> list[str]:
    """Everything that was answered, as text."""
    said = [f"{f.title}：{say(view, f, values[f.name])}" for f in form.fields if values.get(f.name)]
    return [*said, *(f"附件：{name}" for name in phrases.files(values))]


def changed(form: Form, view: View, say: Say = answer) -> list[str]:
    """What is otherwise than when this reader decided."""
    if view.before is None:
        return []
    old, new = view.before, view.request.form
    return [
        f"{f.title}：{_shown(view, f, old, say)} → {_shown(view, f, new, say)}"
        for f in form.fields
        if old.get(f.name) != new.get(f.name)
    ]


def _shown(view: View, field: Field, values: Mapping[str, Any], say: Say) -> str:
    return say(view, field, values[field.name]) if values.get(field.name) else "—"


def compared(form: Form, view: View) -> list[Panel]:
    """The panels of a request, what is otherwise than this reader saw it first."""
    found = panels(form, view.request.form)
    told = changed(form, view)
    return [Panel("与您上次办理时相比", tuple(told)), *found] if told else found


def preview(
    form: Form,
    *,
    lead: str,
    note: str,
    title: Callable[[View], str],
    key: str = "",
    answers: Callable[[View], Mapping[str, Any]] | None = None,
    path: bool = True,
    say: Say = answer,
    secrecy: bool = True,
    brief: Callable[[View], list[Row]] | None = None,
    details: Callable[[View], list[Panel]] | None = None,
) -> Callable[[Draft, View, int], Card]:
    """The preview of a form: what will be sent, what sending it declares, and what follows.

    `key` is where a request keeps the answers, for those that are added to one, or `answers` finds them;
    `path` whether it says through whose hands it will go. Of a long form `brief` is what stands on a phone,
    and `details` all of it.
    """

    def card(draft: Draft, view: View, fetching: int) -> Card:
        values = view.request.form.get(key, {}) if key else view.request.form
        values = answers(view) if answers else values
        chain = view.request.chain if path and not key else ()
        steps = (Row("审批", phrases.path(chain)),) if chain else ()
        told = "" if key else hints.before_submission(view)
        return Card(
            title=f"{CONFIRM}{title(view)}",
            tone=Tone.WAITING,
            tag="未提交",
            lead=lead,
            rows=(*steps, *brief(view)) if brief else (*rows(form, values, view, say), *steps),
            text="\n".join(filter(None, (told, _excerpt(form, values), _attached(values)))),
            panels=tuple(details(view))
            if details
            else (*(hints.panel(view) if told else ()), *panels(form, values)),
            note=f"{note}要改直接发“字段：值”。{receiving(fetching)}",
            buttons=(
                button(draft, "确认提交", "confirm", Style.PRIMARY),
                button(draft, "修改", "edit"),
                button(draft, "查看", "view_draft"),
                *((button(draft, "有涉密情形", "secret", Style.DANGER),) if secrecy else ()),
                give_up(draft),
            ),
            whole=bool(told),
        )

    return card


def _excerpt(form: Form, values: Mapping[str, Any]) -> str:
    long = next((f for f in form.fields if f.input is Input.TEXT and values.get(f.name)), None)
    return f"{long.title}：{phrases.excerpt(str(values[long.name]), 60)}" if long else ""


def _attached(values: Mapping[str, Any]) -> str:
    """The files by name: WeCom has no room for a panel of them."""
    names = phrases.files(values)
    return phrases.excerpt(f"附件 {len(names)} 个：{'、'.join(names)}", 60) if names else ""


def first_text(form: Form) -> Callable[[View], str]:
    """The beginning of the first long answer, with what it is."""
    return lambda view: _excerpt(form, view.request.form)


def whole(form: Form, parts: Sequence[tuple[str, Form]] = ()) -> Callable[[View], str]:
    """Everything as text, with what steps supplied: (key, form) of each."""

    def text(view: View) -> str:
        values = view.request.form
        said = lines(form, values, view)
        for key, part in parts:
            if values.get(key):
                said += [f"【{part.title}】", *lines(part, values[key], view)]
        return "\n".join(said)

    return text


def supplied(view: View, key: str, form: Form, say: Say = answer) -> list[Panel]:
    """The panel of what a step supplied, if it has."""
    values = view.request.form.get(key)
    return [Panel(form.title, tuple(lines(form, values, view, say)))] if values else []
