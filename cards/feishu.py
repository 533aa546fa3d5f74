"""A neutral card -> Feishu's card JSON 2.0, within Feishu's limits (page card-json-v2-structure)."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from cards import feishu_elements as parts
from cards.card import Card, Input, Question, Tone

# The platform allows 30 KB and 200 components, and counts more than was sent where it expands styles.
BYTES = 27_000
COMPONENTS = 200
_TAG = b'"tag":'
"""What makes an object of the JSON a component, texts too; within a text its quotes would be escaped."""

COLOURS = {
    Tone.WAITING: ("orange", "orange"),
    Tone.DONE: ("green", "green"),
    Tone.REFUSED: ("red", "red"),
    Tone.CLOSED: ("grey", "neutral"),
    Tone.INFO: ("blue", "blue"),
    Tone.ALARM: ("carmine", "carmine"),
}
_NARROW = 7
"""Characters of a label on one line of the narrower column: QM-0001."""

CUT_WITH_BUTTON = "内容较长，此处为节选，全文请点“查看”。"
CUT = "内容较长，此处为节选，全文请发送“/查询 编号 全文”。"


@dataclass(slots=True)
class Pen:
    """How much may be drawn, and whether something had to be cut.

    `long` and `short` are characters of a text and of a value, `default` of what stands in an
    input, `aligned` how many rows are drawn as columns instead of as one text.
    """

    long: int
    short: int
    default: int
    aligned: int
    panels: int
    questions: int
    options: int
    has_cut: bool = field(default=False)

    def fit(self, words: str, limit: int) -> str:
        words = parts.clean(words)
        self.has_cut = self.has_cut or len(words) > limit
        return parts.cut(words, limit)


# From generous to what always fits; what somebody typed into a form is the last to be cut.
SIZES = (
    (6000, 1000, 1000, 12, 10, 20, 60),
    (3000, 500, 1000, 8, 8, 20, 40),
    (1500, 250, 1000, 6, 6, 20, 20),
    (700, 120, 1000, 6, 5, 14, 12),
    (300, 60, 400, 4, 4, 12, 8),
    (100, 30, 60, 0, 3, 10, 5),
)


def render(card: Card, letter: str) -> dict[str, Any]:
    """The card as Feishu draws it; `letter` is the id that its buttons give back.

    Text that does not fit is cut with `…`, and a line then says where the whole is.
    """
    drawn: dict[str, Any] = {}
    for size in SIZES:
        drawn = _draw(card, letter, Pen(*size))
        sent = orjson.dumps(drawn)
        if len(sent) <= BYTES and sent.count(_TAG) <= COMPONENTS:
            break
    return drawn


def _draw(card: Card, letter: str, pen: Pen) -> dict[str, Any]:
    body = _said(card, pen) + _asked(card, letter, pen)
    title = pen.fit(card.title, min(pen.short, 200)) or "通知"
    if card.note:
        body.append(parts.small(pen.fit(card.note, pen.short)))
    if pen.has_cut:
        has_button = any(button.text == "查看" for button in card.buttons)
        body.append(parts.small(CUT_WITH_BUTTON if has_button else CUT))
    return {
        "schema": "2.0",
        "config": {
            "update_multi": True,
            "enable_forward": False,
            "enable_forward_interaction": False,
            "width_mode": "fill",
            "summary": {"content": parts.cut(parts.clean(card.summary), 100) or title},
        },
        "header": _header(card, title),
        "body": {
            "direction": "vertical",
            "padding": "12px 12px 12px 12px",
            "vertical_spacing": "8px",
            "elements": body,
        },
    }


def _header(card: Card, title: str) -> dict[str, Any]:
    template, colour = COLOURS[card.tone]
    header: dict[str, Any] = {"template": template, "title": parts.plain(title)}
    if tag := parts.cut(parts.clean(card.tag), 20):
        header["text_tag_list"] = [{"tag": "text_tag", "text": parts.plain(tag), "color": colour}]
    return header


def _said(card: Card, pen: Pen) -> list[parts.Element]:
    """What the card tells: lead, rows, text and panels."""
    elements = [parts.div(pen.fit(card.lead, pen.short))] if card.lead else []
    if len(card.rows) <= pen.aligned:
        # A whole number as a label needs more than a quarter of a phone.
        weights = (2, 3) if any(len(row.label) > _NARROW for row in card.rows) else (1, 3)
        elements += [
            parts.row(pen.fit(row.label, pen.short), pen.fit(row.value, pen.short), weights)
            for row in card.rows
        ]
    else:
        elements.append(parts.div(pen.fit(parts.listed(card.rows), pen.long)))
    if card.chart:
        elements.append(parts.chart(card.chart))
    if told := "\n".join(filter(None, (card.must, card.text))):
        elements.append(parts.div(pen.fit(told, pen.long)))
    elements += _way(card, pen)
    pen.has_cut = pen.has_cut or len(card.panels) > pen.panels
    for panel in card.panels[: pen.panels]:
        lines = pen.fit("\n".join(panel.lines), pen.long)
        elements.append(parts.panel(pen.fit(panel.title, pen.short) or "详情", lines))
    return elements


def _way(card: Card, pen: Pen) -> list[parts.Element]:
    """A way as a table, a row a stop; as one text where there is no room for its components."""
    if len(card.stops) > pen.aligned:
        return [parts.div(pen.fit("\n".join(line for stop in card.stops for line in stop.told()), pen.long))]
    return [
        parts.stop(
            one.standing,
            pen.fit(one.title, pen.short),
            tuple(pen.fit(line, pen.short) for line in one.details),
        )
        for one in card.stops
    ]


def _asked(card: Card, letter: str, pen: Pen) -> list[parts.Element]:
    """What the card asks: a form, buttons, or the line that stands for them once it is decided."""
    if card.closed:
        return [{"tag": "hr"}, parts.small(pen.fit(card.closed, pen.short))]
    shown = card.buttons[:10]
    fields = _fields(card, pen)
    if not shown:
        return []
    if not fields:
        return [{"tag": "hr"}, parts.buttons(shown, letter, in_form=False)]
    row = parts.buttons(shown, letter, in_form=True)
    return [{"tag": "hr"}, parts.form([*fields, row])]


def _fields(card: Card, pen: Pen) -> list[parts.Element]:
    """The fields of the form; a reason is one more of them, typed freely."""
    asked = {question.name: question for question in card.questions}
    if card.reason:
        reason = Question(card.reason.name, card.reason.title, Input.TEXT, hint=card.reason.hint)
        asked[reason.name] = reason
    elements = []
    for question in list(asked.values())[: pen.questions]:
        pen.has_cut = pen.has_cut or len(question.options) > pen.options
        if isinstance(question.value, str):
            pen.has_cut = pen.has_cut or len(question.value) > min(pen.default, parts.INPUT_LIMIT)
        elements += parts.question(question, pen.default, pen.options)
    return elements
