"""What nobody has to decide: on record at once, its applicant's alone, and replayed as everything is."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from handlers.chain.matter import Saying
from handlers.chain.operate import (
    Actor,
    Assign,
    Decide,
    Law,
    Op,
    Pause,
    Receipt,
    Refusal,
    Revise,
    Say,
    Stop,
    Submit,
    Supply,
    TakeBack,
    TurnBack,
    Urge,
    Void,
    Withdraw,
    begin,
    data_of,
    operate,
)
from handlers.chain.replay import replay
from storage.records import Act, State, TrailEntry
from tests.chain.cases import HE, LI, QIAN

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
OPS = (
    *(Revise((), "d2"), Revise((), "d3"), Withdraw(), Stop(), Urge(), Receipt(), TakeBack()),
    *(Decide(Act.APPROVE), Supply("d4"), Supply("d5", beside=True), Assign(HE, "查")),
    *(Pause("查"), TurnBack("查"), Void("查"), Say(Saying.CC, "", (HE,)), Say(Saying.COMMENT, "一句话")),
)
FOLLOWED = {Revise: State.RECORDED, Withdraw: State.WITHDRAWN, Stop: State.STOPPED}


@given(st.lists(st.tuples(st.sampled_from(OPS), st.sampled_from((LI, QIAN, HE, ""))), max_size=8))
def test_only_its_applicant_changes_it_and_the_trail_says_all(done: list[tuple[Op, str]]) -> None:
    submitted = Submit((), "d1", State.RECORDED)
    case = begin(submitted, Actor(LI))
    trail = [TrailEntry("GR-2026-0001", 1, AT, LI, "submit", data=data_of(submitted, ""))]
    for op, by in done:
        law = Law({by: ""}, (by,), shown=("", case.version), steward=True, centre=True, involved=True)
        after = operate(case, op, Actor(by), law)
        if isinstance(after, Refusal):
            continue
        assert case.state is State.RECORDED
        assert by == LI or (isinstance(op, Withdraw) and by == "")
        assert after.state is FOLLOWED[type(op)]
        case = after
        trail.append(TrailEntry("GR-2026-0001", len(trail) + 1, AT, by, "act", data=data_of(op, "")))
    assert case.applicant == LI
    assert replay(trail) == case
