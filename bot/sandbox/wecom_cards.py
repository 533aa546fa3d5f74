"""What WeCom refuses in a template card (WeCom pages 90236, 94888), with the documented codes.

Stricter than the real one in one thing: a field that a card type does not know is refused (40058)
instead of ignored, so a card never loses something silently. Display lengths are not checked: the
client cuts there.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

_TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")
_KEY_BYTES, _OPTION_BYTES = 1024, 128
_WRONG = 40058

_COMMON = {"card_type", "task_id", "source", "main_title"}
_NOTICE = _COMMON | {"action_menu", "quote_area", "horizontal_content_list", "jump_list", "card_action"}
_FIELDS = {
    "text_notice": _NOTICE | {"emphasis_content", "sub_title_text"},
    "news_notice": _NOTICE | {"image_text_area", "card_image", "vertical_content_list"},
    "button_interaction": (_NOTICE - {"jump_list"}) | {"sub_title_text", "button_selection", "button_list"},
    "vote_interaction": _COMMON | {"checkbox", "submit_button"},
    "multiple_interaction": _COMMON | {"select_list", "submit_button"},
}
INTERACTIVE = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})


class Wrong(Exception):
    """An API error by its code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def calls_back(card: Json) -> bool:
    """Whether pressing the card makes an event, so that it has a response_code."""
    return card.get("card_type") in INTERACTIVE or "action_menu" in card


def check_card(card: object, *, update: bool = False) -> None:
    """Raises `Wrong` for a template card that WeCom would not show."""
    whole = _object(card)
    card_type = whole.get("card_type")
    if not isinstance(card_type, str) or card_type not in _FIELDS:
        raise Wrong(42031)
    allowed = _FIELDS[card_type] - ({"task_id"} if update else set())
    _need(whole.keys() <= allowed | ({"replace_text"} if update else set()), _WRONG)
    _need(update or "task_id" in whole or not calls_back(whole), 42014)
    for name, check in _CHECKS.items():
        if name in whole:
            check(whole[name])
    _required(whole, card_type, update=update)


def _required(card: Json, card_type: str, *, update: bool) -> None:
    titled = bool(_object(card.get("main_title", {})).get("title"))
    match card_type:
        case "text_notice":
            _need(titled or bool(card.get("sub_title_text")), 41016)
            _need(_opens(card), 42045)
        case "news_notice":
            _need(_opens(card), 42045)
            _need("card_image" in card or "image_text_area" in card, 42044)
        case "button_interaction":
            _need("button_list" in card, _WRONG)
        case "vote_interaction":
            _need("checkbox" in card, 42037)
        case "multiple_interaction":
            _need("select_list" in card, 42047)
    _need(titled or card_type == "text_notice", 41016)
    _need(update or "submit_button" in card or "submit_button" not in _FIELDS[card_type], 42046)


def _opens(card: Json) -> bool:
    return _object(card.get("card_action", {})).get("type") in (1, 2)


def _need(condition: bool, code: int) -> None:
    if not condition:
        raise Wrong(code)


def _object(value: object) -> Json:
    if not isinstance(value, Mapping):
        raise Wrong(_WRONG)
    return value


def _objects(value: object, least: int, most: int, code: int) -> Sequence[Json]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise Wrong(code)
    return [_object(item) for item in value]


def _text(value: object, name: str, code: int, *, limit: int = 0) -> str:
    """A string that must be there and not blank; `limit` in bytes."""
    text = _object(value).get(name)
    if not isinstance(text, str) or not text.strip() or (limit and len(text.encode()) > limit):
        raise Wrong(code)
    return text


def _distinct(values: Sequence[str], code: int) -> None:
    _need(len(set(values)) == len(values), code)


def _strings(value: object) -> None:
    _need(all(isinstance(text, str | int) for text in _object(value).values()), _WRONG)


def _url(value: Json) -> None:
    _need(_text(value, "url", 42028).startswith(("http://", "https://")), 45034)


