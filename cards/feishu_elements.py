"""Components of Feishu's card JSON 2.0, as far as our cards need them (pages card-json-v2-components).

People's text is only ever `plain_text`, which shows it literally: nobody can inject a link or a mention.
"""

import re
from typing import Any

from cards.card import Button, Chart, Input, Option, Question, Row, Style
from cards.stop import MARKS, Standing

Element = dict[str, Any]

SHORT = 100  # characters of a button's text and of a placeholder
INPUT_LIMIT = 1000
BUTTON_TYPES = {Style.PRIMARY: "primary_filled", Style.DEFAULT: "default", Style.DANGER: "danger"}
STANDING = {
    Standing.DONE: "green",
    Standing.BACK: "red",
    Standing.NOW: "orange",
    Standing.LATER: "grey",
    Standing.RULE: "grey",
    Standing.VOID: "grey",
}
DATE = re.compile(r"\d{4}-\d\d-\d\d")
DATETIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
# Control characters, and marks that turn the reading direction and could make a text look like another.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(words: str) -> str:
    """The text without what nobody can see."""
    return UNSEEN.sub("", words)


def cut(words: str, limit: int) -> str:
    """At most `limit` characters, the last one `…` where something is missing."""
    return words if len(words) <= limit else words[: limit - 1] + "…"


def plain(words: str, **style: str) -> Element:
    return {"tag": "plain_text", "content": words, **style}


def div(words: str, **style: str) -> Element:
    return {"tag": "div", "text": plain(words, **style)}


def small(words: str) -> Element:
    """A footnote."""
    return div(words, text_size="notation", text_color="grey")


def row(label: str, value: str, weights: tuple[int, int] = (1, 3)) -> Element:
    """A label and its value side by side; the label keeps its place on a narrow screen."""
    columns = [
        _column(div(text, **style), weight)
        for text, style, weight in zip((label, value), ({"text_color": "grey"}, {}), weights, strict=True)
    ]
    return {"tag": "column_set", "flex_mode": "none", "horizontal_spacing": "8px", "columns": columns}


def chart(drawn: Chart) -> Element:
    """Bars, one for each label (component chart); the card's rows say the same in words."""
    values = [{"label": clean(label), "count": count} for label, count in drawn.bars]
    spec = {"type": "bar", "data": {"values": values}, "xField": "label", "yField": "count"}
    return {"tag": "chart", "aspect_ratio": "16:9", "color_theme": "brand", "chart_spec": spec}


def stop(standing: Standing, title: str, lines: tuple[str, ...]) -> Element:
    """A stop of a way: its mark in the narrow column, what and who beside it."""
    colour = STANDING[standing]
    told = [
        div(title, **({"text_color": colour} if colour == "grey" else {})),
        *([small("\n".join(lines))] if lines else []),
    ]
    beside = {"tag": "column", "width": "weighted", "weight": 5, "vertical_spacing": "2px", "elements": told}
    mark = {"tag": "column", "width": "20px", "elements": [div(MARKS[standing], text_color=colour)]}
    return {"tag": "column_set", "flex_mode": "none", "horizontal_spacing": "4px", "columns": [mark, beside]}


def listed(rows: tuple[Row, ...]) -> str:
    return "\n".join(f"{one.label}：{one.value}" for one in rows)


def panel(title: str, text: str) -> Element:
    """Detail that opens on request."""
    return {
        "tag": "collapsible_panel",
        "expanded": False,
        "border": {"color": "grey", "corner_radius": "5px"},
        "header": {"title": plain(title), "padding": "4px 8px", "icon_position": "right"},
        "padding": "8px 8px 8px 8px",
        "elements": [div(text)],
    }


