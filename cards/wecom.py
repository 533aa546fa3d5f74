"""Cards as WeCom draws them: template cards where somebody may press, text where not.

Limits are those of WeCom pages 90236 and 94888. Lengths in characters are the display's: longer
text is cut here, with `…`, and the whole stands behind the card's own 查看.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import east_asian_width

from cards import wecom_text
from cards.card import Button, Card, Input, Option, Question, Reason, Style, Tone
from cards.wecom_keys import button_key
from cards.wecom_text import clean

Json = dict[str, Any]

UNCHOSEN = "none"
"""The option that stands for no choice; a reason's own options are `r1`, `r2`, …"""

_CUT = "…"
_NUMBER = re.compile(r"([A-Z]{2})-\d{4}-(\d{4,})")
_NAMED = re.compile(r"[\u3400-\u9fff·]+(?: |（)([A-Za-z0-9]+)）?")
_ENDS = "。！？：；，…"
_SOURCE, _TITLE, _DESC, _SUB_TITLE, _NOTE = 20, 36, 44, 160, 80
_LEAST_NOTE = 24
"""Characters of the note that stay beside what must stand."""
_ROWS, _VALUE = 6, 30
_LABEL = 10
"""Columns of a label: five Chinese characters, or ten letters and digits."""
_BUTTONS, _BUTTON_TEXT = 6, 10
_SELECTORS, _SELECT_OPTIONS, _SELECT_TEXT = 3, 10, 16
_VOTE_TITLE, _VOTE_OPTIONS, _VOTE_TEXT, _CHOICE_DESC = 16, 20, 17, 160
_KEY_BYTES, _OPTION_BYTES = 1024, 128

_STYLE = {Style.PRIMARY: 1, Style.DANGER: 2, Style.DEFAULT: 4}
"""`style` is 1 to 4 and 1 the default; the page shows how they look in a picture only, so nothing
but the emphasis depends on it."""

_COLOR = {Tone.WAITING: 1, Tone.REFUSED: 2, Tone.ALARM: 2, Tone.DONE: 3, Tone.CLOSED: 0, Tone.INFO: 0}
"""`source.desc_color`: 0 grey, 1 black, 2 red, 3 green."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message of message/send: `body` stands under the key `msgtype`."""

    msgtype: str
    body: Mapping[str, Any]


def render(card: Card, letter: str) -> tuple[Outgoing, ...]:
    """`card` as the messages to send, in order; `letter` (32 hex digits) becomes the task_id.

    A form becomes a vote (one question) or selectors (two or three). One that WeCom cannot draw, and
    a card without buttons, become text. Of more than six buttons the first six are shown. What is
    wrong and too long for a card is said in a text before it.
    """
    if card.questions and (drawn := _choices(card)):
        told = () if _holds(drawn, card.text) else _texts(f"【{card.title}】\n{card.text}")
        drawn = (_choices(replace(card, text="")) if told else None) or drawn
        return (*told, Outgoing("template_card", drawn | {"task_id": letter}))
    if card.buttons and not card.questions:
        told = _texts(f"【{card.title}】\n{card.text}") if card.whole and _cuts(card) else ()
        drawn = _buttons(replace(card, text="") if told else card)
        return (*told, Outgoing("template_card", drawn | {"task_id": letter}))
    return _texts(wecom_text.form(card) if card.questions else wecom_text.notice(card))


def _texts(text: str) -> tuple[Outgoing, ...]:
    return tuple(Outgoing("text", {"content": part}) for part in wecom_text.messages(text))


def render_update(card: Card) -> Json:
    """`card` as it replaces a sent template card; without buttons one grey label stands there."""
    drawn = _choices(card) if card.questions else None
    if drawn:
        return drawn
    if card.buttons and not card.questions:
        return _buttons(card)
    label = next(
        filter(None, (_line(text, _BUTTON_TEXT) for text in (card.closed, card.tag, card.title))), "已更新"
    )
    return _face(card) | {
        "button_list": [{"text": label, "style": _STYLE[Style.DEFAULT], "key": "closed"}],
        "replace_text": label,
    }


def _buttons(card: Card) -> Json:
    shown = {button_key(button): button for button in card.buttons}
    buttons = {"button_list": [_button(key, shown[key]) for key in list(shown)[:_BUTTONS]]}
    return _face(card) | (_selection(card.reason) if card.reason else {}) | buttons


