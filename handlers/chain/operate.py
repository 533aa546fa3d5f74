"""What may be done to a case, and what it is afterwards: one pure function, one rule for each operation."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from handlers.chain.step import (
    PASSING,
    Case,
    decided,
    first_open,
    given,
    mandatory,
    named,
    ungiven,
    with_step,
)
from handlers.rules import lifecycle
from handlers.rules.chain import escalated
from storage.records import Act, How, Seat, SeatState, State, Step


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for whom; nobody where the directory or the clock does."""

    person: str = ""
    principal: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """The draft becomes version 1 with this chain, whose passing leads to `ends`."""

    steps: tuple[Step, ...]
    digest: str
    ends: State


@dataclass(frozen=True, slots=True)
class Revise:
    """A returned request becomes its next version, and its chain begins anew (Article 8: 一事一审)."""

    steps: tuple[Step, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Decide:
    """同意, 同意并报中心, 退回 or 不同意 on the step that waits."""

    act: Act
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """转办: the other decides instead, and the holder's right ends."""

    to: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reseat:
    """A seat that was given by name has lapsed: the step goes back to those whom it is for."""

    because: str


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


Op = Revise | Decide | Transfer | Reseat | Withdraw | Urge | Receipt | Stop


class Why(StrEnum):
    """Why not; what is said to people is worded by whoever asked."""

    STATE = "state"
    OWN = "own"
    NOT_YOURS = "not_yours"
    NOT_SHOWN = "not_shown"
    NOT_HERE = "not_here"
    REASON = "reason"
    IMPOSSIBLE = "impossible"
    UNFIT = "unfit"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The operation is not to be had; `text` where the reason has words of its own."""

    why: Why
    text: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """What is true at the moment of an operation.

    `holders` may decide the waiting step now (person -> whom they stand in for), `peers` may take it
    over; `acts` are possible at each step; `shown` is the step and version that the actor was last
    shown; `obstacle` says why the matter itself cannot go on; `heirs` may act for an applicant who left.
    """

    holders: Mapping[str, str] = field(default_factory=dict)
    peers: Collection[str] = ()
    acts: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)
    shown: tuple[str, int] | None = None
    obstacle: str = ""
    heirs: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One operation: when it is refused, and what the case is afterwards."""

    refuses: Callable[[Case, Any, Actor, Law], Refusal | None]
    apply: Callable[[Case, Any, Actor], Case]


def operate(case: Case, op: Op, by: Actor, law: Law) -> Case | Refusal:
    """The case after an operation, or why it is refused; nothing else is changed."""
    rule = OPERATIONS[type(op)]
    if refusal := rule.refuses(case, op, by, law):
        return refusal
    after = rule.apply(case, op, by)
    assert after.version != case.version or mandatory(after) >= mandatory(case), "a chain never shrinks"
    return after


def begin(op: Submit, by: Actor) -> Case:
    """The case of a request that has just been submitted."""
    return Case(by.person, op.ends, State.IN_REVIEW, 1, op.digest, op.steps, first_open(op.steps))


def _not_own(case: Case, by: Actor, law: Law, act: Act) -> Refusal | None:
    """The applicant's acts are theirs, or of whoever may act for them, in the states that allow them."""
    for_them = by.principal == case.applicant and by.person in law.heirs
    if by.person != case.applicant and not for_them:
        return Refusal(Why.NOT_YOURS)
    return None if act in lifecycle.NEXT[case.state] else Refusal(Why.STATE)


def _applicants(act: Act) -> Callable[[Case, Any, Actor, Law], Refusal | None]:
    return lambda case, _, by, law: _not_own(case, by, law, act)


def _not_holding(case: Case, by: Actor, law: Law) -> Refusal | None:
    """Who decides holds that seat at this very moment, and decides what they were shown."""
    if by.person == case.applicant:
        return Refusal(Why.OWN)
    if by.person not in law.holders:
        return Refusal(Why.NOT_YOURS)
    return None if law.shown == (case.at, case.version) else Refusal(Why.NOT_SHOWN)


def _refuses_decision(case: Case, op: Decide, by: Actor, law: Law) -> Refusal | None:
    if case.waiting is None:
        return Refusal(Why.STATE)
    if refusal := _not_holding(case, by, law):
        return refusal
    if op.act not in law.acts.get(case.at, ()):
        return Refusal(Why.NOT_HERE)
    if op.act in lifecycle.NEED_REASON and not op.reason:
        return Refusal(Why.REASON)
    return Refusal(Why.IMPOSSIBLE, law.obstacle) if op.act in PASSING and law.obstacle else None


def _decide(case: Case, op: Decide, by: Actor) -> Case:
    step = named(case.steps, case.at)
    assert step is not None
    own = step.given
    held = own if own and own.person == by.person else Seat(by.person)
    seat = replace(
        held, principal=by.principal, state=SeatState.DECIDED, act=op.act.value, digest=case.digest
    )
    steps = with_step(case.steps, decided(step, seat))
    if op.act not in PASSING:
        return replace(case, steps=steps, state=lifecycle.NEXT[case.state][op.act])
    if op.act is Act.ESCALATE:
        steps = escalated(steps, op.reason)
    following = first_open(steps)
    return replace(case, steps=steps, at=following, state=case.state if following else case.ends)


def _refuses_transfer(case: Case, op: Transfer, by: Actor, law: Law) -> Refusal | None:
    if case.waiting is None:
        return Refusal(Why.STATE)
    if refusal := _not_holding(case, by, law):
        return refusal
    fit = op.to in law.peers and op.to not in (case.applicant, by.person)
    return None if fit and not _has_another(case, op.to) else Refusal(Why.UNFIT)


def _has_another(case: Case, person: str) -> bool:
    """Whether somebody has decided another step of this version: one person answers for one step."""
    others = [step for step in case.steps if step.name != case.at]
    return any(s.person == person and s.state is SeatState.DECIDED for step in others for s in step.seats)


def _transfer(case: Case, op: Transfer, by: Actor) -> Case:
    step = named(case.steps, case.at)
    assert step is not None
    seat = Seat(op.to, How.TRANSFER, by=by.person, principal="")
    return replace(case, steps=with_step(case.steps, given(step, seat)))


def _refuses_reseat(case: Case, op: Reseat, by: Actor, law: Law) -> Refusal | None:
    seat = case.waiting.given if case.waiting else None
    return None if seat and seat.person not in law.peers else Refusal(Why.STATE)


def _reseat(case: Case, op: Reseat, by: Actor) -> Case:
    step = named(case.steps, case.at)
    assert step is not None
    return replace(case, steps=with_step(case.steps, ungiven(step)))


def _revise(case: Case, op: Revise, by: Actor) -> Case:
    """Whoever revises it is the applicant of what they submit, and decides none of it."""
    return replace(
        case,
        applicant=by.person,
        state=State.IN_REVIEW,
        version=case.version + 1,
        digest=op.digest,
        steps=op.steps,
        at=first_open(op.steps),
    )


def _moved(act: Act) -> Callable[[Case, Any, Actor], Case]:
    return lambda case, _, __: replace(case, state=lifecycle.NEXT[case.state][act])


OPERATIONS: Mapping[type[Any], Rule] = {
    Revise: Rule(_applicants(Act.REVISE), _revise),
    Decide: Rule(_refuses_decision, _decide),
    Transfer: Rule(_refuses_transfer, _transfer),
    Reseat: Rule(_refuses_reseat, _reseat),
    Withdraw: Rule(_applicants(Act.WITHDRAW), _moved(Act.WITHDRAW)),
    Urge: Rule(_applicants(Act.URGE), _moved(Act.URGE)),
    Receipt: Rule(_applicants(Act.RECEIPT), _moved(Act.RECEIPT)),
    Stop: Rule(_applicants(Act.STOP), _moved(Act.STOP)),
}
