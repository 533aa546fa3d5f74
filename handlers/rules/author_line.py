"""The line 作者 as people write it, cut into words: names on the books, hints, separators, and the rest."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

FILLERS = frozenset(" ·•‧∙⋅・\u3000")
"""What may stand between the characters of one name: 王　磊, 买买提·艾力."""

_BETWEEN = (*FILLERS, *"&-–+.'_~", "以及", "和", "与", "及", "跟", "暨")
"""What separates names or stands within one: only the books can tell."""

_SAID = (
    *("等人", "等", "老师", "同学", "教授", "副教授", "讲师", "博士", "硕士", "研究生", "本科生", "院士"),
    *("书记", "副书记", "院长", "副院长", "主任", "副主任", "部长", "副部长", "处长", "科长", "辅导员"),
    *("先生", "女士", "记者", "学生记者", "通讯员", "实习生", "工号", "学号", "团队", "课题组", "工作室"),
    *("撰稿", "撰文", "供稿", "投稿", "文字", "文案", "图片", "图文", "配图", "摄影", "摄像", "绘图", "插画"),
    *("编辑", "责编", "责任编辑", "排版", "视频", "剪辑", "制作", "翻译", "审核", "校对", "指导", "执笔"),
    *("作者", "原作者", "文稿", "采写", "美编", "设计", "来源"),
)
"""Words beside a name that are nobody's."""

SAID_BRIEFLY = frozenset("文图撰摄编译绘写著供制")
"""The same in one character, where it stands alone: 文/ 图/."""

_OUTSIDE = ("校外", "外校", "外单位", "外请", "特约", "外聘", "校友")
_OPENING, _CLOSING = frozenset("([{【〔〈《"), frozenset(")]}】〕〉》")
_NOT_A_NUMBER = frozenset("级届班年月日期号")
"""What makes digits before it something else than a 工号: 2023级."""

_UNKNOWN, _WORD, _NAME = 100, 10, 1
"""What a reading costs: as little unknown and as few words as can be."""


class Sort(StrEnum):
    NAME = "name"
    HINT = "hint"
    SAID = "said"
    OUTSIDE = "outside"
    BETWEEN = "between"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the line; `key` is the name or 工号 it is, where it is one."""

    sort: Sort
    text: str
    key: str = ""


@dataclass(slots=True)
class Piece:
    """What stands between two separators that no name has, and the brackets behind it."""

    text: str = ""
    notes: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Full-width forms as plain ones, and nothing invisible."""
    seen = (
        c for c in unicodedata.normalize("NFKC", text) if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return "".join(" " if c.isspace() and c != "\n" else c for c in seen)


def key(name: str) -> str:
    """A name or 工号 as it is compared: small letters, without what may stand between them."""
    return "".join(c for c in plain(name).lower() if c not in FILLERS and not c.isspace())


def pieces(text: str) -> list[Piece]:
    """The line cut at 、，；/ and the like, and behind brackets; brackets go with what is before them."""
    found, depth, note = [Piece()], 0, ""
    for char in plain(text):
        if char in _OPENING:
            depth, note = depth + 1, f"{note}、" if depth else ""
        elif char in _CLOSING and depth:
            depth -= 1
            if not depth:
                found[-1].notes += (note,)
                found.append(Piece())
                note = ""
        elif depth:
            note += char
        elif _may_stand_in_a_name(char):
            found[-1].text += char
        else:
            found.append(Piece())
    found[-1].notes += (note,) if note else ()
    return [piece for piece in found if piece.text.strip() or piece.notes]


def _may_stand_in_a_name(char: str) -> bool:
    return char.isalnum() or char in _BETWEEN


def words(text: str, names: Collection[str], hints: Collection[str] = ()) -> list[Word]:
    """The reading of a piece that leaves the least unknown; `names` and `hints` are keys on the books."""
    best: list[tuple[int, Word | None, int]] = [(0, None, len(text))] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        options = [(_UNKNOWN, Word(Sort.UNKNOWN, text[at]), at + 1), *_known(text, at, names, hints)]
        best[at] = min(((cost + best[end][0], word, end) for cost, word, end in options), key=lambda o: o[0])
    found, at = [], 0
    while at < len(text):
        _, word, at = best[at]
        assert word is not None
        found.append(word)
    return found


def _known(text: str, at: int, names: Collection[str], hints: Collection[str]) -> list[tuple[int, Word, int]]:
    lists: Mapping[Sort, Collection[str]] = {
        Sort.NAME: names, Sort.HINT: hints, Sort.SAID: _SAID, Sort.OUTSIDE: _OUTSIDE, Sort.BETWEEN: _BETWEEN
    }  # fmt: skip
    found = []
    for sort, known in lists.items():
        for one in known:
            if one[0] != text[at].lower():
                continue
            end = _ends(text, at, one, gaps=sort in (Sort.NAME, Sort.HINT))
            if end and (sort is not Sort.NAME or _stands_alone(text, at, end)):
                found.append((_NAME if sort is Sort.NAME else _WORD, Word(sort, text[at:end], one), end))
    return found


def _ends(text: str, at: int, one: str, *, gaps: bool) -> int:
    """Where `one` ends if it begins here, 0 if it does not; with `gaps` its characters may stand apart."""
    end = at
    for number, char in enumerate(one):
        while gaps and number and end < len(text) and text[end] in FILLERS:
            end += 1
        if end >= len(text) or text[end].lower() != char:
            return 0
        end += 1
    return end


def _stands_alone(text: str, at: int, end: int) -> bool:
    """A number or a Latin name is not part of a longer one; 2023级 is no 工号."""
    before, after = text[at - 1 : at], text[end : end + 1]
    cut = _latin(before) and _latin(text[at]), _latin(after) and _latin(text[end - 1])
    return not any(cut) and not (text[end - 1].isdigit() and after in _NOT_A_NUMBER and bool(after))


def _latin(char: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9]", char))
