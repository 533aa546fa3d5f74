"""What is typed behind /退回: to the applicant, or `到` an earlier step, and how it comes back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

AGAIN, BACK_TO_ME = ("重走", "从这一步起重走"), ("回到我", "改好后直接回到我", "直接回到我")
APPLICANT = ("申请人", "申请人本人")
STEPS: Mapping[str, str] = {
    **dict.fromkeys(("保密审查", "保密审查人", "审查"), "review"),
    **dict.fromkeys(("第一责任人", "第一责任人审批", "责任人"), "responsible"),
    **dict.fromkeys(("全媒体中心", "全媒体中心审批", "中心"), "centre"),
}
"""Steps as people name them."""

_BETWEEN = re.compile(r"[\s，,：:；;。]+")


@dataclass(frozen=True, slots=True)
class Returning:
    """`to` is a step's name, empty for the applicant; `strange` what was named and is no step."""

    to: str = ""
    direct: bool = False
    reason: str = ""
    strange: str = ""


def returning(words: str, names: Mapping[str, str]) -> Returning:
    """`到 保密审查 回到我 请再看第二段`; `names` are those of the chain's own steps, as people read them
    and as they are kept, each with the name that is kept.

    A reason that merely begins with 到 (`到场人数有误`) is one: a step is named apart from what follows.
    """
    words = words.strip()
    if not words.startswith("到"):
        return Returning(reason=words)
    place, behind = _first(words[1:].lstrip())
    known = place in APPLICANT or place in STEPS or place in names
    if not known and not words[1:2].isspace():
        return Returning(reason=words)
    way, rest = _first(behind)
    direct = way in BACK_TO_ME
    reason = rest if direct or way in AGAIN else behind
    if place in APPLICANT:
        return Returning(reason=reason)
    to = names.get(place) or names.get(STEPS.get(place, ""), "")
    return Returning(to, direct, reason, "" if to else place)


def _first(words: str) -> tuple[str, str]:
    """The first word, and what stands behind it."""
    first, *rest = _BETWEEN.split(words, maxsplit=1)
    return first, rest[0].strip() if rest else ""
