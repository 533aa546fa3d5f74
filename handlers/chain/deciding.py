"""Decisions on the step that waits: 同意, 退回 (to an earlier step too), 不同意, 意见, and 拿回."""

from dataclasses import dataclass, replace

from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why, not_holding
from handlers.chain.quorum import (
    Result,
    added,
    consulted,
    of_addition,
    own,
    own_turn,
    passed,
    waits_before,
)
from handlers.chain.step import (
    Case,
    added_seat,
    closed,
    closing,
    named,
    onward,
    place_of,
    reopened,
    struck,
    taken,
    with_step,
)
from handlers.rules import lifecycle
from handlers.rules.chain import escalated, of_added
from storage.records import PASSING, Act, State
from storage.steps import OWN, How, Place, Seat, SeatState, Step, Way


@dataclass(frozen=True, slots=True)
class Decide:
    """同意, 同意并报中心, 退回 or 不同意 on the step that waits.

    A return `to` an earlier step stays in this version: what was decided from there on counts no more,
    or (`direct`) only what was decided there, so that it comes straight back.
    """

    act: Act
    reason: str = ""
    to: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """意见 of somebody who was consulted: no decision, it goes back to the holder."""

    text: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """拿回: one's own last decision, while nobody has decided after it."""


def steps_back(case: Case) -> tuple[str, ...]:
    """The steps that were decided before the one that waits: to these it may be returned."""
    before = case.steps[: [step.name for step in case.steps].index(case.at)] if case.at else ()
    return tuple(step.name for step in before if not step.passed_by_rule and passed(step))


def _refuses_decision(case: Case, op: Decide, by: Actor, law: Law) -> Refusal | None:
    seat = added_seat(case, by.person)
    if seat and by.person not in law.staff:
        return Refusal(Why.NOT_YOURS)
    as_holder = Law(law.holders if not seat else {by.person: ""}, shown=law.shown)
    if refusal := not_holding(case, by, as_holder):
        return refusal
    if not seat and _has_no_vote(case.waiting, by):
        return Refusal(Why.NOT_YOURS)
    acts = law.acts.get(case.at, ())
    if op.act not in (of_added(acts) if seat else acts):
        return Refusal(Why.NOT_HERE)
    if seat and op.to and not _ends(case, by):
        return Refusal(Why.NOT_HERE)
    if op.act in lifecycle.NEED_REASON and not op.reason:
        return Refusal(Why.REASON)
    if op.to and (op.act is not Act.RETURN or op.to not in steps_back(case)):
        return Refusal(Why.NO_STEP)
    if op.act not in PASSING:
        return None
    step = case.waiting
    if step and not seat and waits_before(step):
        return Refusal(Why.WAITS)
    return Refusal(Why.IMPOSSIBLE, law.obstacle) if law.obstacle else None


def _has_no_vote(step: Step | None, by: Actor) -> bool:
    """Where several decide together: whoever has no place among them, and whoever has one has no other's."""
    if step is None or step.way is Way.ANY:
        return False
    second = bool(by.principal) and by.person in step.placed
    return second or (by.principal or by.person) not in {s.person for s in own_turn(step)}


def _ends(case: Case, by: Actor) -> bool:
    """Whether what somebody who was added decides is like the holder's own: they were asked after them."""
    addition = added(case.waiting, by.person) if case.waiting else None
    return addition is not None and addition.place is Place.AFTER


def _decide(case: Case, op: Decide, by: Actor) -> Case:
    step = named(case.steps, case.at)
    assert step is not None
    if seat := added_seat(case, by.person):
        return _added(case, step, _cast(case, op, by, seat), op)
    held = place_of(step, by.person, by.principal)
    after = closing(taken(step, _cast(case, op, by, held), (by.principal,)), _consulted)
    result = own(after)
    if op.to and result is Result.REFUSED:
        return _sent_back(case, after, op)
    if result is not Result.OPEN:
        after = closing(after, lambda s: s.how in OWN)
    if result is Result.REFUSED:
        return _ended(case, after, op.act)
    steps = with_step(case.steps, after)
    return onward(case, escalated(steps, op.reason) if op.act is Act.ESCALATE else steps)


def _cast(case: Case, op: Decide, by: Actor, seat: Seat) -> Seat:
    return replace(
        seat,
        person=by.person,
        principal=by.principal,
        state=SeatState.DECIDED,
        act=op.act.value,
        digest=case.digest,
    )


def _consulted(seat: Seat) -> bool:
    return seat.how is How.CONSULTED


