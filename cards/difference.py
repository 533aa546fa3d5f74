"""What changed between two versions of a form, in words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from types import MappingProxyType
from typing import Any

from cards.form import PUBLISH
from cards.phrases import assets_line, excerpt

_SHOWN = 60
NO_NAMES: Mapping[str, str] = MappingProxyType({})
_LONGEST, _ALIKE = 700, 4000
"""Sentences, and pairs of equal ones, that are compared one by one: of more, in whichever text, the
comparing takes seconds to minutes."""

_SENTENCES = re.compile(r"(?<=[。！？；\n])")


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], media: Mapping[str, str] = NO_NAMES
) -> tuple[str, ...]:
    """One line per changed field; of the body, each changed passage. Empty where nothing changed.

    `media` are names by 备案号.
    """
    lines = [
        f"{field.title}：{_plain(before.get(field.name))} → {_plain(after.get(field.name))}"
        for field in PUBLISH.fields
        if field.name not in ("body", "media")
        and _plain(before.get(field.name)) != _plain(after.get(field.name))
    ]
    if before.get("media") != after.get("media"):
        old_on, new_on = ([media.get(no, no) for no in form.get("media") or ()] for form in (before, after))
        lines.append(f"媒体：{_plain(old_on)} → {_plain(new_on)}")
    if assets_line(before) != assets_line(after):
        lines.append(f"版权：{assets_line(before)} → {assets_line(after)}")
    old, new = ({f["sha256"]: f["name"] for f in form.get("files") or ()} for form in (before, after))
    lines += [f"附件：去掉 {old[key]}" for key in old if key not in new]
    lines += [f"附件：新增 {new[key]}" for key in new if key not in old]
    return tuple(chain(lines, _passages(str(before.get("body") or ""), str(after.get("body") or ""))))


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(value) or "无"
    return excerpt(str(value or "无"), _SHOWN)


def _passages(before: str, after: str) -> list[str]:
    found = []
    old_parts, new_parts = (list(filter(None, _SENTENCES.split(text))) for text in (before, after))
    for tag, a, b, c, d in _opcodes(old_parts, new_parts):
        old, new = (excerpt("".join(parts), _SHOWN) for parts in (old_parts[a:b], new_parts[c:d]))
        if tag == "delete":
            found.append(f"正文删去：“{old}”")
        elif tag == "insert":
            found.append(f"正文增加：“{new}”")
        elif tag == "replace":
            found.append(f"正文：“{old}”改为“{new}”")
    return found[:20]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What became of the old sentences, as `SequenceMatcher` tells it; where comparing would take long,
    everything between the first difference and the last is one passage."""
    in_new = Counter(new)
    if max(len(old), len(new)) <= _LONGEST and sum(in_new[part] for part in old) <= _ALIKE:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    a, b, c, d = head, len(old) - tail, head, len(new) - tail
    if a == b and c == d:
        return ()
    return (("insert" if a == b else "delete" if c == d else "replace", a, b, c, d),)
