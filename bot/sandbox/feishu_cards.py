"""Is this a card JSON 2.0 that Feishu would take? As strict as the platform: an unknown property fails.

Source: open platform pages card-json-v2-structure and card-json-v2-components.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson

from bot.sandbox.feishu_checks import (
    CardError,
    Place,
    Properties,
    always,
    anything,
    each,
    flag,
    like,
    number,
    one,
    options,
    several,
    shape,
    string,
)

SIZE_LIMIT = 30 * 1024
COMPONENT_LIMIT = 200
NESTING_LIMIT = 5
TABLE_LIMIT = 5


def check(card: object) -> None:
    """Raises `CardError` where the platform would refuse the card."""
    place = Place()
    ROOT(card, place)
    if len(orjson.dumps(card)) > SIZE_LIMIT:
        raise place.refuse("card is larger than 30 KB", 230025)
    if (count := sum(1 for _ in tagged(card))) > COMPONENT_LIMIT:
        raise place.refuse(f"{count} elements exceed the limit of {COMPONENT_LIMIT}", 11310)


def tagged(node: object) -> Iterator[Mapping[str, Any]]:
    """Every nested object with a tag, in reading order: what the limit of elements counts."""
    if isinstance(node, Mapping):
        if "tag" in node:
            yield node
        for value in node.values():
            yield from tagged(value)
    elif isinstance(node, list):
        for value in node:
            yield from tagged(value)


def element(value: Any, place: Place) -> None:
    """One component: its tag is known, it stands where it may and has its own properties only."""
    tag = value.get("tag") if isinstance(value, Mapping) else None
    here = replace(place, path=f"{place.path}(tag: {tag})", depth=place.depth + 1)
    if not isinstance(tag, str) or tag not in COMPONENTS:
        raise here.refuse(f"unsupported tag {tag}", 200861)
    if here.depth > NESTING_LIMIT:
        raise here.refuse(f"nested deeper than {NESTING_LIMIT}")
    _position(tag, here)
    properties, required = COMPONENTS[tag]
    inside = replace(here, in_form=here.in_form or tag == "form", root=False)
    shape(COMMON | properties, f"tag {required}")(value, inside)
    _names(tag, value, here)


def _position(tag: str, place: Place) -> None:
    if tag in ROOT_ONLY and not place.root:
        raise place.refuse(f"{tag} may only stand at the root of the body")
    if tag in FORM_ONLY and not place.in_form:
        raise place.refuse(f"{tag} may only stand in a form")
    place.walk.tables += tag == "table"
    if place.walk.tables > TABLE_LIMIT:
        raise place.refuse(f"more than {TABLE_LIMIT} tables")


def _names(tag: str, value: Mapping[str, Any], place: Place) -> None:
    """Names and ids are unique in the card; what calls back in a form has a name, a form a submit button."""
    name, id_ = value.get("name"), value.get("element_id")
    if (tag == "form" or (place.in_form and tag in FIELDS)) and not name:
        raise place.refuse("name is empty", 200530)
    if tag == "button" and not place.in_form and ("name" in value or "form_action_type" in value):
        raise place.refuse("name and form_action_type belong to a form")
    for given, known in ((name, place.walk.names), (id_, place.walk.ids)):
        if given in known:
            raise place.refuse(f"{given} stands twice", 200530)
        known.update((given,) if given else ())
    submits = (inner.get("form_action_type") == "submit" for inner in tagged(value.get("elements")))
    if tag == "form" and not any(submits):
        raise place.refuse("there is no submit button in the form container")


def _columns(value: Any, place: Place) -> None:
    several(element)(value, place)
    if any(column["tag"] != "column" for column in value):
        raise place.refuse("expected columns")


def _body_elements(value: Any, place: Place) -> None:
    if not isinstance(value, list):
        raise place.refuse("expected an array")
    for index, item in enumerate(value):
        element(item, place.at(f"[{index}]", root=True))


def _callback_value(value: Any, place: Place) -> None:
    if not isinstance(value, Mapping | str):
        raise place.refuse("expected an object")


WORD, FILLED = string(), string(least=1)
LENGTHS = like(r"-?\d{1,3}px( -?\d{1,3}px){0,3}")
GAP = like(r"\d{1,3}px|small|medium|large|extra_large|default")
WIDTH = like(r"default|fill|\d{3}px")
URL = like(r"(https?|lark)://\S+")
H_ALIGN, V_ALIGN = one("left center right"), one("top center bottom")
TAG_COLOUR = one("neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine")
TEMPLATE = one("blue wathet turquoise green yellow orange red carmine violet purple indigo grey default")

WORDS: Properties = {
    **each(WORD, "content text_size text_color"),
    "i18n_content": anything,
    "text_align": H_ALIGN,
    "lines": number(1, 1000),
}
PLAIN = shape({"tag": one("plain_text"), **WORDS}, "tag content")
BRIEF = shape({"tag": one("plain_text"), **WORDS, "content": string(100)}, "tag content")
TEXT = shape({"tag": one("plain_text lark_md"), **WORDS}, "tag content")
PANEL_TITLE = shape({"tag": one("plain_text lark_md markdown"), **WORDS}, "tag content")
ICON = shape({"tag": one("standard_icon custom_icon"), **each(WORD, "token color size img_key")}, "tag")
BEHAVIOUR = shape(
    {
        "type": one("callback open_url"),
        "value": _callback_value,
        **each(URL, "default_url pc_url ios_url android_url"),
    },
    "type",
)
CONFIRM = shape(each(PLAIN, "title text"), "title text")
OPTIONS = options(shape({"text": BRIEF, "icon": ICON, "value": FILLED}, "text value"))
PEOPLE = options(shape({"value": FILLED}, "value"))
PANEL_HEADER = shape(
    {
        "title": PANEL_TITLE,
        "padding": LENGTHS,
        "vertical_align": V_ALIGN,
        "icon": ICON,
        "icon_position": one("left right follow_text"),
        "icon_expanded_angle": number(-180, 180),
        "background_color": WORD,
    },
    "title",
)

COMMON: Properties = {"tag": WORD, "element_id": like(r"[A-Za-z]\w{0,19}"), "margin": LENGTHS}
BOX: Properties = {
    "direction": one("vertical horizontal"),
    "padding": LENGTHS,
    **each(GAP, "horizontal_spacing vertical_spacing"),
    "horizontal_align": H_ALIGN,
    "vertical_align": V_ALIGN,
    "elements": several(element),
}
ACTION: Properties = {"disabled": flag, "behaviors": several(BEHAVIOUR), "confirm": CONFIRM}
FIELD: Properties = {"name": WORD, "required": flag, "placeholder": BRIEF, "width": WIDTH, **ACTION}
PICK: Properties = {"type": one("default text"), "initial_option": FILLED}

CHART = shape(
    {"type": one("bar"), "data": anything, **each(FILLED, "xField yField")}, "type data xField yField"
)
"""Of all charts the bot draws bars alone."""

Components = Mapping[str, tuple[Properties, str]]
DISPLAY: Components = {
    "markdown": ({**WORDS, "icon": ICON}, "content"),
    "div": ({"text": TEXT, "icon": ICON, "width": WORD}, "text"),
    "hr": ({}, ""),
    "img": (
        {**each(PLAIN, "alt title"), "preview": flag} | each(WORD, "img_key scale_type size corner_radius"),
        "img_key alt",
    ),
    "person": (
        {"user_id": FILLED, "size": WORD, **each(flag, "show_avatar show_name")}
        | {"style": one("normal capsule")},
        "user_id",
    ),
    "chart": (
        {"chart_spec": CHART, "aspect_ratio": WORD, "color_theme": WORD, "height": WORD, "preview": flag},
        "chart_spec",
    ),
    "table": (
        {"page_size": number(1, 10), "row_height": WORD, "freeze_first_column": flag}
        | {"header_style": anything, "columns": several(anything, 50), "rows": several(anything)},
        "columns rows",
    ),
}
CONTAINERS: Components = {
    "column_set": (
        {"flex_mode": one("none stretch flow bisect trisect"), "columns": _columns}
        | {"horizontal_spacing": GAP, "horizontal_align": H_ALIGN, "background_style": WORD},
        "columns",
    ),
    "column": (
        BOX | {"width": like(r"auto|weighted|\d{2,3}px"), "weight": number(1, 5), "background_style": WORD},
        "elements",
    ),
    "collapsible_panel": (
        BOX
        | {"expanded": flag, "background_color": WORD, "header": PANEL_HEADER}
        | {"border": shape(each(WORD, "color corner_radius"))},
        "header elements",
    ),
    "interactive_container": (
        BOX
        | ACTION
        | each(WORD, "width height background_style border_color corner_radius")
        | {"has_border": flag},
        "behaviors elements",
    ),
    "form": (BOX | {"name": FILLED}, "name elements"),
}
FIELDS: Components = {
    "input": (
        FIELD
        | {
            "default_value": string(1000),
            "max_length": number(1, 1000),
            **each(number(1, 100), "rows max_rows"),
        }
        | {"input_type": one("text multiline_text password"), **each(PLAIN, "label disabled_tips")}
        | {"label_position": one("top left"), **each(flag, "auto_resize show_icon")},
        "",
    ),
    "button": (
        ACTION
        | {"text": BRIEF, "size": one("tiny small medium large"), "icon": ICON, "width": WIDTH}
        | {"type": like(r"default|((primary|danger)(_text|_filled)?)|text|laser")}
        | {"name": WORD, "form_action_type": one("submit reset"), **each(PLAIN, "hover_tips disabled_tips")},
        "text",
    ),
    "select_static": (FIELD | PICK | {"options": OPTIONS, "initial_index": number(0, 200)}, "options"),
    "multi_select_static": (FIELD | {"options": OPTIONS, "selected_values": several(FILLED)}, "options"),
    "select_person": (FIELD | PICK | {"options": PEOPLE}, ""),
    "multi_select_person": (FIELD | {"options": PEOPLE, "selected_values": several(FILLED)}, ""),
    "date_picker": (FIELD | {"initial_date": like(r"\d{4}-\d\d-\d\d")}, ""),
    "picker_time": (FIELD | {"initial_time": like(r"\d\d:\d\d")}, ""),
    "picker_datetime": (FIELD | {"initial_datetime": like(r"\d{4}-\d\d-\d\d \d\d:\d\d")}, ""),
}
COMPONENTS: Components = {**DISPLAY, **CONTAINERS, **FIELDS}
ROOT_ONLY = frozenset({"form", "table"})
FORM_ONLY = frozenset({"multi_select_static", "multi_select_person"})

CONFIG = shape(
    {
        "update_multi": always,
        **each(flag, "enable_forward enable_forward_interaction streaming_mode"),
        "width_mode": one("default compact fill"),
        "style": anything,
        "summary": shape({"content": WORD, "i18n_content": anything}),
        "locales": several(WORD),
    }
)
TEXT_TAG = shape({"tag": one("text_tag"), "text": PLAIN, "color": TAG_COLOUR}, "tag text")
HEADER = shape(
    {
        **each(TEXT, "title subtitle"),
        "template": TEMPLATE,
        "icon": ICON,
        "padding": LENGTHS,
        "text_tag_list": several(TEXT_TAG, 3),
    },
    "title",
)
ROOT = shape(
    {
        "schema": one("2.0"),
        "config": CONFIG,
        "card_link": shape(each(URL, "url pc_url ios_url android_url")),
        "header": HEADER,
        "body": shape(BOX | {"elements": _body_elements}, "elements"),
    },
    "schema body",
)

__all__ = ["CardError", "check", "tagged"]
