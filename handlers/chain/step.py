"""A case: the part of a request that operations change, and what its steps and seats say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.chain.quorum import asked, passed
from handlers.rules import lifecycle
from storage.records import Act, Request, State
from storage.steps import OWN, Seat, SeatState, Step, Way


@dataclass(frozen=True, slots=True)
class Case:
    """A chain and where it stands: `at` is the step that waits, or at which it was stopped; empty once
    all have passed. `ends` is the state that their passing leads to."""

    applicant: str
    ends: State
    state: State
    version: int
    digest: str
    steps: tuple[Step, ...]
    at: str

    @property
    def register(self) -> bool:
        """Whether nobody has to decide it: it is on record once it was submitted."""
        return not self.steps

    @property
    def following(self) -> Mapping[Act, State]:
        """What can follow the state it is in."""
        return lifecycle.following(self.state, register=self.register)

    @property
    def waiting(self) -> Step | None:
        """The step that waits for a decision, if any."""
        return named(self.steps, self.at) if self.state is State.IN_REVIEW else None


def case_of(request: Request, ends: State) -> Case:
    """The case of a request, whose process ends in `ends`."""
    return Case(
        request.applicant, ends, request.state, request.version, request.digest, request.chain, request.step
    )


def carried(request: Request, case: Case) -> Request:
    """The request with what became of its case."""
    return replace(
        request,
        applicant=case.applicant,
        state=case.state,
        version=case.version,
        digest=case.digest,
        chain=case.steps,
        step=case.at,
    )


def named(steps: Iterable[Step], name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)


def first_open(steps: Iterable[Step]) -> str:
    """The name of the first step that somebody has to decide; empty where none is left."""
    return next((step.name for step in steps if not passed(step)), "")


def with_step(steps: tuple[Step, ...], changed: Step) -> tuple[Step, ...]:
    """The steps with the one of that name as it is now."""
    return tuple(changed if step.name == changed.name else step for step in steps)


def added_seat(case: Case, person: str) -> Seat | None:
    """The seat that somebody was added to the waiting step with, once it is their turn."""
    step = case.waiting
    return next((seat for seat in asked(step) if seat.person == person), None) if step else None


def onward(case: Case, steps: tuple[Step, ...]) -> Case:
    """The case at the first step that is still open, or at its end."""
    following = first_open(steps)
    return replace(case, steps=steps, at=following, state=case.state if following else case.ends)


def mandatory(case: Case) -> frozenset[str]:
    """The names of the steps that the Measures ask for."""
    return frozenset(step.name for step in case.steps)


def taken(step: Step, seat: Seat, instead_of: Iterable[str] = ()) -> Step:
    """The step with this seat as its last; who had an open one `instead_of` it has it no more."""
    gone = {seat.person, *instead_of}
    kept = [s for s in step.seats if not (s.person in gone and _open(s) and s.group == seat.group)]
    lost = [closed(s) for s in step.seats if s not in kept and s.person != seat.person]
    return replace(step, seats=(*kept, *lost, seat))


def closing(step: Step, which: Callable[[Seat], bool]) -> Step:
    """The step with these open seats closed: 无需处理, never agreed."""
    if not any(_open(s) and which(s) for s in step.seats):
        return step
    return replace(step, seats=tuple(closed(s) if which(s) else s for s in step.seats))


def place_of(step: Step, person: str, principal: str) -> Seat:
    """The place by name that somebody has at a step, or whoever they stand in for; else a new one."""
    places = {s.person: s for s in step.given}
    return places.get(principal) or places.get(person) or Seat(person)


def given(step: Step, seat: Seat, instead_of: str) -> Step:
    """The step with this seat given by name: whoever had it before, or the role, has it no more."""
    mine = [s for s in step.given if s.person == instead_of] or step.given
    left = closing(step, lambda s: s in mine)
    return replace(left, seats=(*left.seats, seat))


def reopened(step: Step) -> Step:
    """The step with what its own seats decided struck: those who had one by name are asked anew. Where
    several decide together, all of them are, as the step is for them by then."""
    struck = tuple(replace(s, state=SeatState.STRUCK) if _decided(s) else s for s in step.seats)
    if step.way is not Way.ANY:
        return closing(replace(step, seats=struck), lambda s: s.how in OWN)
    anew = [_anew(s) for s in step.seats if _decided(s) and s.how in OWN[1:]]
    return replace(step, seats=(*struck, *anew))


def struck(step: Step, seat: Seat) -> Step:
    """The step with one decided seat struck, and asked anew where it was given by name."""
    seats = tuple(replace(s, state=SeatState.STRUCK) if s == seat else s for s in step.seats)
    anew = (_anew(seat),) if seat.how is not OWN[0] else ()
    return replace(step, seats=(*seats, *anew))


def closed(seat: Seat) -> Seat:
    return replace(seat, state=SeatState.CLOSED) if _open(seat) else seat


def _anew(seat: Seat) -> Seat:
    return Seat(seat.principal or seat.person, seat.how, seat.by, group=seat.group)


def _open(seat: Seat) -> bool:
    return seat.state is SeatState.OPEN


def _decided(seat: Seat) -> bool:
    return seat.state is SeatState.DECIDED and seat.how in OWN
