"""What can follow what: a table, read by the operations, the tests and the README's diagram."""

from collections.abc import Mapping

from storage.records import Act, State

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

DECISIONS = (Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT)
DECIDED = (State.IN_REVIEW, *dict.fromkeys(NEXT[State.IN_REVIEW][act] for act in DECISIONS))
"""Where a request may stand after a decision that can still be taken back."""
NEED_REASON = (Act.RETURN, Act.REJECT)
APPLICANTS = (Act.WITHDRAW, Act.REVISE, Act.URGE, Act.RECEIPT)