def _face(card: Card) -> Json:
    """All of a button_interaction but what is pressed."""
    fits = len(card.lead) <= _DESC
    title = {"title": _line(card.title, _TITLE)} | _unless_empty(
        "desc", _line(card.lead if fits else "", _DESC)
    )
    rows = [{"keyname": _label(row.label), "value": _line(row.value, _VALUE)} for row in card.rows[:_ROWS]]
    return (
        {"card_type": "button_interaction", "main_title": title}
        | _source(card, color=True)
        | _unless_empty("sub_title_text", _sub_title(card, "" if fits else card.lead))
        | _unless_empty("horizontal_content_list", rows)
    )


def _cuts(card: Card) -> bool:
    """Whether the card would show only the beginning of its text."""
    shown = _sub_title(card, "" if len(card.lead) <= _DESC else card.lead)
    return clean(card.text).strip() not in shown


def _sub_title(card: Card, lead: str) -> str:
    """Lead and text cut to what the note leaves: the note says what happens if nobody acts.

    Beside what must stand the note gives way to the lead, and both to that.
    """
    lead, note, must = (clean(part).strip() for part in (lead, card.note, card.must))
    must = _cut(must, _SUB_TITLE - _LEAST_NOTE - 1)
    left = _left(lead, must) if must else _NOTE
    note = _cut(note, min(max(left, _LEAST_NOTE), _NOTE))
    lead = _cut(lead, _left(must, note))
    text = _joined(card.text, card.closed if card.buttons else "")
    return _joined(lead, must, _cut(text, _left(lead, must, note)), note)


def _joined(*parts: str) -> str:
    return clean("\n".join(part for part in parts if part)).strip()


def _left(*parts: str) -> int:
    """The room of a subtitle beside these parts, for one more."""
    return _SUB_TITLE - len(_joined(*parts)) - 1


def _source(card: Card, *, color: bool) -> Json:
    if not (tag := _line(card.tag, _SOURCE)):
        return {}
    return {"source": {"desc": tag} | ({"desc_color": _COLOR[card.tone]} if color else {})}


def _button(key: str, button: Button) -> Json:
    return {"text": _pressable(button.text), "style": _STYLE[button.style], "key": key}


def _selection(reason: Reason) -> Json:
    """A selector always has a choice, so that of no reason comes first."""
    options = [(UNCHOSEN, "请选择理由")]
    options += [(f"r{number}", text) for number, text in enumerate(reason.options, 1)]
    return {
        "button_selection": {
            "question_key": reason.name,
            "title": _line(reason.title, _SELECT_TEXT),
            "option_list": [
                {"id": name, "text": _line(text, _SELECT_TEXT)} for name, text in options[:_SELECT_OPTIONS]
            ],
            "selected_id": UNCHOSEN,
        }
    }


def _choices(card: Card) -> Json | None:
    """The form as a card, or None where WeCom has no such card."""
    names = {question.name for question in card.questions}
    if not card.buttons or len(names) < len(card.questions):
        return None
    if len(names) == 1:
        only = card.questions[0]
        fits = only.input in (Input.ONE, Input.MANY) and _choosable(only, only.options, _VOTE_OPTIONS)
        return _vote(card, only) if fits else None
    listed = [_listed(question) for question in card.questions]
    fits = len(names) <= _SELECTORS and all(
        question.input == Input.ONE and _choosable(question, options, _SELECT_OPTIONS)
        for question, options in zip(card.questions, listed, strict=True)
    )
    return _selectors(card, listed) if fits else None


def _listed(question: Question) -> tuple[Option, ...]:
    """Where nothing is chosen yet, the first option says so: WeCom would take the first as chosen."""
    return question.options if _selected(question) else (Option(UNCHOSEN, "请选择"), *question.options)


def _selected(question: Question) -> str:
    return next((option.value for option in question.options if option.value == question.value), "")


def _choosable(question: Question, options: Sequence[Option], most: int) -> bool:
    values = [option.value for option in options]
    return (
        bool(question.options)
        and len(set(values)) == len(values) <= most
        and all(0 < len(option.value.encode()) <= _OPTION_BYTES and option.text.strip() for option in options)
        and 0 < len(question.name.encode()) <= _KEY_BYTES
    )


