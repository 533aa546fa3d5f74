"""What can follow what: a table, read by the operations, the tests and the README's diagram."""

from collections.abc import Mapping

from storage.records import Act, Request, State

NEXT: Mapping[State, Mapping[Act, State]] = {
    State.IN_REVIEW: {
        Act.APPROVE: State.AWAITING_PUBLISH,
        Act.ESCALATE: State.AWAITING_PUBLISH,
        Act.TRANSFER: State.IN_REVIEW,
        Act.RETURN: State.RETURNED,
        Act.REJECT: State.REJECTED,
        Act.URGE: State.IN_REVIEW,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.PAUSE: State.PAUSED,
        Act.TURN_BACK: State.RETURNED,
        Act.VOID: State.VOIDED,
    },
    State.PAUSED: {
        Act.RESUME: State.IN_REVIEW,
        Act.TURN_BACK: State.RETURNED,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.VOID: State.VOIDED,
    },
    State.RETURNED: {
        Act.REVISE: State.IN_REVIEW,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.STOP: State.STOPPED,
        Act.VOID: State.VOIDED,
    },
    State.AWAITING_PUBLISH: {
        Act.RECEIPT: State.PUBLISHED,
        Act.WITHDRAW: State.WITHDRAWN,
        Act.VOID: State.VOIDED,
    },
    State.PUBLISHED: {},
    State.RECORDED: {},
    State.REJECTED: {},
    State.WITHDRAWN: {},
    State.STOPPED: {},
    State.VOIDED: {},
}
"""The state an act leads to; an approval leads to where its process ends, and only once the whole chain
has passed (of a post: `awaiting_publish`)."""

REGISTERED: Mapping[Act, State] = {
    Act.REVISE: State.RECORDED,
    Act.WITHDRAW: State.WITHDRAWN,
    Act.STOP: State.STOPPED,
    Act.END: State.WITHDRAWN,
}
"""What nobody has to decide is on record at once, and stays its applicant's: put right or taken out at any
time."""


def following(state: State, *, register: bool) -> Mapping[Act, State]:
    """What can follow a state; `register` of what nobody had to decide."""
    return REGISTERED if register and state is State.RECORDED else NEXT[state]


def can_follow(request: Request) -> Mapping[Act, State]:
    """What can follow the state that a request is in."""
    return following(request.state, register=request.register)


DECISIONS = (Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT)
DECIDED = (State.IN_REVIEW, *dict.fromkeys(NEXT[State.IN_REVIEW][act] for act in DECISIONS))
"""Where a request may stand after a decision that can still be taken back."""
NEED_REASON = (Act.RETURN, Act.REJECT)
APPLICANTS = (Act.WITHDRAW, Act.REVISE, Act.URGE, Act.RECEIPT)
