"""A character or a word written twice: 的的, 我们我们, ，，. What doubles by itself (谢谢, 天天) is none."""

import re
from collections.abc import Iterator

from handlers.rules.hints.hint import Hint

SELDOM = {
    "的": ("目标有似", "确士卢"),
    "了": ("为除罢", "解然结却断得不无之"),
    "是": ("但还就只可总要若于或凡", "非否"),
    "在": ("现存正所内实潜外自好", "于校线职场内外读建岗"),
    "和": ("共温总饱缓平谦柔附", "谐平睦气善好解蔼"),
    "被": ("棉", "子动告"),
    "把": ("火拖", "握控关"),
    "与": ("参", "会否其时"),
    "及": ("以涉普顾", "时格其早"),
    "或": ("抑亦", "许者是"),
    "且": ("", ""),
    "就": ("成造", "业是职读近地诊医餐学任"),
}
"""Characters that hardly ever follow themselves, with those before and behind which they do, for two words
meet there (为了了解, 目的的, 现在在); all others may (天天, 谢谢, 大学学生, 中国国家)."""

WORDS = (
    "我们|你们|他们|我校|本校|进行|以及|通过|根据|为了|关于|开展|举行|召开|并且|或者|因此|因为|所以|可以|已经|其中|如果|"
    "虽然|但是|学校|学院|部门|活动|会议|通知|老师|同志"
)
"""Words that nobody says twice; one that may begin the next (大学大学生) is not among them."""

_SINGLE = re.compile(rf"([{''.join(SELDOM)}])\1+")
_WORD = re.compile(rf"({WORDS})\1+")
_MARK = re.compile(r"([，。、；：])\1+")


def hints(text: str) -> Iterator[Hint]:
    for found in _SINGLE.finditer(text):
        if not _right(text, found):
            yield Hint(*found.span(), f"“{found[1]}”写重了？")
    for found in _WORD.finditer(text):
        yield Hint(*found.span(), f"“{found[1]}”写重了？")
    for found in _MARK.finditer(text):
        yield Hint(*found.span(), f"“{found[1]}”写重了？" if found[0][:3] != "。。。" else "省略号是“……”")


def _right(text: str, found: re.Match[str]) -> bool:
    """Whether two words meet, or it is said so: 不了了之."""
    before, behind = SELDOM[found[1]]
    last, following = text[: found.start()][-1:], text[found.end() :][:1]
    return bool((last and last in before) or (following and following in behind))
