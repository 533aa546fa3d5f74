"""Half-width marks in Chinese, and full-width letters and digits."""

import re
from collections.abc import Iterator

from handlers.rules.hints.hint import HAN, Hint, together

FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_BETWEEN = re.compile(rf"(?<=[{HAN}])[,;:?!](?=[{HAN}])")
_AT_END = re.compile(rf"(?<=[{HAN}])[,;?!.](?=[ \t]*(?:\n|$))")
_BRACKETS = re.compile(rf"\([^()\n]{{0,60}}[{HAN}][^()\n]{{0,60}}\)")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")


def hints(text: str) -> Iterator[Hint]:
    """One hint for each mark, at its first place."""
    yield from together(sorted([*_marks(text), *_others(text)], key=lambda one: one.at))


def _marks(text: str) -> Iterator[Hint]:
    for pattern in (_BETWEEN, _AT_END):
        for found in pattern.finditer(text):
            yield Hint(*found.span(), f"中文里用全角“{FULL[found[0]]}”")


def _others(text: str) -> Iterator[Hint]:
    for found in _BRACKETS.finditer(text):
        yield Hint(*found.span(), "中文里用全角括号（）")
    for found in _WIDE.finditer(text):
        yield Hint(*found.span(), "数字、字母用半角")
