"""What a step supplies: 回复整改, 上传证明, 申辩 and the like, answers that are added to what was asked."""

from dataclasses import dataclass, replace

from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why, not_holding
from handlers.chain.quorum import waits_before
from handlers.chain.step import Case, added_seat, closing, named, onward, place_of, taken, with_step
from storage.records import Act, State
from storage.steps import OWN, How, SeatState


@dataclass(frozen=True, slots=True)
class Supply:
    """The matter with answers added to it: a version further, `digest` over all of it.

    What was decided before still counts, for nothing of it was changed. At a step that asks for them the
    answers are its decision; `beside` they are of somebody concerned, and decide nothing.
    """

    digest: str
    beside: bool = False


def _refuses(case: Case, op: Supply, by: Actor, law: Law) -> Refusal | None:
    if op.beside:
        return _refuses_beside(case, by, law)
    step = case.waiting
    if step and added_seat(case, by.person):
        return Refusal(Why.NOT_HERE)
    if refusal := not_holding(case, by, law):
        return refusal
    if Act.SUPPLY not in law.acts.get(case.at, ()):
        return Refusal(Why.NOT_HERE)
    if step and waits_before(step):
        return Refusal(Why.WAITS)
    return Refusal(Why.IMPOSSIBLE, law.obstacle) if law.obstacle else None


def _refuses_beside(case: Case, by: Actor, law: Law) -> Refusal | None:
    if case.state is not (State.RECORDED if law.after else State.IN_REVIEW):
        return Refusal(Why.STATE)
    return None if by.person in law.heard else Refusal(Why.NOT_YOURS)


def _supply(case: Case, op: Supply, by: Actor) -> Case:
    further = replace(case, version=case.version + 1, digest=op.digest)
    step = named(case.steps, case.at)
    if op.beside or step is None:
        return further
    seat = replace(
        place_of(step, by.person, by.principal), person=by.person, principal=by.principal,
        state=SeatState.DECIDED, act=Act.SUPPLY.value, digest=op.digest,
    )  # fmt: skip
    after = taken(step, seat, (by.principal,))
    after = closing(after, lambda s: s.how in OWN or s.how is How.CONSULTED)
    return onward(further, with_step(case.steps, after))


SUPPLYING: Rules = {Supply: Rule(_refuses, _supply)}
