"""What is typed behind /加签: whom, when they are asked, and how they decide."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers.rules.names import names_first
from storage.steps import Place, Way

_VOTES = re.compile(r"(\d{1,2})\s*[/／]\s*(\d{1,2})")
PLACES: Mapping[str, Place] = {
    **dict.fromkeys(("前", "前加签", "先", "先办"), Place.BEFORE),
    **dict.fromkeys(("并", "并行", "一起", "同时"), Place.BESIDE),
    **dict.fromkeys(("后", "后加签", "之后"), Place.AFTER),
}
WAYS: Mapping[str, Way] = {"会签": Way.ALL, "或签": Way.ANY, "票签": Way.VOTE, "依次": Way.TURN}


@dataclass(frozen=True, slots=True)
class Adding:
    """`names` as typed; `need` of `of` votes where 票签 says so, 0 where it does not."""

    names: tuple[str, ...]
    place: Place = Place.BEFORE
    way: Way = Way.ALL
    need: int = 0
    of: int = 0
    reason: str = ""


def adding(words: str) -> Adding:
    """`孙老师、何老师 并 票签 2/3 拿不准`, or 并 before the names; other words are the reason."""
    asked, rest = _how(Adding(()), words)
    names, rest = names_first(rest)
    asked, reason = _how(asked, rest)
    return replace(asked, names=names, reason=reason)


def _how(asked: Adding, rest: str) -> tuple[Adding, str]:
    """When and how they decide, as far as the words say it, and what follows."""
    while rest:
        word, behind = [*rest.split(None, 1), ""][:2]
        if word in PLACES:
            asked = replace(asked, place=PLACES[word])
        elif (kind := word[:2]) in WAYS and (word == kind or _VOTES.fullmatch(word[2:])):
            asked, behind = replace(asked, way=WAYS[kind]), f"{word[2:]} {behind}".strip()
        elif asked.way is Way.VOTE and not asked.need and (votes := _VOTES.fullmatch(word)):
            asked = replace(asked, need=int(votes[1]), of=int(votes[2]))
        else:
            break
        rest = behind
    return asked, rest