def _jump(value: object, code: int) -> None:
    """A type that opens something says what it opens: 1 an address, 2 a mini program."""
    target = _object(value)
    _need(target.get("type", 0) in (0, 1, 2), code)
    if target.get("type") == 1:
        _url(target)
    if target.get("type") == 2:
        _text(target, "appid", 42030)


def _task_id(value: object) -> None:
    _need(isinstance(value, str) and bool(_TASK_ID.fullmatch(value)), 42014)


def _plain(value: object) -> None:
    _need(isinstance(value, str), _WRONG)


def _source(value: object) -> None:
    _strings(value)
    _need(_object(value).get("desc_color", 0) in (0, 1, 2, 3), _WRONG)


def _action_menu(value: object) -> None:
    actions = _objects(_object(value).get("action_list"), 1, 3, _WRONG)
    for action in actions:
        _text(action, "text", _WRONG)
    _distinct([_text(action, "key", 42051, limit=_KEY_BYTES) for action in actions], 42051)


def _rows(value: object) -> None:
    for row in _objects(value, 0, 6, 42035):
        _strings(row)
        _text(row, "keyname", 42027)
        match row.get("type", 0):
            case 1:
                _url(row)
            case 2:
                _text(row, "media_id", 42029)
            case 3:
                _text(row, "userid", 42050)


def _jumps(value: object) -> None:
    for jump in _objects(value, 0, 3, 42042):
        _text(jump, "title", 42033)
        _jump(jump, _WRONG)


def _card_action(value: object) -> None:
    _jump(value, 42045)


def _vertical(value: object) -> None:
    for item in _objects(value, 0, 4, 42036):
        _text(item, "title", 42033)


def _image(value: object) -> None:
    _text(value, "url", 42044)


def _image_text(value: object) -> None:
    _jump(value, _WRONG)
    _text(value, "image_url", 42044)


def _quote(value: object) -> None:
    _jump(value, _WRONG)


def _selector(value: object, most: int = 10) -> None:
    selector = _object(value)
    _text(selector, "question_key", 42043, limit=_KEY_BYTES)
    options = _objects(selector.get("option_list"), 1, most, 42037)
    _distinct([_text(option, "id", 42040, limit=_OPTION_BYTES) for option in options], 42040)
    for option in options:
        _text(option, "text", 42041)


def _checkbox(value: object) -> None:
    _selector(value, most=20)
    box = _object(value)
    _need(box.get("mode", 0) in (0, 1), _WRONG)
    _need(all(isinstance(option.get("is_checked"), bool) for option in box["option_list"]), _WRONG)


def _select_list(value: object) -> None:
    selectors = _objects(value, 1, 3, 42047)
    for selector in selectors:
        _selector(selector)
    _distinct([selector["question_key"] for selector in selectors], 42043)


def _button_list(value: object) -> None:
    buttons = _objects(value, 1, 6, _WRONG)
    for button in buttons:
        _text(button, "text", 42038)
        if button.get("type", 0) == 1:
            _url(button)
    calling = [button for button in buttons if button.get("type", 0) == 0]
    _distinct([_text(button, "key", 42039, limit=_KEY_BYTES) for button in calling], 42039)


def _submit(value: object) -> None:
    _text(value, "text", 42049)
    _text(value, "key", 42046, limit=_KEY_BYTES)


_CHECKS: Mapping[str, Callable[[object], None]] = {
    "task_id": _task_id,
    "source": _source,
    "main_title": _strings,
    "action_menu": _action_menu,
    "quote_area": _quote,
    "emphasis_content": _strings,
    "sub_title_text": _plain,
    "image_text_area": _image_text,
    "card_image": _image,
    "vertical_content_list": _vertical,
    "horizontal_content_list": _rows,
    "jump_list": _jumps,
    "card_action": _card_action,
    "button_selection": _selector,
    "button_list": _button_list,
    "checkbox": _checkbox,
    "select_list": _select_list,
    "submit_button": _submit,
    "replace_text": _plain,
}
