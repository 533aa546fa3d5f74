"""Who has a place in the step that waits: 转办, 改派, 交接, 加签, 减签, 委派, and seats that lapse."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from handlers.chain.law import Actor, Law, Refusal, Rule, Rules, Why, not_holding
from handlers.chain.quorum import Result, of_addition, of_places, own
from handlers.chain.step import Case, closing, given, named, reopened, with_step
from storage.steps import OWN, Addition, How, Place, Seat, SeatState, Step, Way


@dataclass(frozen=True, slots=True)
class Transfer:
    """转办: the other decides instead, and the holder's right ends."""

    to: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """改派 by a steward, or 交接 of what `instead_of` holds: the other decides instead."""

    to: str
    reason: str
    instead_of: str = ""
    how: How = How.ASSIGNED


@dataclass(frozen=True, slots=True)
class Add:
    """加签: people are asked before the holder, beside or after; `need` is what 票签 asks for."""

    persons: tuple[str, ...]
    place: Place = Place.BEFORE
    way: Way = Way.ALL
    need: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """减签: one's own addition that has not acted."""

    person: str


@dataclass(frozen=True, slots=True)
class Consult:
    """委派: somebody is asked for an opinion; the holder decides."""

    person: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Convene:
    """Several decide a step together, each of these: all whom it is for by its role at that moment."""

    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reseat:
    """Seats that people were given by name have lapsed: all of the step's own, or those of `persons`."""

    because: str
    persons: tuple[str, ...] = ()


def _refuses_transfer(case: Case, op: Transfer, by: Actor, law: Law) -> Refusal | None:
    if refusal := not_holding(case, by, law):
        return refusal
    return _unfit(case, op.to, by.person, law)


def _unfit(case: Case, to: str, instead_of: str, law: Law) -> Refusal | None:
    """Whoever takes a step over could hold it anyway, and answers for no other mandatory step."""
    fit = to in law.peers and to not in (case.applicant, instead_of) and to not in law.elsewhere
    busy = _decided_another(case, to) or to in _placed(case)
    return None if fit and not busy else Refusal(Why.UNFIT)


def _decided_another(case: Case, person: str) -> bool:
    others = [s for step in case.steps if step.name != case.at for s in step.seats]
    return any(s.person == person and s.state is SeatState.DECIDED and s.how in OWN for s in others)


def _waiting(case: Case) -> Step:
    step = named(case.steps, case.at)
    assert step is not None
    return step


def _transfer(case: Case, op: Transfer, by: Actor) -> Case:
    seat = Seat(op.to, How.TRANSFER, by=by.person)
    step = given(_waiting(case), seat, by.principal or by.person)
    return replace(case, steps=with_step(case.steps, step))


def _refuses_assignment(case: Case, op: Assign, by: Actor, law: Law) -> Refusal | None:
    if case.waiting is None:
        return Refusal(Why.STATE)
    if not law.steward:
        return Refusal(Why.NOT_YOURS)
    if not op.instead_of and case.waiting.way is not Way.ANY and case.waiting.given[1:]:
        return Refusal(Why.NO_STEP)  # one for all of them would be a vote less
    return _unfit(case, op.to, op.instead_of, law) if op.reason else Refusal(Why.REASON)


def _assign(case: Case, op: Assign, by: Actor) -> Case:
    step = given(_waiting(case), Seat(op.to, op.how, by=by.person), op.instead_of)
    return replace(case, steps=with_step(case.steps, step))


def _refuses_addition(case: Case, op: Add, by: Actor, law: Law) -> Refusal | None:
    if refusal := not_holding(case, by, law):
        return refusal
    if any(_unfit_to_add(case, one, by, law) for one in op.persons) or not op.persons:
        return Refusal(Why.UNFIT)
    votes = op.way is not Way.VOTE or 1 <= op.need <= len(set(op.persons))
    return None if votes else Refusal(Why.NO_STEP)


def _unfit_to_add(case: Case, person: str, by: Actor, law: Law) -> bool:
    """Any 教职工 in service, never the applicant; the same person twice in one step is one seat."""
    themselves = (case.applicant, by.person, by.principal)
    return person not in law.staff or person in themselves or person in _placed(case)


def _placed(case: Case) -> set[str]:
    """Who has a place at the waiting step that is open, or whose decision counts."""
    seats = _waiting(case).seats
    deciding = {s.person for s in seats if s.state is SeatState.DECIDED and s.how is not How.CONSULTED}
    return deciding | {s.person for s in seats if s.state is SeatState.OPEN}


