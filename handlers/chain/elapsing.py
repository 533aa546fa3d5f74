"""A step whose time is over without an answer: the next one may go on, and says that none came."""

from dataclasses import dataclass, replace

from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why
from handlers.chain.step import Case, closed, first_open, onward, with_step
from storage.steps import Step


@dataclass(frozen=True, slots=True)
class Elapse:
    """The waiting step is passed by the clock: `why` stands in its place, and nobody has agreed."""

    why: str


def _refuses(case: Case, op: Elapse, by: Actor, law: Law) -> Refusal | None:
    """Nobody does this, and silence decides nothing: somebody decides after it."""
    step = case.waiting
    if step is None:
        return Refusal(Why.STATE)
    if by.person:
        return Refusal(Why.NOT_YOURS)
    last = not first_open(with_step(case.steps, _passed(step, op.why)))
    return None if law.elapsed and not last else Refusal(Why.WAITS)


def _elapse(case: Case, op: Elapse, by: Actor) -> Case:
    step = case.waiting
    assert step is not None, "only a step that waits runs out of time"
    return onward(case, with_step(case.steps, _passed(step, op.why)))


def _passed(step: Step, why: str) -> Step:
    return replace(step, passed_by_rule=why, seats=tuple(map(closed, step.seats)))


ELAPSING: Rules = {Elapse: Rule(_refuses, _elapse)}
