"""A yes to a question of secrecy in what somebody typed: the flow stops there (Article 8)."""

from collections.abc import Mapping

from cards.form import Form
from handlers.commands import fields_in
from handlers.typed.fields import SEPARATORS

_SECRECY = ("保密", "涉密", "是否涉密", "是否保密", "有无涉密", "保密审查", "保密情况", "涉密情况")
"""Titles under which people answer the questions of form F4 in a line of their own."""
_CLEARED = (
    *("", "否", "无", "没有", "不是", "均为否", "均否", "均不涉及", "都不涉及", "不涉及", "不涉密", "未涉密"),
    *("非涉密", "不涉密可公开", "通过", "已通过", "审查通过"),
)
_SECRET = frozenset(
    {"涉密", "保密", "秘密", "机密", "绝密", "国家秘密", "工作秘密", "商业秘密", "涉密内容", "涉密信息"}
)
"""What somebody writes under 涉及 instead of answering the question of secrecy."""


_YES = _SECRET | {"是", "有", "属于", "涉及", "均为是"}


def titles(form: Form) -> tuple[str, ...]:
    """Every title that may begin a line of this form, those of secrecy too."""
    return (*form.titles(), *_SECRECY)


def says_secret(found: Mapping[str, str], raw: Mapping[str, str]) -> bool:
    """A yes to a question of secrecy, or secrets named as what a post involves."""
    answers = [found.get(title, "").strip(" 。，,") for title in _SECRECY]
    named = SEPARATORS.split(raw.get("involves", "").strip(" 。"))
    return any(answer not in _CLEARED for answer in answers) or not _SECRET.isdisjoint(named)


def admitted(text: str) -> bool:
    """A plain yes on a line of its own, in a text that is otherwise taken as it stands."""
    said = (fields_in(line, _SECRECY)[0] for line in text.split("\n"))
    return any(answer.strip(" 。，,") in _YES for found in said for answer in found.values())