def _vote(card: Card, question: Question) -> Json:
    chosen = (question.value,) if isinstance(question.value, str) else question.value
    asked = "" if question.title in card.title else question.title
    return _asking(card, "vote_interaction", _VOTE_TITLE, asked) | {
        "checkbox": {
            "question_key": question.name,
            "mode": int(question.input == Input.MANY),
            "option_list": [
                {
                    "id": option.value,
                    "text": _line(option.text, _VOTE_TEXT),
                    "is_checked": option.value in chosen,
                }
                for option in question.options
            ],
        }
    }


def _selectors(card: Card, listed: Sequence[Sequence[Option]]) -> Json:
    return _asking(card, "multiple_interaction", _TITLE) | {
        "select_list": [
            {
                "question_key": question.name,
                "title": _line(question.title, _SELECT_TEXT),
                "option_list": [
                    {"id": option.value, "text": _line(option.text, _SELECT_TEXT)} for option in options
                ],
                "selected_id": _selected(question) or UNCHOSEN,
            }
            for question, options in zip(card.questions, listed, strict=True)
        ]
    }


def _asking(card: Card, card_type: str, width: int, question: str = "") -> Json:
    """Title, description and submit button; a title that had to be cut is whole in the description."""
    desc = _description(card, width, question)
    return (
        {
            "card_type": card_type,
            "main_title": {"title": _line(card.title, width)} | _unless_empty("desc", desc),
        }
        | _source(card, color=False)
        | {
            "submit_button": {
                "text": _line(card.buttons[0].text, _BUTTON_TEXT),
                "key": button_key(card.buttons[0]),
            }
        }
    )


def _description(card: Card, width: int, question: str) -> str:
    """Lead, rows, text and note as sentences; of the lines of a long text, those that fit whole."""
    head = [card.title if len(card.title) > width else "", card.lead]
    head += [f"{row.label}：{row.value}" for row in card.rows]
    head += [card.must]
    lines, tail = _lines(card.text), [question, card.note]
    for count in range(len(lines), 0, -1):
        rest = [f"等 {len(lines)} 处"] if count < len(lines) else []
        if len(said := _sentences([*head, *lines[:count], *rest, *tail])) <= _CHOICE_DESC:
            return said
    return _cut(_sentences([*head, *lines, *tail]), _CHOICE_DESC)


def _holds(drawn: Json, text: str) -> bool:
    """Whether the description has the whole text in it."""
    return _sentences(_lines(text)) in drawn["main_title"].get("desc", "")


def _lines(text: str) -> list[str]:
    """The lines of a text without the mark that begins each in a list."""
    return [line.removeprefix("· ") for line in text.split("\n") if line.strip()]


def _sentences(parts: Sequence[str]) -> str:
    """Parts one after the other on one line, each ended like a sentence."""
    said = [" ".join(clean(part).split()) for part in parts]
    return "".join(part if part[-1] in _ENDS else f"{part}。" for part in said if part)


def _unless_empty(name: str, value: str | Sequence[Json]) -> Json:
    return {name: value} if value else {}


def _label(text: str) -> str:
    """`text` as a label: a number keeps its kind and its serial where it is too wide."""
    label = _short(text, _LABEL)
    while sum(1 + (east_asian_width(one) in "WF") for one in label) > _LABEL:
        label = label.removesuffix(_CUT)[:-1] + _CUT
    return label


def _short(text: str, limit: int) -> str:
    """`text` on one line, with FB0012 for FB-2026-0012 where it has no room."""
    return _line(_NUMBER.sub(r"\1\2", text) if len(text) > limit else text, limit)


def _pressable(text: str) -> str:
    """`text` as a button's; of a name with its 工号 the number stays, for names may be the same."""
    named = _NAMED.fullmatch(text) if len(text) > _BUTTON_TEXT else None
    if named is None:
        return _short(text, _BUTTON_TEXT)
    number = named[1]
    return number if len(number) <= _BUTTON_TEXT else _CUT + number[1 - _BUTTON_TEXT :]


def _line(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters."""
    return _cut(" ".join(clean(text).split()), limit)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1] + _CUT if limit > 0 else ""
