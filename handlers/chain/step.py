"""A case: the part of a request that operations change, and what its steps and seats say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from storage.records import Act, Request, Seat, SeatState, State, Step

PASSING = (Act.APPROVE, Act.ESCALATE)
"""Acts that let a request go on."""


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


def passed(step: Step) -> bool:
    """Whether nobody has to decide the step any more."""
    agreed = any(seat.state is SeatState.DECIDED and seat.act in PASSING for seat in step.seats)
    return bool(step.passed_by_rule) or agreed


def first_open(steps: Iterable[Step]) -> str:
    """The name of the first step that somebody has to decide; empty where none is left."""
    return next((step.name for step in steps if not passed(step)), "")


def with_step(steps: tuple[Step, ...], changed: Step) -> tuple[Step, ...]:
    """The steps with the one of that name as it is now."""
    return tuple(changed if step.name == changed.name else step for step in steps)


def decided(step: Step, seat: Seat) -> Step:
    """The step with this seat decided, and every other open one closed."""
    others = [s for s in step.seats if s.person != seat.person or s.state is not SeatState.OPEN]
    return replace(step, seats=(*map(_closed, others), seat))


def given(step: Step, seat: Seat) -> Step:
    """The step with this seat alone open: whoever had one before has it no more."""
    return replace(step, seats=(*map(_closed, step.seats), seat))


def ungiven(step: Step) -> Step:
    """The step with no seat given by name: it is open again to those whom it is for."""
    return replace(step, seats=tuple(map(_closed, step.seats)))


def _closed(seat: Seat) -> Seat:
    return replace(seat, state=SeatState.CLOSED) if seat.state is SeatState.OPEN else seat


def mandatory(case: Case) -> frozenset[str]:
    """The names of the steps that the Measures ask for."""
    return frozenset(step.name for step in case.steps)
