"""What can follow what: a table, and the one function that moves a request along it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from handlers.rules import chain as chains
from handlers.rules.articles import ART_6_2, ART_6_3
from handlers.rules.deadlines import step_due
from handlers.rules.workdays import Calendar
from storage.records import Act, Kind, Request, State, Step, StepRole

NEXT: Mapping[State, Mapping[Act, State]] = {
    State.IN_REVIEW: {
        Act.APPROVE: State.AWAITING_PUBLISH,
        Act.ESCALATE: State.AWAITING_PUBLISH,
        Act.TRANSFER: State.IN_REVIEW,
        Act.RETURN: State.RETURNED,
        Act.REJECT: State.REJECTED,
        Act.URGE: State.IN_REVIEW,
        Act.WITHDRAW: State.WITHDRAWN,
    },
    State.RETURNED: {
        Act.REVISE: State.IN_REVIEW,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.STOP: State.STOPPED,
    },
    State.AWAITING_PUBLISH: {Act.RECEIPT: State.PUBLISHED, Act.WITHDRAW: State.WITHDRAWN},
    State.PUBLISHED: {},
    State.RECORDED: {},
    State.REJECTED: {},
    State.WITHDRAWN: {},
    State.STOPPED: {},
}
"""The state an act leads to; an approval leads there only once the whole chain has passed."""

FINAL: Mapping[Kind, State] = {
    Kind.PUBLISH: State.AWAITING_PUBLISH,
    Kind.FILING: State.RECORDED,
    Kind.CHANGE: State.RECORDED,
}
"""Where the whole chain's passing leads: a post may go out, a medium or a change is on the books."""

DECISIONS = (Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT)
NEED_REASON = (Act.RETURN, Act.REJECT)
APPLICANTS = (Act.WITHDRAW, Act.REVISE, Act.URGE, Act.RECEIPT)


def acts_at(step: Step) -> tuple[Act, ...]:
    """What the holder of a step may do, the usual first (contract of buttons)."""
    if step.role is StepRole.FIRST_RESPONSIBLE and step.article == ART_6_3:
        return (Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT)
    if step.article == ART_6_2:
        return (Act.APPROVE, Act.RETURN)  # the change has happened: it can be corrected, not undone
    return (Act.APPROVE, Act.RETURN, Act.REJECT)


def allows(request: Request, act: Act) -> bool:
    """Whether the table lets this act happen now, whoever asks."""
    if act not in NEXT[request.state]:
        return False
    step = request.current
    return step is None or act not in DECISIONS or act in acts_at(step)


def first_open(chain: tuple[Step, ...], after: int = 0) -> int:
    """The index of the next step that somebody has to decide; the chain's length where none is left."""
    for index in range(after, len(chain)):
        if not chain[index].passed_by_rule:
            return index
    return len(chain)


def advance(request: Request, act: Act, at: datetime, calendar: Calendar, reason: str = "") -> Request:
    """The request after an act that `allows` admits; times of the next step included."""
    chain = chains.escalated(request.chain, reason) if act is Act.ESCALATE else request.chain
    if act in (Act.APPROVE, Act.ESCALATE):
        step = first_open(chain, request.step + 1)
        if step < len(chain):
            due = step_due(at, request.urgency, calendar).at
            return replace(request, chain=chain, step=step, step_since=at, due_at=due)
        return replace(request, chain=chain, step=step, state=FINAL[request.kind], due_at=None)
    state = NEXT[request.state][act]
    return request if state is request.state else replace(request, state=state, due_at=None)


def begin(request: Request, at: datetime, calendar: Calendar) -> Request:
    """The request at the first step that somebody has to decide."""
    step = first_open(request.chain)
    due = step_due(at, request.urgency, calendar).at
    return replace(request, state=State.IN_REVIEW, step=step, step_since=at, due_at=due)
