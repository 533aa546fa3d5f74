"""How several seats decide: 或签, 会签, 票签, 依次, and what that makes of a step."""

from collections.abc import Sequence
from enum import StrEnum

from storage.records import PASSING
from storage.steps import OWN, Addition, How, Place, Seat, SeatState, Step, Way


class Result(StrEnum):
    """What seats have decided together; `gone` where nobody is left who could."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    GONE = "gone"


def tally(seats: Sequence[Seat], way: Way, need: int = 0) -> Result:
    """What these seats have decided; a missing vote is open, not a refusal."""
    cast = [seat.act in PASSING for seat in seats if seat.state is SeatState.DECIDED]
    waits = sum(seat.state is SeatState.OPEN for seat in seats)
    if not cast and not waits:
        return Result.GONE
    if way is Way.ANY:
        return _as(cast[0]) if cast else Result.OPEN
    if way is Way.VOTE:
        if sum(cast) >= need:
            return Result.AGREED
        if sum(cast) + waits < need:
            return Result.REFUSED if cast else Result.GONE
        return Result.OPEN
    if not all(cast):
        return Result.REFUSED
    return Result.OPEN if waits else Result.AGREED


def _as(agreed: bool) -> Result:
    return Result.AGREED if agreed else Result.REFUSED


def own(step: Step) -> Result:
    """What the step's own seats have decided: open to its role where nobody has a place by name."""
    result = of_places(step) if step.seats else Result.GONE
    return Result.OPEN if result is Result.GONE else result


def of_places(step: Step) -> Result:
    """As `own`, `gone` where those who have a place by name cannot settle it."""
    return tally([seat for seat in step.seats if seat.how in OWN], step.way, step.need)


def of_addition(step: Step, addition: Addition) -> Result:
    return tally([s for s in step.seats if s.group == addition.name], addition.way, addition.need)


def passed(step: Step) -> bool:
    """Whether nobody has to decide the step any more."""
    if step.passed_by_rule or own(step) is not Result.AGREED:
        return bool(step.passed_by_rule)
    return not any(of_addition(step, addition) is Result.OPEN for addition in step.additions)


def waits_before(step: Step) -> bool:
    """Whether somebody who was added is still asked before the holder may agree."""
    before = [one for one in step.additions if one.place is Place.BEFORE]
    return any(of_addition(step, one) is Result.OPEN for one in before)


def answered(before: Step, after: Step) -> bool:
    """Whether people who were added have answered the holder: all whom they waited for, or with a refusal."""
    results = [(one, of_addition(after, one)) for one in before.additions]
    told = [one for one, result in results if _tells(one, result)]
    return any(of_addition(before, one) is Result.OPEN for one in told) and not waits_before(after)


def _tells(one: Addition, result: Result) -> bool:
    return result is Result.REFUSED or (result is Result.AGREED and one.place is Place.BEFORE)


def asked(step: Step) -> tuple[Seat, ...]:
    """The added seats whose turn it is."""
    return tuple(seat for one in step.additions for seat in _turn(step, one))


def added(step: Step, person: str) -> Addition | None:
    """By which addition it is somebody's turn at the step, if by any."""
    group = next((seat.group for seat in asked(step) if seat.person == person), "")
    return next((one for one in step.additions if one.name == group), None)


def _turn(step: Step, addition: Addition) -> Sequence[Seat]:
    if addition.place is Place.AFTER and own(step) is not Result.AGREED:
        return ()
    waits = [s for s in step.seats if s.group == addition.name and s.state is SeatState.OPEN]
    return waits[:1] if addition.way is Way.TURN else waits


def own_turn(step: Step) -> tuple[Seat, ...]:
    """The step's own seats by name whose turn it is; none where its role may decide it."""
    return step.given[:1] if step.way is Way.TURN else step.given


def consulted(step: Step) -> tuple[Seat, ...]:
    """Those who were asked for an opinion and have not given it."""
    return tuple(s for s in step.seats if s.how is How.CONSULTED and s.state is SeatState.OPEN)
