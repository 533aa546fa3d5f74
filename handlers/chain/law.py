"""What an operation is judged by: who acts, what is true at that moment, and why it is refused."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from handlers.chain.step import Case
from storage.records import Act


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and for whom; nobody where the directory or the clock does."""

    person: str = ""
    principal: str = ""


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
    WAITS = "waits"
    NO_STEP = "no_step"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The operation is not to be had; `text` where the reason has words of its own."""

    why: Why
    text: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """What is true at the moment of an operation.

    `holders` may decide the waiting step now (person -> whom they stand in for), `peers` may take it
    over, `roll` are all whom it is for by its role; `acts` are possible at each step; `shown` is the step and
    version that the actor was last shown; `obstacle` says why the matter itself cannot go on. Of the people
    whom an operation or a seat names, `staff` are 教职工 in service, and `elsewhere` hold another mandatory
    step. `steward` and `centre` say whether the actor is one, `involved` whether they may read the matter,
    `recent` whether what they decided lies so short a time back that it may be taken back; `heirs` may
    act for an applicant who left; `heard` are to be heard though they decide nothing. `revisable` says
    whether there is an applicant who could revise it, `elapsed` whether the time of the waiting step is over,
    `after` whether what is said is added to what is on record already.
    """

    holders: Mapping[str, str] = field(default_factory=dict)
    peers: Collection[str] = ()
    acts: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)
    shown: tuple[str, int] | None = None
    obstacle: str = ""
    staff: Collection[str] = ()
    elsewhere: Collection[str] = ()
    steward: bool = False
    centre: bool = False
    involved: bool = False
    recent: bool = False
    heirs: Collection[str] = ()
    heard: Collection[str] = ()
    roll: Collection[str] = ()
    revisable: bool = True
    elapsed: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One operation: when it is refused, and what the case is afterwards."""

    refuses: Callable[[Case, Any, Actor, Law], Refusal | None]
    apply: Callable[[Case, Any, Actor], Case]


Rules = Mapping[type[Any], Rule]


def not_allowed(case: Case, act: Act) -> Refusal | None:
    """Whether an act is none that the state allows."""
    return None if act in case.following else Refusal(Why.STATE)


def not_holding(case: Case, by: Actor, law: Law) -> Refusal | None:
    """Who decides holds that seat at this very moment, and decides what they were shown."""
    if case.waiting is None:
        return Refusal(Why.STATE)
    if by.person == case.applicant and not case.waiting.own:
        return Refusal(Why.OWN)
    if by.person not in law.holders:
        return Refusal(Why.NOT_YOURS)
    return None if law.shown == (case.at, case.version) else Refusal(Why.NOT_SHOWN)
