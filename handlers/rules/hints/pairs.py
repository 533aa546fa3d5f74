"""Quotes and brackets that stand alone."""

import re
from collections.abc import Iterator

from handlers.rules.hints.hint import Hint

CLOSES = dict(zip("《〈“‘（(【〔「『", "》〉”’）)】〕」』", strict=True))
_ALIKE = {"(": "（", ")": "）"}
_OPENS = {close: opens for opens, close in CLOSES.items()}
_MARKS = re.compile(f"[{re.escape(''.join([*CLOSES, *_OPENS]))}]")
_COUNTED = re.compile(r"(?:^|[\s，。；：、“（(])[0-9A-Za-z一二三四五六七八九十①-⑳]{1,3}$")
"""Before a bracket that counts: 1）, a), 一）."""


def hints(text: str) -> Iterator[Hint]:
    """Each mark that has no other half, and brackets of two widths."""
    waiting: list[tuple[int, str]] = []
    for found in _MARKS.finditer(text):
        at, mark = found.start(), found[0]
        if _no_mark(text, at, mark):
            continue
        if mark in CLOSES:
            # a quotation of several paragraphs opens each of them, and closes once
            if not (mark == "“" and _line_begins(text, at) and any(one == mark for _, one in waiting)):
                waiting.append((at, mark))
            continue
        kinds = [_kind(one) for _, one in waiting]
        if _kind(_OPENS[mark]) not in kinds:
            if not (_kind(mark) == "）" and _COUNTED.search(text, max(0, at - 5), at)):
                yield _alone(at, mark)
            continue
        place = len(kinds) - 1 - kinds[::-1].index(_kind(_OPENS[mark]))
        yield from (_alone(*one) for one in waiting[place + 1 :])
        if waiting[place][1] != _OPENS[mark]:
            yield Hint(at, at + 1, "括号一半全角、一半半角")
        del waiting[place:]
    yield from (_alone(*one) for one in waiting)


def _kind(mark: str) -> str:
    return _ALIKE.get(mark, mark)


def _alone(at: int, mark: str) -> Hint:
    return Hint(at, at + 1, f"“{mark}”不成对" if mark not in "“”" else f"引号 {mark} 不成对")


def _line_begins(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _no_mark(text: str, at: int, mark: str) -> bool:
    """An apostrophe (it’s), or the mouth of a face (:-)."""
    before = text[at - 1] if at else ""
    if mark in "‘’":
        return before.isascii() and before.isalnum()
    return mark in "()" and before in (":", ";", "-", "=")
