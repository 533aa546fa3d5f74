"""The clauses under which something may be alleged (Articles 13, 14, 11, 6), and how people write them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CLAUSES: Mapping[str, tuple[str, str]] = {
    "13-1": ("第十三条（一）", "监管问题"),
    "13-2": ("第十三条（二）", "上报问题"),
    "13-3": ("第十三条（三）", "备案时限"),
    "13-4": ("第十三条（四）", "其他情形"),
    "14-1": ("第十四条（一）", "法律禁止"),
    "14-2": ("第十四条（二）", "信息不实"),
    "14-3": ("第十四条（三）", "发布授权"),
    "14-4": ("第十四条（四）", "其他情形"),
    "11": ("第十一条", "名义使用"),
    "6": ("第六条", "备案审批"),
}
"""By its code: as the Measures call it, and what it is about in a word that judges nobody."""

LATE = "13-3"
"""> 未按要求及时备案的。（第十三条（三））"""


@dataclass(frozen=True, slots=True)
class Fact:
    """What the system found, under the `key` by which it is known; whether anything follows is a question."""

    key: str
    said: str
    unit: str
    clause: str
    media: tuple[str, ...] = ()


def late_key(medium: str, changed_on: date) -> str:
    """One change that was filed too late, or not at all."""
    return f"{LATE}:{medium}:{changed_on.isoformat()}"


_ARTICLES = {"十三": "13", "十四": "14", "十一": "11", "六": "6"}
_ITEMS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_WRITTEN = re.compile(
    r"第?(?P<article>13|14|11|6|十三|十四|十一|六)条?"
    r"(?:第?[-－—–.．(（]?(?P<item>[1-4一二三四])[)）]?[款项]?)?(?![\d一二三四五六七八九十])"
)
MOST_NAMED = 4
"""Clauses in the line that names the basis of a step: 40 characters."""


def code_of(typed: str) -> str:
    """14-3 of 14-3, 14（3） or 第十四条（三）发布授权; empty where no such clause is meant."""
    found = _WRITTEN.match(typed.strip())
    if not found:
        return ""
    article, item = found["article"], found["item"] or ""
    code = "-".join(filter(None, (_ARTICLES.get(article, article), _ITEMS.get(item, item))))
    return code if code in CLAUSES else ""


def name_of(code: str) -> str:
    """第十四条（三）"""
    return CLAUSES[code][0]


def basis(names: Sequence[str]) -> str:
    """The clauses as the article of a step."""
    return "、".join(names[:MOST_NAMED])
