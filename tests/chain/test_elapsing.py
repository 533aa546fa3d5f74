"""A step is passed by the clock alone, once its time is over, and never as the last."""

from datetime import UTC, datetime

from handlers.chain.operate import (
    Actor,
    Elapse,
    Law,
    Op,
    Refusal,
    Submit,
    Unanswered,
    Why,
    begin,
    data_of,
    operate,
)
from handlers.chain.replay import replay
from handlers.chain.step import Case
from storage.records import State, TrailEntry
from storage.steps import Seat, SeatState, Step, StepRole, Verb

AT = datetime(2026, 12, 8, tzinfo=UTC)
STEPS = (
    Step("opinion", StepRole.FIRST_RESPONSIBLE, Verb.SPEAK, "第十二条", seats=(Seat("2101"),)),
    Step("final", StepRole.MEDIA_CENTER, Verb.SETTLE, "第十二条"),
)
CASE: Case = begin(Submit(STEPS, "d1", State.RECORDED), Actor(""))
OP = Elapse("期满未提意见")


def tried(case: Case, by: str = "", *, elapsed: bool = True) -> Case | Refusal:
    return operate(case, OP, Actor(by), Law(elapsed=elapsed))


def test_the_next_step_goes_on_and_the_one_before_says_why() -> None:
    after = tried(CASE)

    assert isinstance(after, Case)
    assert (after.state, after.at, after.digest) == (State.IN_REVIEW, "final", "d1")
    assert after.steps[0].passed_by_rule == "期满未提意见"
    assert [seat.state for seat in after.steps[0].seats] == [SeatState.CLOSED]


def test_neither_a_person_nor_too_early_nor_the_last() -> None:
    assert tried(CASE, "1101") == Refusal(Why.NOT_YOURS)
    assert tried(CASE, elapsed=False) == Refusal(Why.WAITS)
    after = tried(CASE)
    assert isinstance(after, Case)
    assert tried(after) == Refusal(Why.WAITS)


def test_the_trail_keeps_it() -> None:
    ops: tuple[Submit | Op, ...] = (Submit(STEPS, "d1", State.RECORDED), OP)
    told = [TrailEntry("DC-2026-0001", n, AT, "", "", data=data_of(op, "")) for n, op in enumerate(ops)]

    assert replay(told) == tried(CASE)


LATE = Unanswered("一直没有回复")


def further(by: str, op: Unanswered = LATE, *, centre: bool = True, elapsed: bool = True) -> Case | Refusal:
    return operate(CASE, op, Actor(by), Law({"2101": ""}, centre=centre, elapsed=elapsed))


def test_going_further_is_a_named_decision_of_the_centre_once_the_time_is_over() -> None:
    after = further("1102")

    assert isinstance(after, Case)
    assert (after.state, after.waiting) == (State.REJECTED, None)
    assert [seat.state for seat in after.steps[0].seats] == [SeatState.CLOSED]
    assert further("1102", elapsed=False) == Refusal(Why.WAITS)
    assert further("1102", Unanswered("")) == Refusal(Why.REASON)
    assert {str(further(by)) for by in ("", "2101")} == {str(Refusal(Why.NOT_YOURS))}
    assert further("1102", centre=False) == Refusal(Why.NOT_YOURS)
