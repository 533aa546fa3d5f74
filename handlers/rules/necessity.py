"""When the centre must approve a post too: the table behind 必要时 of Article 6(3)1."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

FRESH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Post:
    """What the rules look at: what the post touches, and which of its media are newly filed here
    and have not published yet."""

    involves: tuple[str, ...] = ()
    fresh_media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: `fires` gives the reason shown on the card, or nothing."""

    key: str
    title: str
    fires: Callable[[Post], str]


def _touches(topic: str) -> Rule:
    reason = _SAID.get(topic, f"涉及{topic}")
    return Rule(f"涉及-{topic}", reason, lambda post: reason if topic in post.involves else "")


_SAID = {"涉外港澳台": "涉外、涉港澳台"}
"""Topics that would repeat 涉."""


def _first_post(post: Post) -> str:
    names = "、".join(post.fresh_media)
    return f"{names} 备案不满 {FRESH_DAYS} 天，首次发布" if names else ""


RULES: tuple[Rule, ...] = (
    *map(_touches, ("重大事项决策", "突发事件", "上级领导", "民族宗教", "涉外港澳台", "军工科研")),
    Rule("首次发布", f"新备案媒体（不满 {FRESH_DAYS} 天）首次发布", _first_post),
)
"""The centre's reading of 必要时 (Article 16); read in chat with /条款 必要时."""


def necessary(post: Post, rules: Iterable[Rule] = RULES) -> tuple[str, ...]:
    """Why the centre must approve too: the reasons of all rules that fired, none where none did.

    > 必要时须报全媒体中心审批，通过后方可正式发布。（第六条（三）1）
    """
    return tuple(reason for rule in rules if (reason := rule.fires(post)))