def buttons(shown: tuple[Button, ...], letter: str, *, in_form: bool) -> Element:
    """A row of buttons that wraps on phones."""
    drawn = [_button(one, letter, f"card_button_{i}" if in_form else "") for i, one in enumerate(shown)]
    columns = [{"tag": "column", "width": "auto", "elements": [one]} for one in drawn]
    return {"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}


def form(elements: list[Element]) -> Element:
    return {
        "tag": "form",
        "name": "card_form",
        "direction": "vertical",
        "vertical_spacing": "12px",
        "elements": elements,
    }


def question(asked: Question, default_limit: int, option_limit: int) -> list[Element]:
    """The field of a form, its title first.

    Nothing is required by the client: it would block a button such as 放弃 as well, so what must be
    filled in is checked when it arrives. A choice without options is asked as a line.
    """
    title = cut(clean(asked.title), SHORT) + ("（必填）" if asked.required else "")
    options = _options(asked.options, option_limit)
    hint = cut(clean(asked.hint), SHORT)
    field: Element = {"name": asked.name, "required": False, "width": "fill"}
    match asked.input:
        case Input.ONE if options:
            field |= {"tag": "select_static", "placeholder": plain(hint or "请选择"), "options": options}
            field |= _initial(asked, options)
        case Input.MANY if options:
            field |= {"tag": "multi_select_static", "placeholder": plain(hint or "可选多项")}
            field |= {"options": options, "selected_values": _selected(asked, options)}
        case Input.DATE:
            field |= {"tag": "date_picker", "placeholder": plain(hint or "请选择日期")}
            field |= _standing("initial_date", DATE, asked)
        case Input.DATETIME:
            field |= {"tag": "picker_datetime", "placeholder": plain(hint or "请选择时间")}
            field |= _standing("initial_datetime", DATETIME, asked)
        case _:
            return [_input(asked, title, hint, default_limit)]
    return [div(title), field]


def _column(element: Element, weight: int) -> Element:
    return {"tag": "column", "width": "weighted", "weight": weight, "elements": [element]}


def _button(shown: Button, letter: str, name: str) -> Element:
    """`name` and `form_action_type` are documented inside a form only; elsewhere 2.0 may refuse them."""
    value = {
        "act": shown.act,
        "ref": shown.ref,
        "step": shown.step,
        "version": shown.version,
        "card": letter,
    }
    drawn: Element = {
        "tag": "button",
        "text": plain(cut(clean(shown.text), SHORT) or "…"),
        "type": BUTTON_TYPES[shown.style],
        "width": "default",
        "behaviors": [{"type": "callback", "value": value}],
    }
    return drawn | ({"name": name, "form_action_type": "submit"} if name else {})


def _input(asked: Question, title: str, hint: str, default_limit: int) -> Element:
    length = min(max(asked.limit, 1), INPUT_LIMIT)
    standing = clean(asked.value if isinstance(asked.value, str) else "、".join(asked.value))
    drawn: Element = {
        "tag": "input",
        "name": asked.name,
        "label": plain(title),
        "label_position": "top",
        "placeholder": plain(hint or "请填写"),
        "max_length": length,
        "required": False,
        "width": "fill",
    }
    if asked.input is Input.TEXT:
        drawn |= {"input_type": "multiline_text", "rows": 3, "auto_resize": True, "max_rows": 8}
    else:
        standing = standing.replace("\n", " ")
    default = cut(standing, min(length, default_limit))
    return drawn | ({"default_value": default} if default else {})


def _options(given: tuple[Option, ...], limit: int) -> list[Element]:
    """Values are unique, or the select stops working."""
    unique = {one.value: one.text for one in given if one.value}
    return [
        {"text": plain(cut(clean(words), SHORT) or value), "value": value}
        for value, words in list(unique.items())[:limit]
    ]


def _initial(asked: Question, options: list[Element]) -> Element:
    known = any(one["value"] == asked.value for one in options)
    return {"initial_option": asked.value} if known else {}


def _selected(asked: Question, options: list[Element]) -> list[str]:
    wanted = asked.value if isinstance(asked.value, tuple) else (asked.value,)
    return [one["value"] for one in options if one["value"] in wanted]


def _standing(name: str, form_: re.Pattern[str], asked: Question) -> Element:
    fits = isinstance(asked.value, str) and form_.fullmatch(asked.value)
    return {name: asked.value} if fits else {}
