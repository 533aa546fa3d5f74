"""What a card about a request is made from, loaded once, and the words of the request's process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from cards.card import Panel, Row
from cards.delivery import Delivered
from cards.form import Form
from storage.records import Act, Decision, Medium, Person, Request, State, TrailEntry, Urgency
from storage.steps import OWN, How, Seat, SeatState, Step

SYSTEM = "系统"
"""Who acts where nobody did."""

CONCEALED = "（不公开）"
"""Stands for somebody whose name a reader is not told."""


class Sight(IntEnum):
    """How much of a request somebody may see: not that it is there, where it stands, its text, its files."""

    NOTHING = 0
    STANDING = 1
    TEXT = 2
    FILES = 3


@dataclass(frozen=True, slots=True)
class View:
    """A request with everybody and everything it names, as of `now` (UTC).

    `face` has the words of its process; `reader` is who looks. `unit` is the managing unit's name,
    `units` code -> name of those the form names. `acts` is what can be decided at the waiting step,
    `holders` who may decide now (person -> principal), `on_duty` those of them by 值班, `unreached` those
    whom no platform reaches, `delivered` where their cards are.
    `before` is the form of the version this reader decided on, where it was an
    older one, and `before_media` are its media; `chains` those of the older versions that somebody
    decided on. `reminder` is when the next reminder goes; to whom it goes is `holders`. `obstacle` is why
    it cannot go on at this moment, `halted` where nobody is reminded meanwhile. `finish` is by when the
    last step is decided if each is in time, `hurry` the urgency that it takes where a draft's is too low.
    `said` are the questions and answers of the record, `concealed` those whose name this reader is not told;
    `sight` is how much they may see, where that is otherwise than of most requests;
    `interpreted` (clause, number) of what the centre has interpreted, the newest first. `told` is who is told
    where it stands beside its applicant; `adds` what this reader may add beside the step.
    """

    request: Request
    face: "Face"
    reader: str
    now: datetime
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    media: tuple[Medium, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    acts: tuple[Act, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)
    on_duty: frozenset[str] = frozenset()
    before: Mapping[str, Any] | None = None
    before_media: tuple[Medium, ...] = ()
    chains: Mapping[int, tuple[Step, ...]] = field(default_factory=dict)
    reminder: datetime | None = None
    reminder_copies_center: bool = False
    provisional: bool = False
    unreached: frozenset[str] = frozenset()
    delivered: tuple[Delivered, ...] = ()
    obstacle: str = ""
    halted: bool = False
    finish: datetime | None = None
    hurry: Urgency | None = None
    said: tuple[TrailEntry, ...] = ()
    concealed: frozenset[str] = frozenset()
    sight: Sight | None = None
    interpreted: tuple[tuple[str, str], ...] = ()
    told: frozenset[str] = frozenset()
    adds: tuple[Form, ...] = ()

    def name(self, person: str) -> str:
        """The person's name; the 工号 where the directory no longer knows them."""
        if person in self.concealed:
            return CONCEALED
        known = self.people.get(person)
        return known.name if known else person or SYSTEM

    def unit_name(self, code: str) -> str:
        """The unit's name; the code where the directory no longer knows it."""
        return self.units.get(code, code)

    def present(self, version: int) -> bool:
        """Whether what was decided on that version still stands: what came later only added to it."""
        return self.request.base <= version <= self.request.version

    def decided_step(self, decision: Decision) -> Step | None:
        """The step a decision was about, in the chain of its version."""
        old = not self.present(decision.version)
        chain = self.chains.get(decision.version, ()) if old else self.request.chain
        return next((step for step in chain if step.name == decision.step), None)

    def decision_at(self, step: str, version: int) -> Decision | None:
        """The last decision taken on that step of that version, or of one that it only added to."""
        for decision in reversed(self.decisions):
            if decision.step == step and self._alike(decision.version, version) and self.counts(decision):
                return decision
        return None

    def _alike(self, one: int, other: int) -> bool:
        return one == other or (self.present(one) and self.present(other))

    def counts(self, decision: Decision) -> bool:
        """Whether a decision is the step's own and was not taken back or struck by a return."""
        seat = self.seat_of(decision)
        return seat is None or (seat.state is SeatState.DECIDED and seat.how in OWN)

    def seat_of(self, decision: Decision) -> Seat | None:
        """The place at its step that a decision of this version was taken from; None for one of before
        places were kept."""
        step = self.decided_step(decision) if self.present(decision.version) else None
        if step is None:
            return None
        cast = [s for s in step.seats if s.person == decision.actor and s.act and s.how is not How.CONSULTED]
        key = (decision.actor, decision.step)
        alike = [d.at for d in self.decisions if (d.actor, d.step) == key and self.present(d.version)]
        # Decisions and places stand in the order in which they were taken; the oldest may have no place.
        place = alike.index(decision.at) - len(alike) + len(cast)
        return cast[place] if place >= 0 else None

    def stands(self, decision: Decision) -> bool:
        """Whether an answer, for the step or of the added, was neither taken back nor struck by a return."""
        seat = self.seat_of(decision)
        return seat is None or seat.state is SeatState.DECIDED

    def own_decision(self, step: str, version: int) -> Decision | None:
        """What this reader decided last at that step of that version, for the step or among the added."""
        mine = [d for d in self.decisions if self.reader in (d.actor, d.principal)]
        here = [d for d in mine if d.step == step and self._alike(d.version, version)]
        return here[-1] if here else None

    @property
    def refusal(self) -> Decision | None:
        """The decision that returned or rejected this version, where it stands so; None where a steward
        turned it back."""
        last = self.decisions[-1] if self.decisions else None
        word = {State.RETURNED: Act.RETURN, State.REJECTED: Act.REJECT}.get(self.request.state)
        refused = last and word and (last.version, last.act) == (self.request.version, word)
        return last if refused else None

    @property
    def added(self) -> Seat | None:
        """The open place that this reader was given at the waiting step by 加签, if any."""
        seats = self.request.current.seats if self.request.current else ()
        return next(
            (s for s in seats if s.person == self.reader and s.group and s.state is SeatState.OPEN), None
        )