def _add(case: Case, op: Add, by: Actor) -> Case:
    step = _waiting(case)
    name = f"+{len({seat.group for seat in step.seats if seat.group}) + 1}"
    addition = Addition(name, by.person, op.place, op.way, op.need)
    seats = [Seat(one, How.ADDED, by=by.person, group=name) for one in dict.fromkeys(op.persons)]
    more = replace(step, seats=(*step.seats, *seats), additions=(*step.additions, addition))
    return replace(case, steps=with_step(case.steps, more))


def _refuses_drop(case: Case, op: Drop, by: Actor, law: Law) -> Refusal | None:
    step = case.waiting
    if step is None:
        return Refusal(Why.STATE)
    seats = [s for s in step.seats if s.person == op.person and s.how in (How.ADDED, How.CONSULTED)]
    if not any(s.by == by.person for s in seats):
        return Refusal(Why.NOT_YOURS)
    return None if any(s.state is SeatState.OPEN for s in seats) else Refusal(Why.NOT_YOURS)


def _drop(case: Case, op: Drop, by: Actor) -> Case:
    return _without(case, {op.person}, lambda seat: seat.how not in OWN and seat.by == by.person)


def _without(case: Case, persons: Collection[str], which: Callable[[Seat], bool]) -> Case:
    """The case with open seats closed. Nothing passes or ends by that: where the holder had agreed and
    nobody is left who was to decide with them, they are asked again."""
    before = _waiting(case)
    step = closing(before, lambda s: s.person in persons and which(s))
    over = [
        one
        for one in step.additions
        if of_addition(before, one) is Result.OPEN and of_addition(step, one) is not Result.OPEN
    ]
    if over:
        names = {one.name for one in over}
        step = closing(step, lambda s: s.group in names)
    settled = of_places(before) is Result.OPEN and of_places(step) is not Result.OPEN
    if settled or (over and own(step) is Result.AGREED):
        step = reopened(step)
    return replace(case, steps=with_step(case.steps, step))


def _refuses_consultation(case: Case, op: Consult, by: Actor, law: Law) -> Refusal | None:
    if refusal := not_holding(case, by, law):
        return refusal
    return Refusal(Why.UNFIT) if _unfit_to_add(case, op.person, by, law) else None


def _consult(case: Case, op: Consult, by: Actor) -> Case:
    step = _waiting(case)
    seat = Seat(op.person, How.CONSULTED, by=by.person)
    return replace(case, steps=with_step(case.steps, replace(step, seats=(*step.seats, seat))))


def lapsed(step: Step, law: Law) -> tuple[str, ...]:
    """Those who have an open place by name and may hold it no more: of the step's own, whoever could not
    decide it otherwise either; of the added and consulted, whoever is no 教职工 in service."""
    there = [s for s in step.seats if s.state is SeatState.OPEN and s.how is not How.ROLE]
    return tuple(s.person for s in there if s.person not in (law.peers if s.how in OWN else law.staff))


def _refuses_reseat(case: Case, op: Reseat, by: Actor, law: Law) -> Refusal | None:
    gone = lapsed(case.waiting, law) if case.waiting else ()
    wanted = set(op.persons) or {seat.person for seat in _waiting(case).given} if gone else set()
    return None if wanted and wanted <= set(gone) else Refusal(Why.STATE)


def _refuses_convening(case: Case, op: Convene, by: Actor, law: Law) -> Refusal | None:
    """The bot's alone; as many are needed as must agree."""
    step = case.waiting
    if step is None or not step.convenes:
        return Refusal(Why.STATE)
    if by.person or set(op.persons) != set(law.roll) or case.applicant in op.persons:
        return Refusal(Why.UNFIT)
    return None if len(set(op.persons)) >= max(step.need, 1) else Refusal(Why.NO_STEP)


def _convene(case: Case, op: Convene, by: Actor) -> Case:
    step = _waiting(case)
    seats = [Seat(one, How.ROLL) for one in dict.fromkeys(op.persons)]
    there = closing(step, lambda s: s.person in op.persons)
    return replace(case, steps=with_step(case.steps, replace(there, seats=(*there.seats, *seats))))


def _reseat(case: Case, op: Reseat, by: Actor) -> Case:
    persons = op.persons or tuple(seat.person for seat in _waiting(case).given)
    return _without(case, persons, lambda seat: bool(op.persons) or seat.how in OWN)


SEATING: Rules = {
    Transfer: Rule(_refuses_transfer, _transfer),
    Assign: Rule(_refuses_assignment, _assign),
    Add: Rule(_refuses_addition, _add),
    Drop: Rule(_refuses_drop, _drop),
    Consult: Rule(_refuses_consultation, _consult),
    Convene: Rule(_refuses_convening, _convene),
    Reseat: Rule(_refuses_reseat, _reseat),
}
