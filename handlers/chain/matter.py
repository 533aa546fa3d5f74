"""What is done to the matter as a whole: by its applicant, by stewards, and what only leaves a word."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why, not_allowed
from handlers.chain.step import Case, closed, onward
from storage.records import UNDECIDED, Act, State
from storage.steps import Step


@dataclass(frozen=True, slots=True)
class Revise:
    """A returned request becomes its next version, and its chain begins anew (Article 8: 一事一审)."""

    steps: tuple[Step, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """撤回, until the receipt."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Urge:
    """催办: changes nothing of the case."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: it is out."""


@dataclass(frozen=True, slots=True)
class Stop:
    """有涉密情形: what may be secret goes no further, and is not kept (Article 8)."""


@dataclass(frozen=True, slots=True)
class Void:
    """作废: what may be published may be no more; by applicant or centre, or once its time is over."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody of the centre goes further (升级), since nobody has answered in time: theirs is the decision,
    and the silence none."""

    reason: str


@dataclass(frozen=True, slots=True)
class End:
    """提前结束: what the centre has put on record ends before its time, by any of the centre."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """干预 暂停: nobody decides, and no clock runs."""

    reason: str


@dataclass(frozen=True, slots=True)
class Resume:
    """干预 恢复."""

    reason: str


@dataclass(frozen=True, slots=True)
class TurnBack:
    """干预 退回: to the applicant, and nobody has decided anything by it."""

    reason: str


class Saying(StrEnum):
    """What leaves a word on the record and changes nothing of the case."""

    COMMENT = "comment"
    ASK = "ask"
    REPLY = "reply"
    SUPERVISE = "supervise"
    CC = "cc"


@dataclass(frozen=True, slots=True)
class Say:
    """评论, 提问, 答复, 督办 with `text`, or 抄送 `to` people."""

    what: Saying
    text: str = ""
    to: tuple[str, ...] = ()


def _applicants(act: Act) -> Callable[[Case, object, Actor, Law], Refusal | None]:
    """The applicant's acts are theirs, or of whoever may act for them, in the states that allow them; what
    is on record as theirs alone goes with them, and nobody does that."""

    def refuses(case: Case, _: object, by: Actor, law: Law) -> Refusal | None:
        for_them = by.principal == case.applicant and by.person in law.heirs
        goes_with_them = act is Act.WITHDRAW and case.register and not by.person
        own = by.person == case.applicant or for_them or goes_with_them
        return not_allowed(case, act) if own else Refusal(Why.NOT_YOURS)

    return refuses


def _moved(act: Act) -> Callable[[Case, object, Actor], Case]:
    return lambda case, _, __: over(replace(case, state=case.following[act]))


def over(case: Case) -> Case:
    """Nobody is asked any more: what is open at the step closes, and agreed to nothing."""
    if case.state in UNDECIDED:
        return case
    here = [
        replace(step, seats=tuple(map(closed, step.seats))) if step.name == case.at else step
        for step in case.steps
    ]
    return replace(case, steps=tuple(here))


def _revise(case: Case, op: Revise, by: Actor) -> Case:
    """Whoever revises it is the applicant of what they submit, and decides none of it."""
    anew = replace(
        case, applicant=by.person, state=State.IN_REVIEW, version=case.version + 1, digest=op.digest
    )
    return onward(anew, op.steps)


def _refuses_void(case: Case, op: Void, by: Actor, law: Law) -> Refusal | None:
    """The applicant's and the centre's once it may be published, a steward's while anything is open."""
    theirs = by.person in ("", case.applicant) or law.centre
    if not law.steward and not (theirs and case.state is State.AWAITING_PUBLISH):
        return Refusal(Why.STATE if theirs else Why.NOT_YOURS)
    if refusal := not_allowed(case, Act.VOID):
        return refusal
    return None if op.reason else Refusal(Why.REASON)


def _refuses_unanswered(case: Case, op: Unanswered, by: Actor, law: Law) -> Refusal | None:
    if case.waiting is None:
        return Refusal(Why.STATE)
    if not by.person or not law.centre or by.person in law.holders:
        return Refusal(Why.NOT_YOURS)
    if not law.elapsed:
        return Refusal(Why.WAITS)
    return None if op.reason else Refusal(Why.REASON)


def _further(case: Case, op: Unanswered, by: Actor) -> Case:
    return over(replace(case, state=case.following[Act.REJECT]))


def _refuses_end(case: Case, _: End, __: Actor, law: Law) -> Refusal | None:
    return not_allowed(case, Act.END) if law.centre else Refusal(Why.NOT_YOURS)


def _stewards(act: Act) -> Callable[[Case, Pause | Resume | TurnBack, Actor, Law], Refusal | None]:
    """干预 is a named steward's, with a reason."""

    def refuses(case: Case, op: Pause | Resume | TurnBack, by: Actor, law: Law) -> Refusal | None:
        if not law.steward:
            return Refusal(Why.NOT_YOURS)
        if act is Act.TURN_BACK and not law.revisable:
            return Refusal(Why.NOT_HERE)
        return not_allowed(case, act) or (None if op.reason else Refusal(Why.REASON))

    return refuses


def may_say(what: Saying, applicant: str, person: str, law: Law) -> bool:
    """Whether such a word is this person's to say."""
    own, holds = person == applicant, person in law.holders
    may = {
        Saying.COMMENT: law.involved,
        Saying.ASK: holds,
        Saying.REPLY: own,
        Saying.SUPERVISE: law.centre,
        Saying.CC: own or holds or law.centre,
    }
    return may[what]


def _refuses_word(case: Case, op: Say, by: Actor, law: Law) -> Refusal | None:
    if case.register:
        return Refusal(Why.STATE)
    if not may_say(op.what, case.applicant, by.person, law):
        return Refusal(Why.NOT_YOURS)
    if op.what in (Saying.ASK, Saying.SUPERVISE) and case.state is not State.IN_REVIEW:
        return Refusal(Why.STATE)
    if op.what is Saying.CC:
        unfit = not op.to or any(one not in law.staff for one in op.to)
        return Refusal(Why.UNFIT) if unfit else None
    return None if op.text or op.what is Saying.SUPERVISE else Refusal(Why.REASON)


def _as_it_is(case: Case, op: Say, by: Actor) -> Case:
    return case


MATTER: Rules = {
    Revise: Rule(_applicants(Act.REVISE), _revise),
    Withdraw: Rule(_applicants(Act.WITHDRAW), _moved(Act.WITHDRAW)),
    Urge: Rule(_applicants(Act.URGE), _moved(Act.URGE)),
    Receipt: Rule(_applicants(Act.RECEIPT), _moved(Act.RECEIPT)),
    Stop: Rule(_applicants(Act.STOP), _moved(Act.STOP)),
    Void: Rule(_refuses_void, _moved(Act.VOID)),
    Unanswered: Rule(_refuses_unanswered, _further),
    End: Rule(_refuses_end, _moved(Act.END)),
    Pause: Rule(_stewards(Act.PAUSE), _moved(Act.PAUSE)),
    Resume: Rule(_stewards(Act.RESUME), _moved(Act.RESUME)),
    TurnBack: Rule(_stewards(Act.TURN_BACK), _moved(Act.TURN_BACK)),
    Say: Rule(_refuses_word, _as_it_is),
}