def _unmarked(_: View) -> list[Row]:
    return []


def _nothing(_: View) -> str:
    return ""


def stopped_there(_: View) -> str:
    """A request that was taken back before it had passed."""
    return "申请已撤回，审批停止。"


@dataclass(frozen=True, slots=True)
class Face:
    """The words of one process.

    `wish` completes 申请……, `facts` are the rows an approver needs at a glance, `marks` the rows that
    stand on its every card, `excerpt` the beginning of the text with what it is, `changed` what is
    otherwise than when this reader decided, `details` the panels, `whole` everything as text. `reasons`
    are the usual ones for a return. `concluded` says what the passing of the chain means to whoever
    decided last, `recorded` and `withdrawn` where the request then stands to its applicant, `rejected`
    what follows a rejection and `again` what can be done after it; `stays` what stays true of a request
    that was returned. `ended` is the word for a request that has passed, where 已备案 is not, `lapsed` the
    one for what it granted once that is over, and `stages` those for other states; `beside`
    the buttons of the card that asks, besides deciding.
    `opening` is the whole first sentence, where it is not that somebody 申请……; `applicants` what its
    applicant may do; `off` is the word for taking one off the register, and `removal` what that means;
    `voided` what one that was voided says. `asker` is what whoever asked is called, `asker_unit` the unit
    named with them where that is not the unit it is about; `silence` what follows at a step where nobody
    answers, if anything does.
    `clears`: whoever holds a step removes themselves what stands in its way, which is nobody else's trouble,
    or it passes by itself on its day.
    """

    form: Form
    wish: Callable[[View], str]
    facts: Callable[[View], list[Row]]
    excerpt: Callable[[View], str]
    changed: Callable[[View], Sequence[str]]
    details: Callable[[View], list[Panel]]
    whole: Callable[[View], str]
    reasons: tuple[str, ...]
    concluded: Callable[[View], str]
    rejected: str = ""
    unanswered: str = ""
    again: str = ""
    stays: str = ""
    ended: str = ""
    lapsed: Callable[["View"], str] = _nothing
    stages: Mapping[State, str] = field(default_factory=dict)
    beside: Callable[[View], Sequence[tuple[str, str]]] = lambda _: ()
    marks: Callable[[View], list[Row]] = _unmarked
    recorded: Callable[[View], str] = _nothing
    withdrawn: Callable[[View], str] = stopped_there
    opening: Callable[[View], str] | None = None
    off: str = "注销登记"
    removal: str = ""
    voided: str = "已作废"
    applicants: tuple[Act, ...] = (Act.URGE, Act.WITHDRAW, Act.REVISE, Act.RECEIPT, Act.AGAIN)
    asker: str = "申请人"
    silence: Mapping[str, str] = field(default_factory=dict)
    asker_unit: Callable[[View], str] | None = None
    clears: bool = False
