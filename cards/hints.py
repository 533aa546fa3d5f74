"""Hints beside a text, before it is submitted and for whoever reviews it: where, what, and no judgement."""

from collections.abc import Mapping
from typing import Any

from cards.card import Panel, Row
from cards.form import Form
from cards.view import View

HINTS = "hints"
"""The fact of a request that keeps them: `count`, and of the first the field, place, end and why."""

SHOWN = 5
_AROUND, _ENOUGH = 4, 6
"""Letters that are shown on either side of a place, and of how many on none are needed."""

_LONGEST = 16


def before_submission(view: View) -> str:
    """The first of them in short lines; empty where there are none."""
    if not (told := lines(view)):
        return ""
    more = f"\n另有 {count(view) - SHOWN} 处，按“查看”看。" if count(view) > SHOWN else ""
    return "\n".join((f"提示 {count(view)} 处，供参考，改不改由您定：", *told[:SHOWN])) + more


def row(view: View) -> tuple[Row, ...]:
    """For whoever reviews: that there were some when it was submitted, and where they are."""
    return (Row("提示", f"{count(view)} 处，供参考，见“查看”"),) if count(view) else ()


def panel(view: View) -> tuple[Panel, ...]:
    told = lines(view)
    rest = (f"另有 {count(view) - len(told)} 处",) if count(view) > len(told) else ()
    return (Panel("提示（系统自动比对，仅供参考）", (*told, *rest)),) if told else ()


def count(view: View) -> int:
    return int(_kept(view).get("count", 0))


def lines(view: View) -> list[str]:
    """· 正文第2段“今天的的天气”：“的”写重了？"""
    texts = {name: str(view.request.form.get(name, "")) for name, *_ in _kept(view).get("found", ())}
    return [
        f"· {_place(view.face.form, name, texts[name], at)}“{_words(texts[name], at, end)}”：{why}"
        for name, at, end, why in _kept(view).get("found", ())
    ]


def _kept(view: View) -> Mapping[str, Any]:
    return view.request.facts.get(HINTS) or {}


def _place(form: Form, name: str, text: str, at: int) -> str:
    """标题; of what has several paragraphs, which one."""
    title = form.field(name).title
    if "\n" not in text:
        return title
    before = [line for line in text[: text.rfind("\n", 0, at) + 1].split("\n") if line.strip()]
    return f"{title}第{len(before) + 1}段"


def _words(text: str, at: int, end: int) -> str:
    """What stands there, with the letters around it: marks and joined emoji are left out of those."""
    first, last = at, end
    around = _AROUND if end - at < _ENOUGH else 0
    while first > max(0, at - around) and text[first - 1].isalnum():
        first -= 1
    while last < min(len(text), end + around) and text[last].isalnum():
        last += 1
    said = " ".join(text[first:last].split())
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
