"""What people typed into a form's fields, cleaned: good values and mistakes, nothing lost."""

import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from cards.card import Input
from cards.form import Field, Form
from handlers.rules.text import clean as cleaned
from handlers.rules.text import label
from handlers.typed.answers import Mistake
from handlers.typed.moments import Wrong, calendar_day, moment

MOST_OFFERED = 5
"""Suggestions of which one can be pressed: WeCom shows six buttons."""

_LINKS = ("link", "home_url")
_NOTHING = ("无", "没有", "否", "都不涉及", "均不涉及", "不涉及")
_AFTER_LINK = re.compile(r"[，。、；：！？）】》”’].*$", re.DOTALL)
SEPARATORS = re.compile(r"[、,，;；\s]+")
_PADDED = re.compile(r"(?<![^、,，;；\s])([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff]+)")
"""A character that stands alone, and the word behind it: 王　磊 is one name."""


def clean(
    form: Form, raw: Mapping[str, str | tuple[str, ...]], now: datetime
) -> tuple[dict[str, Any], list[Mistake]]:
    """Values by field name, and what is wrong with the others; unknown names are ignored."""
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for field in form.fields:
        if field.name not in raw:
            continue
        typed = raw[field.name]
        try:
            values[field.name] = _value(field, typed, now)
        except Wrong as why:
            shown = typed if isinstance(typed, str) else "、".join(typed)
            offers = {one: shown.replace(why.part or shown, one, 1) for one in why.offers}
            mistakes.append(Mistake(field.name, field.title, shown, str(why), field.example, offers))
    return values, mistakes


def _value(field: Field, typed: str | tuple[str, ...], now: datetime) -> Any:
    text = typed if isinstance(typed, str) else "、".join(typed)
    if len(text.strip()) > field.limit:  # before any pattern
        raise Wrong(f"最多 {field.limit} 字，现在 {len(text.strip())} 字")
    if field.input is Input.MANY:
        return _many(field, typed)
    text = cleaned(text) if field.input is Input.TEXT else label(text)
    if field.input is Input.ONE and field.options:
        return _one(field, text)
    if field.input is Input.DATETIME:
        return moment(text, now, field.alone)
    if field.input is Input.DATE:
        return calendar_day(text, now) if text and text != field.default else ""
    if field.name in _LINKS and text:
        return web_address(text)
    return text


def _one(field: Field, text: str) -> str:
    if not text:
        return field.default
    begun = max((option for option in field.options if text.startswith(option)), key=len, default="")
    rest = text.removeprefix(begun)
    meant = [option for option in field.options if option in rest]
    only = f"只能填：{'、'.join(field.options)}"
    if not begun:
        raise Wrong(only, meant or field.options[:MOST_OFFERED])
    # 紧急程度：普通 behind 紧急 is the name of the field once more, or two of its options.
    if meant or any(text.startswith(name) and len(name) > len(begun) for name in field.aliases):
        raise Wrong(f"看不出是哪一项，{only}", dict.fromkeys((*meant, begun)))
    return begun


def _many(field: Field, typed: str | tuple[str, ...]) -> list[str]:
    parts = SEPARATORS.split(_PADDED.sub(r"\1\2", typed)) if isinstance(typed, str) else list(typed)
    wanted = [part for part in map(label, parts) if part and part not in _NOTHING]
    return list(dict.fromkeys(_option(field, part) for part in wanted)) if field.options else wanted


def _option(field: Field, part: str) -> str:
    """The option of that name, or the only one of which somebody wrote a piece (招生, 港澳台)."""
    if part in field.options:
        return part
    near = [one for one in field.options if len(part) > 1 and (part in one or one in part)]
    if len(near) == 1:
        return near[0]
    if near := near or get_close_matches(part, field.options, n=3, cutoff=0.4):
        raise Wrong(f"没有“{part}”这一项，您是不是要填：{'、'.join(near)}？", near, part)
    raise Wrong(f"没有“{part}”这一项，可填：{'、'.join(field.options)}，或“无”")


def web_address(text: str) -> str:
    """An http(s) link as typed, without Chinese marks and what follows them; raises `Wrong`."""
    text = _AFTER_LINK.sub("", text.strip())
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        good = False
    if not good or len(text) > 1000:
        raise Wrong("链接要以 http:// 或 https:// 开头，中间没有空格")
    return text
