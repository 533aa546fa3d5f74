"""申诉: who is concerned by a decision has it looked at again; the chain of a concluded case grows."""

from dataclasses import dataclass, replace

from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why
from handlers.chain.step import Case, named
from storage.records import State
from storage.steps import Step


@dataclass(frozen=True, slots=True)
class Appeal:
    """The `steps` at which somebody else looks at it again; a case has them once."""

    steps: tuple[Step, ...]


def _refuses(case: Case, op: Appeal, by: Actor, law: Law) -> Refusal | None:
    if by.person not in law.heard:
        return Refusal(Why.NOT_YOURS)
    again = any(named(case.steps, step.name) for step in op.steps)
    if case.state is not case.ends or again:
        return Refusal(Why.STATE)
    return None if law.recent else Refusal(Why.LATE)


def _appeal(case: Case, op: Appeal, by: Actor) -> Case:
    return replace(case, steps=(*case.steps, *op.steps), at=op.steps[0].name, state=State.IN_REVIEW)


APPEALING: Rules = {Appeal: Rule(_refuses, _appeal)}
