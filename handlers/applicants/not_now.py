"""Why an applicant's act cannot be done in the state in which the request is."""

from cards import phrases
from handlers.kinds.process import PROCESSES
from handlers.rules.articles import ART_6_3
from storage.records import Act, Request, State

WORDS = {Act.WITHDRAW: "撤回", Act.REVISE: "修改", Act.URGE: "催办", Act.RECEIPT: "回执"}
DOES = {**WORDS, Act.RECEIPT: "登记回执"}
_DONE = {(Act.WITHDRAW, State.WITHDRAWN)}
"""Acts asked for a second time."""


def not_now(request: Request, act: Act) -> str:
    """In words; `act` is none that the table allows of the request as it is."""
    face = PROCESSES[request.kind].face
    states = {
        State.IN_REVIEW: "还在审批中",
        State.RETURNED: "已被退回，请先 /修改",
        State.REJECTED: "没有通过",
        State.WITHDRAWN: phrases.standing(State.WITHDRAWN, face),
        State.AWAITING_PUBLISH: "已通过审批",
        State.PUBLISHED: "已登记发布",
        State.RECORDED: phrases.standing(State.RECORDED, face),
        State.STOPPED: "因可能涉密已停止",
        State.PAUSED: "已由管理员暂停",
        State.VOIDED: "已作废",
    }
    if (act, request.state) == (Act.RECEIPT, State.PUBLISHED):
        again = f"链接写错了请发：/回执 {request.number} 媒体 链接"
        return f"{request.number} {states[request.state]}，不用再办。{again}"
    if (act, request.state) in _DONE:
        return f"{request.number} {states[request.state]}，不用再办。"
    text = f"{request.number} {states[request.state]}，不能{DOES[act]}。"
    if act is Act.RECEIPT and PROCESSES[request.kind].ends is not State.AWAITING_PUBLISH:
        return f"{request.number} 不是信息发布，没有回执。"
    if act is Act.RECEIPT and request.state is State.IN_REVIEW:
        text += f"通过后方可正式发布（{ART_6_3}）。"
    return text
