"""The words of the operations on a chain: what a button asks for, why something cannot be, what was done."""

from collections.abc import Mapping, Sequence

from storage.records import PASSING
from storage.steps import OWN, Place, SeatState, Step, Way

PLACES: Mapping[Place, str] = {Place.BEFORE: "先于您", Place.BESIDE: "与您一起", Place.AFTER: "在您之后"}
WHEN: Mapping[Place, str] = {Place.BEFORE: "前", Place.BESIDE: "并", Place.AFTER: "后"}
WAYS: Mapping[Way, str] = {Way.ALL: "会签", Way.ANY: "或签", Way.VOTE: "票签", Way.TURN: "依次"}

ON_DUTY = "值班。"
"""Before the reason in the trail of a decision by somebody whose turn it was."""

REFUSED: Mapping[str, str] = {
    "waits": "您请加签的人还没有答复，暂不能同意；不再需要他们时发 /减签 {number} 姓名。",
    "no_step": "{number} 不能这样办，请看 /查询 {number}。",
    "late": "已超过 30 分钟，不能拿回。需要改变时请联系全媒体中心。",
}
"""Words for refusals that are the same for every operation; by `Why`."""


def please(command: str, number: str, ask: str) -> str:
    """What a button asks for."""
    end = "" if ask.endswith(("？", "）")) else "。"
    return f"{command} {number}：{ask}{end}（10 分钟内直接回复；不办了请回“取消”。）"


def too_late(usage: str, number: str) -> str:
    return f"{number} 已过 10 分钟，没有办理。请这样写：{usage}"


def way_of(way: Way, need: int, count: int) -> str:
    """会签, 票签 2/3; empty for one alone."""
    if count < 2:
        return ""
    return WAYS[way] + (f" {need}/{count}" if way is Way.VOTE else "")


def together(step: Step) -> str:
    """How several decide a step together, and how far they are; empty where the first decides."""
    seats = [s for s in step.seats if s.how in OWN and s.state in (SeatState.OPEN, SeatState.DECIDED)]
    cast = [s.act in PASSING for s in seats if s.state is SeatState.DECIDED]
    if step.way is Way.ANY or not seats:
        return ""
    if step.way is Way.VOTE:
        votes = f"同意 {sum(cast)} 票，不同意 {len(cast) - sum(cast)} 票"
        return f"这一步 {len(seats)} 人票签，{step.need} 票同意即通过；{votes}。"
    return f"这一步 {len(seats)} 人{WAYS[step.way]}，都同意才通过；已有 {sum(cast)} 人同意。"


_ANSWERED = {
    WAYS[Way.ANY]: "有一人答复，就由您决定。",
    WAYS[Way.VOTE]: "票数有了结果，就由您决定。",
    WAYS[Way.ALL]: "都答复后再由您决定。",
    WAYS[Way.TURN]: "都答复后再由您决定。",
}
"""When it is the holder's turn again, by how those before them decide; one alone has no way."""


def added(number: str, names: str, place: Place, way: str) -> str:
    """What was done, and who decides then."""
    how = f"（{way}）" if way else ""
    then = {
        Place.BEFORE: _ANSWERED.get(way.split(" ")[0], "答复后再由您决定。"),
        Place.BESIDE: "您同意、对方也通过，这一步才通过。",
        Place.AFTER: "您同意后还须对方通过。",
    }
    return f"{number} 已请 {names} {PLACES[place]}办理{how}。{then[place]}"


def votes_unclear(count: int) -> str:
    return f"票签请写明几票通过，一共 {count} 人，例：票签 {max(1, count // 2 + 1)}/{count}。"


def return_needs_reason(number: str, words: str) -> str:
    return f"退回须写明理由，没有退回。请这样写：/退回 {number} {words} 理由"


def sent_back(number: str, step: str, direct: bool, reason: str) -> str:
    """Where it went, why, and which way it comes back."""
    then = "办好后直接回到您这里" if direct else "从这一步起重新办理"
    return f"已将 {number} 退回到“{step}”，{then}。理由：{reason}"


def no_step(number: str, named: str, steps: Sequence[str]) -> str:
    """To what is no step, or none that was decided, nothing can be returned."""
    return (
        f"{number} 没有已办过的“{named}”这一步，没有退回。它的环节是：{' → '.join(steps)}；"
        f"只能退到已办过的环节，或退回申请人：/退回 {number} 理由。"
    )
