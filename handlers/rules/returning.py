"""What is typed behind /退回: to the applicant, or `到` an earlier step, and how it comes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

AGAIN, BACK_TO_ME = ("重走", "从这一步起重走"), ("回到我", "改好后直接回到我", "直接回到我")
APPLICANT = "申请人"
STEPS: Mapping[str, str] = {
    **dict.fromkeys(("保密审查", "保密审查人", "审查", "review"), "review"),
    **dict.fromkeys(("第一责任人", "第一责任人审批", "责任人", "responsible"), "responsible"),
    **dict.fromkeys(("全媒体中心", "全媒体中心审批", "中心", "centre"), "centre"),
}
"""Steps as people name them."""


@dataclass(frozen=True, slots=True)
class Returning:
    """`to` is a step's name, empty for the applicant; `strange` what was named and is no step."""

    to: str = ""
    direct: bool = False
    reason: str = ""
    strange: str = ""


def returning(words: str, names: Collection[str]) -> Returning:
    """`到 保密审查 回到我 请再看第二段`; `names` are those of the chain's own steps."""
    words = words.strip()
    if not words.startswith("到"):
        return Returning(reason=words)
    place, _, rest = words[1:].strip().partition(" ")
    direct, rest = False, rest.strip()
    for word in (*AGAIN, *BACK_TO_ME):
        if rest == word or rest.startswith(f"{word} "):
            direct, rest = word in BACK_TO_ME, rest[len(word) :].strip()
            break
    if place in APPLICANT and place:
        return Returning(reason=rest)
    to = place if place in names else STEPS.get(place, "")
    return Returning(to, direct, rest, "" if to else place)
