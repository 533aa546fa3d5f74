"""A post whose medium must not publish now: what happened, to which request, and what can be done."""

from datetime import datetime, timedelta

from cards.times import SHANGHAI, when
from storage.records import Request, State

HALTED, RESUMED = "发布已暂停", "可以继续办理"
STOPPED = "暂停发布"
"""The state in words of a post that has passed while its medium must not publish."""


def said(number: str, ends_at: datetime) -> str:
    """DD-2026-0001 静默，至 2026-12-13（含当天）: the same whenever it is read."""
    last = (ends_at - timedelta.resolution).astimezone(SHANGHAI).date()
    return f"{number} 静默，至 {last}（含当天）"


def about(request: Request) -> str:
    return f"{request.number}《{request.title}》"


def obstacle(fact: str, request: Request, *, reviewed: bool = False) -> str:
    """“机电青年”已被责令停止运行（第十五条），FB-2026-0003《…》暂不能通过。 What may be `reviewed` meanwhile
    does not go out either."""
    what = "通过后也暂不能发布" if reviewed else "暂不能通过"
    what = "暂不能发布和登记回执" if request.state is State.AWAITING_PUBLISH else what
    return f"{fact}，{about(request)}{what}。"


def to_applicant(why: str, request: Request, *, reviewed: bool = False) -> str:
    if reviewed and request.state is not State.AWAITING_PUBLISH:
        goes_on = "可照常修改重报" if request.state is State.RETURNED else "审批照常进行"
        return f"{why}{goes_on}，静默结束后会通知您。"
    return f"{why}恢复后{_goes_on(request)}；不再发布请 /撤回 {request.number}。"


def _goes_on(request: Request) -> str:
    if request.state is State.RETURNED:
        return "再修改重报"
    return "再发布并登记" if request.state is State.AWAITING_PUBLISH else "接着审批"


def to_holder(why: str, request: Request, *, reviewed: bool = False) -> str:
    if reviewed:
        return f"{why}审批照常办理。"
    return f"{why}恢复后照常办理；也可 /退回 {request.number} 理由。"


def resumed(media: str, request: Request, now: datetime) -> str:
    """What had stood in the way of a post does not any more; that its time is over is said."""
    planned = request.form.get("planned_at")
    out = datetime.fromisoformat(planned) if planned else None
    over = f"拟发布时间 {when(out, now)} 已过，请先核对是否仍宜发布。" if out and out < now else ""
    can = {
        State.AWAITING_PUBLISH: "可以发布，请按批准的内容发布后登记",
        State.PAUSED: "不再受此影响，仍由管理员暂停",
    }.get(request.state, "可以继续办理")
    return f"“{media}”已恢复，{about(request)}{can}。{over}"
