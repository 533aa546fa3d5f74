"""What each stage of a publication asks for (form F5, Articles 5(4) and 10)."""

from collections.abc import Mapping
from typing import Any

NEW, TOPIC, MANUSCRIPT, ISSUE, END = STAGES = ("新办", "选题", "书稿", "期次", "停办")
TYPES = ("报纸", "期刊", "图书", "音像", "电子", "内部刊物", "宣传册")
PERIODICALS = ("报纸", "期刊", "内部刊物")

PRESS, OWN, OUTSIDE = PUBLISHERS = ("学校出版社", "本单位", "校外单位")
"""Who publishes it; the press reads it three times itself before anybody else decides."""

REVIEWS = ("review_1", "review_2", "review_3")
"""初审, 复审, 终审 as whoever publishes did them; those of the press are steps of the way."""

ALWAYS = ("stage", "pub_type", "publisher", "title", "authors", "synopsis", "major_topic")

_CONTENT = ("ip_source", "direction")
_NEEDS: Mapping[str, tuple[str, ...]] = {
    NEW: ("cycle", "copies", "planned_on"),
    TOPIC: (*_CONTENT, "planned_on"),
    MANUSCRIPT: (*_CONTENT, "pages", "planned_on", *REVIEWS, "manuscript"),
    ISSUE: (*_CONTENT, "number", "copies", "planned_on", *REVIEWS, "manuscript"),
    END: ("number", "planned_on"),
}
_MAY = {TOPIC: ("pages", "copies"), MANUSCRIPT: ("number", "copies"), ISSUE: ("pages",), END: ("copies",)}
_OF_PERIODICALS = ("number", "cycle")


def calls_for(values: Mapping[str, Any]) -> dict[str, bool]:
    """The fields that are asked for, in the order of asking, and whether each is needed: first what it is,
    then what its stage adds."""
    asked = dict.fromkeys(ALWAYS, True)
    if values.get("publisher") == OUTSIDE:
        asked["publisher_name"] = True
    if all(values.get(name) for name in ("stage", "pub_type", "publisher")):
        asked |= dict.fromkeys(_needed(values), True)
        asked |= {name: asked.get(name, False) for name in ("host_unit", *_MAY.get(values["stage"], ()))}
    return asked


def _needed(values: Mapping[str, Any]) -> list[str]:
    """What a stage adds: a book has neither a cycle nor a number of a series, and the press reads itself."""
    left = () if values["pub_type"] in PERIODICALS else _OF_PERIODICALS
    left = (*left, *REVIEWS) if values["publisher"] == PRESS else left
    return [name for name in _NEEDS.get(values["stage"], ()) if name not in left]
