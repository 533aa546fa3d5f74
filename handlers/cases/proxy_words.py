"""What a line of `/代理` says: who stands in for whom, which days, for which processes, why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.rules.names import name_first

FOR = "替"
CANCEL = "取消"
ONLY = "只代"
ALL = "全部"
"""The scope that is none."""

_BETWEEN = re.compile("[、，,/]")


@dataclass(frozen=True, slots=True)
class Wish:
    """`principal` is empty where somebody asks for themselves, `scope` where it is for every process;
    `behind` is all that follows the names."""

    delegate: str
    principal: str
    first: str
    last: str
    scope: tuple[str, ...] = ()
    reason: str = ""
    behind: str = field(default="", compare=False)


def read(text: str, kinds: Mapping[str, str]) -> Wish | None:
    """`人 [替 谁] 起 止 [范围] [原因]`; None where a name, a day or what 只代 is for is lacking.

    `kinds` are those of requests by the word that names their process."""
    delegate, rest = name_first(text)
    principal = ""
    if rest.startswith(FOR):
        principal, rest = name_first(rest.removeprefix(FOR))
    first, last, *more = [*rest.split(None, 2), "", ""][:3]
    if not delegate or not last or (FOR in text.split() and not principal):
        return None
    behind = "".join(more).strip()
    scope, reason = _scope(behind.removeprefix(ONLY).strip(), kinds)
    # Whoever wants some must not be given all because a word was not understood.
    if behind.startswith(ONLY) and not scope:
        return None
    return Wish(delegate, principal, first, last, scope, reason, rest.strip())


def cancelled_for(text: str) -> str | None:
    """Whose proxies a line cancels: `取消 [替] [谁]`, empty for one's own; None where it cancels none."""
    word, *rest = text.split(None, 1)
    return name_first("".join(rest).removeprefix(FOR))[0] if word == CANCEL else None


def _scope(text: str, kinds: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The processes that the first word names, if it names any, and the rest."""
    word, *rest = text.split(None, 1) if text else [""]
    named = [one for one in _BETWEEN.split(word) if one]
    if word == ALL:
        return (), "".join(rest)
    if not named or any(one not in kinds for one in named):
        return (), text
    return tuple(dict.fromkeys(kinds[one] for one in named)), "".join(rest)
