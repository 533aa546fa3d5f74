"""Text messages of WeCom: what a card says where no template card can say it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from cards.card import Card, Input, Question

LIMIT = 2048
"""Bytes of `text.content`; WeCom cuts the excess without a word (WeCom page 90236)."""

PARTS = 8
_ROOM = LIMIT - len("（8/8）\n".encode())
_MORE = "\n（后文从略：申请的全文请发“/查询 编号 全文”，其他请缩小查询范围。）"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_LINK = re.compile(r"<(?=/?a\b)", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` without control characters: WeCom refuses their JSON escapes (error 40033)."""
    return _CONTROL.sub(" ", text)


def messages(text: str) -> tuple[str, ...]:
    """`text` as one message, or as numbered ones of at most `LIMIT` bytes and `PARTS` in number.

    An `<a>` somebody typed is shown, not obeyed: WeCom would make a link of it.
    """
    text = _LINK.sub("＜", clean(text)).strip()
    if len(text.encode()) <= LIMIT:
        return (text,)
    pieces = list(islice(_pieces(text), PARTS + 1))
    if len(pieces) > PARTS:
        pieces[PARTS - 1 :] = [_head(pieces[PARTS - 1], _ROOM - len(_MORE.encode())) + _MORE]
    return tuple(f"（{number}/{len(pieces)}）\n{piece}" for number, piece in enumerate(pieces, 1))


def _pieces(text: str) -> Iterator[str]:
    while text:
        piece = _head(text, _ROOM)
        yield piece.rstrip()
        text = text[len(piece) :].lstrip()


def _head(text: str, room: int) -> str:
    """The beginning that fits in `room` bytes, up to the last line end in its second half."""
    encoded = text[:room].encode()
    if len(encoded) <= room:
        return text[:room]
    head = encoded[:room].decode("utf-8", "ignore")
    end = head.rfind("\n", len(head) // 2)
    return head[:end] if end > 0 else head


def notice(card: Card) -> str:
    """A card that asks nothing, whole; `closed` stands for buttons, which a text never had."""
    return card.plain()


def form(card: Card) -> str:
    """A form as the lines to fill in and send back, then how."""
    lines = [replace(card, note="").plain(), "", "请复制下面各行，填好后发回：", *map(_line, card.questions)]
    if guides := [guide for question in card.questions if (guide := _guide(question))]:
        lines += ["", "填写说明：", *guides]
    return "\n".join([*lines, card.note])


def _line(question: Question) -> str:
    values = (question.value,) if isinstance(question.value, str) else question.value
    texts = {option.value: option.text for option in question.options}
    return f"{question.title}：{'、'.join(texts.get(value, value) for value in values)}"


def _guide(question: Question) -> str:
    several = "，可选多项，用“、”隔开" if question.input == Input.MANY else ""
    choices = f"可填 {' · '.join(option.text for option in question.options)}{several}"
    parts = [
        "必填" if question.required else "",
        choices if question.options else "",
        question.hint,
    ]
    said = "；".join(part for part in parts if part)
    return f"{question.title}：{said}" if said else ""
