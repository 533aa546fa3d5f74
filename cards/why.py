"""/为什么: for each step the rule that put it there, who could hold it and why these, and what comes next."""

from collections.abc import Mapping, Sequence

from cards import path, phrases
from cards.card import Card
from cards.times import deadline, when
from cards.view import View
from storage.records import State, TrailEntry
from storage.steps import How, SeatState, Step, StepRole, Verb

_CAME = {
    How.TRANSFER: "由 {by} 转办",
    How.ASSIGNED: "由 {by} 改派",
    How.HANDED: "由 {by} 交接",
    How.ADDED: "由 {by} 加签",
    How.CONSULTED: "{by} 请其提意见",
    How.NAMED: "按申请时指定",
}
_FOR = {
    StepRole.SECRECY_REVIEWER: "{unit}或最近的上级单位中，不是申请人也不是作者的保密审查人",
    StepRole.FIRST_RESPONSIBLE: "{unit}或最近的上级单位的第一责任人",
    StepRole.MEDIA_CENTER: "任何一位在职的中心审批人",
    StepRole.PROPAGANDA: "任何一位在职的宣传部审查人",
    StepRole.APPLICANT: "申请人本人；不在职的，由第一责任人",
    StepRole.OPERATORS: "媒体的运营负责人和管理员",
    StepRole.FIRST_READER: "{unit}的初审人，三审须三个不同的人",
    StepRole.SECOND_READER: "{unit}的复审人，没有办过初审、终审的",
    StepRole.LAST_READER: "{unit}的终审人，没有办过初审、复审的",
}


_OTHER = "任何一位在职的中心审批人，作出原处理决定的除外"


def _unit(units: Mapping[str, str], step: Step) -> str:
    return units.get(step.unit, step.unit)


def why(view: View, units: Mapping[str, str], record: Sequence[TrailEntry] = ()) -> Card:
    """The way as `/查询` draws it, with what the waiting step rests on; `units` are code -> name."""
    step = view.request.current
    way = path.stops(view, record, _now(view, units, step) if step else ())
    return Card(f"{view.request.number} 为什么这样走", stops=way, note=_next(view))


def _now(view: View, units: Mapping[str, str], step: Step) -> list[str]:
    whom = _OTHER if step.verb is Verb.REVIEW_AGAIN else _FOR[step.role].format(unit=_unit(units, step))
    lines = [f"应由：{whom}", f"现在等：{_holders(view, step)}"]
    if view.request.due_at:
        due = deadline(view.request.due_at, view.now, provisional=view.provisional)
        lines.append(f"请于：{due}前（从 {when(view.request.step_since, view.now)} 起，按学校工作日历）")
    return [*lines, *(f"卡片：{told}" for told in phrases.delivered(view))]


def _holders(view: View, step: Step) -> str:
    if not view.holders:
        return "暂缺办理人，已告知全媒体中心和系统管理员"
    return "、".join(_holder(view, step, one, principal) for one, principal in view.holders.items())


def _holder(view: View, step: Step, person: str, principal: str) -> str:
    seat = next((s for s in step.seats if s.person == person and s.state is SeatState.OPEN), None)
    if principal:
        how = "值班" if person in view.on_duty else "外出代理"
        return f"{view.name(person)}（{how}，代 {view.name(principal)}）"
    if seat and seat.how in _CAME:
        return f"{view.name(person)}（{_CAME[seat.how].format(by=view.name(seat.by))}）"
    return view.name(person)


def _next(view: View) -> str:
    request = view.request
    if request.state is not State.IN_REVIEW:
        return f"现在：{phrases.state(view)}。"
    after = phrases.following(request.chain, request.step)
    then = "、".join(phrases.task(step) for step in after)
    return f"接着：{then}。" if then else "这一步通过后，审批就全部完成。"