def _added(case: Case, step: Step, seat: Seat, op: Decide) -> Case:
    """A refusal among the added goes back to the holder, who decides; asked after the holder, it ends
    the step like the holder's own, unless the holder supplied answers and can supply others."""
    addition = next(one for one in step.additions if one.name == seat.group)
    after = taken(step, seat)
    result = of_addition(after, addition)
    if result is not Result.OPEN:
        after = closing(after, lambda s: s.group == addition.name)
    supplied = any(s.act == Act.SUPPLY.value for s in after.seats if s.state is SeatState.DECIDED)
    if result is Result.REFUSED and addition.place is Place.AFTER and not supplied:
        return _sent_back(case, after, op) if op.to else _ended(case, after, op.act)
    if result is Result.REFUSED:
        after = reopened(after)
    return onward(case, with_step(case.steps, after))


def _ended(case: Case, step: Step, act: Act) -> Case:
    """Nobody else has to do anything: what is open closes, and agreed to nothing."""
    assert act not in PASSING, "an agreement ends nothing"
    steps = with_step(case.steps, closing(step, lambda _: True))
    return replace(case, steps=steps, state=lifecycle.NEXT[case.state][act])


def _sent_back(case: Case, step: Step, op: Decide) -> Case:
    """The same version stands at an earlier step again; the record keeps what counts no more, struck."""
    names = [one.name for one in case.steps]
    first, last = names.index(op.to), names.index(case.at)
    here = reopened(closing(step, lambda s: s.how not in OWN))
    steps = []
    for place, one in enumerate(with_step(case.steps, here)):
        undone = place == first or (first < place < last and not op.direct)
        steps.append(_undone(one) if undone or one.name == step.name else one)
    return replace(case, steps=tuple(steps), at=op.to)


def _undone(step: Step) -> Step:
    """The step as if nobody had decided it, additions included."""
    seats = tuple(
        replace(s, state=SeatState.STRUCK) if s.state is SeatState.DECIDED and s.how not in OWN else s
        for s in step.seats
    )
    return reopened(replace(step, seats=seats, additions=()))


def _refuses_opinion(case: Case, op: Opinion, by: Actor, law: Law) -> Refusal | None:
    step = case.waiting
    if step is None or by.person not in {seat.person for seat in consulted(step)}:
        return Refusal(Why.NOT_YOURS if step and not _was_asked(case, by.person) else Why.STATE)
    if by.person not in law.staff:
        return Refusal(Why.NOT_YOURS)
    return None if op.text else Refusal(Why.REASON)


def _was_asked(case: Case, person: str) -> bool:
    return any(s.person == person and s.how is How.CONSULTED for step in case.steps for s in step.seats)


def _opinion(case: Case, op: Opinion, by: Actor) -> Case:
    step = named(case.steps, case.at)
    assert step is not None
    given = next(seat for seat in consulted(step) if seat.person == by.person)
    seat = replace(given, state=SeatState.DECIDED, act="opinion", digest=case.digest)
    return replace(case, steps=with_step(case.steps, taken(step, seat)))


def last_decided(case: Case) -> tuple[Step, Seat] | None:
    """The last decision of this version that still counts, if nobody has decided since."""
    names = [step.name for step in case.steps]
    end = names.index(case.at) + 1 if case.at else len(names)
    for step in reversed(case.steps[:end]):
        if cast := [s for s in step.seats if s.state is SeatState.DECIDED and s.how is not How.CONSULTED]:
            return step, cast[-1]
    return None


def _refuses_take_back(case: Case, op: TakeBack, by: Actor, law: Law) -> Refusal | None:
    found = last_decided(case)
    if found is None or case.state not in lifecycle.DECIDED:
        return Refusal(Why.STATE)
    step, seat = found
    if seat.person != by.person:
        return Refusal(Why.NOT_YOURS)
    if not law.recent:
        return Refusal(Why.LATE)
    addition = next((one for one in step.additions if one.name == seat.group), None)
    settled = addition is not None and of_addition(step, addition) is not Result.OPEN
    return Refusal(Why.STATE) if settled else None


def _take_back(case: Case, op: TakeBack, by: Actor) -> Case:
    """One's own decision; where it settled what several decide together, all of them are asked anew."""
    found = last_decided(case)
    assert found is not None
    step, seat = found
    together = step.way is not Way.ANY and seat.how in OWN and own(step) is not Result.OPEN
    steps = with_step(case.steps, reopened(step) if together else struck(step, seat))
    if case.at and case.at != step.name and (waiting := named(steps, case.at)):
        steps = with_step(steps, replace(waiting, seats=tuple(map(closed, waiting.seats)), additions=()))
    return replace(case, steps=steps, at=step.name, state=State.IN_REVIEW)


DECISIONS: Rules = {
    Decide: Rule(_refuses_decision, _decide),
    Opinion: Rule(_refuses_opinion, _opinion),
    TakeBack: Rule(_refuses_take_back, _take_back),
}
