"""What may be done to a case, and what it is afterwards: one pure function, one rule for each operation."""

from dataclasses import dataclass, fields

from handlers.chain.appealing import APPEALING, Appeal
from handlers.chain.deciding import DECISIONS, Decide, Opinion, TakeBack
from handlers.chain.elapsing import ELAPSING, Elapse
from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why
from handlers.chain.matter import (
    MATTER,
    End,
    Pause,
    Receipt,
    Resume,
    Revise,
    Say,
    Stop,
    TurnBack,
    Unanswered,
    Urge,
    Void,
    Withdraw,
)
from handlers.chain.seating import SEATING, Add, Assign, Consult, Convene, Drop, Reseat, Transfer
from handlers.chain.step import Case, mandatory, onward
from handlers.chain.supplying import SUPPLYING, Supply
from storage.chains import chain_json
from storage.records import State
from storage.rows import dump
from storage.steps import Step

__all__ = [
    "OPERATIONS", "Actor", "Add", "Appeal", "Assign", "Consult", "Convene", "Decide", "Drop", "Elapse", "End",
    "Law", "Op", "Opinion", "Pause", "Receipt", "Refusal", "Reseat", "Resume", "Revise", "Rule", "Say",
    "Stop", "Submit", "Supply", "TakeBack", "Transfer", "TurnBack", "Unanswered", "Urge", "Void", "Why",
    "Withdraw", "begin", "data_of", "operate",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Submit:
    """The draft becomes version 1 with this chain, whose passing leads to `ends`."""

    steps: tuple[Step, ...]
    digest: str
    ends: State


Op = (
    Decide | Supply | Opinion | TakeBack
    | Transfer | Assign | Add | Drop | Consult | Convene | Reseat
    | Revise | Withdraw | Urge | Receipt | Stop | Void | End | Pause | Resume | TurnBack | Say | Appeal
    | Elapse | Unanswered
)  # fmt: skip

OPERATIONS: Rules = {**DECISIONS, **SUPPLYING, **SEATING, **MATTER, **APPEALING, **ELAPSING}


def operate(case: Case, op: Op, by: Actor, law: Law) -> Case | Refusal:
    """The case after an operation, or why it is refused; nothing else is changed."""
    rule = OPERATIONS[type(op)]
    if refusal := rule.refuses(case, op, by, law):
        return refusal
    after = rule.apply(case, op, by)
    assert after.version != case.version or mandatory(after) >= mandatory(case), "a chain never shrinks"
    return after


def begin(op: Submit, by: Actor) -> Case:
    """The case of a request that has just been submitted: without a step that somebody has to decide it is
    where it ends."""
    return onward(Case(by.person, op.ends, State.IN_REVIEW, 1, op.digest, op.steps, ""), op.steps)


def data_of(op: Submit | Op, step: str) -> str:
    """An operation as its trail entry keeps it, with the name of the step it was about."""
    told = {field.name: getattr(op, field.name) for field in fields(op)}
    if "steps" in told:
        told["steps"] = chain_json(told["steps"])
    return dump({"op": type(op).__name__.lower(), "step": step, **told})
