"""What each operation makes of a case, and why it is refused: values in, values out."""

from dataclasses import replace

import pytest

from handlers.chain.operate import (
    Actor,
    Decide,
    End,
    Law,
    Op,
    Receipt,
    Refusal,
    Reseat,
    Revise,
    Stop,
    Submit,
    Transfer,
    Urge,
    Why,
    Withdraw,
    begin,
    operate,
)
from handlers.chain.quorum import passed
from handlers.chain.step import Case
from storage.records import Act, State
from storage.steps import How, Seat, SeatState
from tests.chain.cases import HE, LI, QIAN, SUN, WANG, WU, case, chain, law

APPROVE, ESCALATE = Decide(Act.APPROVE), Decide(Act.ESCALATE, "拿不准")
RETURN, REJECT = Decide(Act.RETURN, "请补主语"), Decide(Act.REJECT, "不宜")


def done(of: Case, op: Op, by: str, given: Law | None = None) -> Case:
    after = operate(of, op, Actor(by), given or law(of, by))
    assert isinstance(after, Case), after
    return after


REVIEWED = done(case(chain()), APPROVE, SUN)
WITH_CENTRE = done(done(case(chain(necessary=("涉外",))), APPROVE, SUN), APPROVE, WANG)
RETURNED = done(REVIEWED, RETURN, WANG)
PASSED = done(REVIEWED, APPROVE, WANG)
ON_RECORD = begin(Submit((), "d1", State.RECORDED), Actor(LI))
"""Nobody had to decide it."""
HANDED = done(REVIEWED, Transfer(WU), WANG, law(REVIEWED, WANG, peers=(WU,)))


@pytest.mark.parametrize(
    ("of", "op", "by", "after"),
    [
        (case(chain()), APPROVE, SUN, (State.IN_REVIEW, "responsible")),
        (case(chain(own=True)), APPROVE, SUN, (State.IN_REVIEW, "centre")),
        (case(chain(reviewed=False)), APPROVE, WANG, (State.AWAITING_PUBLISH, "")),
        (REVIEWED, APPROVE, WANG, (State.AWAITING_PUBLISH, "")),
        (REVIEWED, ESCALATE, WANG, (State.IN_REVIEW, "centre")),
        (WITH_CENTRE, APPROVE, QIAN, (State.AWAITING_PUBLISH, "")),
        (REVIEWED, RETURN, WANG, (State.RETURNED, "responsible")),
        (REVIEWED, REJECT, WANG, (State.REJECTED, "responsible")),
        (REVIEWED, Withdraw(), LI, (State.WITHDRAWN, "responsible")),
        (REVIEWED, Urge(), LI, (State.IN_REVIEW, "responsible")),
        (PASSED, Receipt(), LI, (State.PUBLISHED, "")),
        (PASSED, Withdraw(), LI, (State.WITHDRAWN, "")),
        (RETURNED, Revise(chain(), "d2"), LI, (State.IN_REVIEW, "review")),
        (ON_RECORD, Revise((), "d2"), LI, (State.RECORDED, "")),
        (ON_RECORD, Withdraw(), LI, (State.WITHDRAWN, "")),
        (ON_RECORD, Withdraw(), "", (State.WITHDRAWN, "")),
        (ON_RECORD, Stop(), LI, (State.STOPPED, "")),
    ],
)
def test_where_an_operation_leads(of: Case, op: Op, by: str, after: tuple[State, str]) -> None:
    moved = done(of, op, by)

    assert (moved.state, moved.at) == after


@pytest.mark.parametrize(
    ("of", "op", "by", "given", "why"),
    [
        (ON_RECORD, Withdraw(), WANG, Law(), Why.NOT_YOURS),
        (ON_RECORD, End(), LI, Law(), Why.NOT_YOURS),
        (PASSED, End(), LI, Law(centre=True), Why.STATE),
        (ON_RECORD, Revise((), "d2"), "", Law(), Why.NOT_YOURS),
        (ON_RECORD, Urge(), LI, Law(), Why.STATE),
        (PASSED, Withdraw(), "", Law(), Why.NOT_YOURS),
        (REVIEWED, APPROVE, HE, law(REVIEWED, WANG), Why.NOT_YOURS),
        (REVIEWED, APPROVE, LI, law(REVIEWED, WANG, LI), Why.OWN),
        (REVIEWED, APPROVE, WANG, replace(law(REVIEWED, WANG), shown=("responsible", 0)), Why.NOT_SHOWN),
        (REVIEWED, APPROVE, WANG, replace(law(REVIEWED, WANG), shown=("review", 1)), Why.NOT_SHOWN),
        (REVIEWED, APPROVE, WANG, replace(law(REVIEWED, WANG), shown=None), Why.NOT_SHOWN),
        (REVIEWED, APPROVE, WANG, law(REVIEWED, WANG, obstacle="已停止运行"), Why.IMPOSSIBLE),
        (REVIEWED, ESCALATE, WANG, law(REVIEWED, WANG, obstacle="已停止运行"), Why.IMPOSSIBLE),
        (REVIEWED, Decide(Act.RETURN), WANG, law(REVIEWED, WANG), Why.REASON),
        (case(chain()), ESCALATE, SUN, law(case(chain()), SUN), Why.NOT_HERE),
        (PASSED, APPROVE, WANG, law(PASSED, WANG), Why.STATE),
        (PASSED, Transfer(WU), WANG, law(PASSED, WANG, peers=(WU,)), Why.STATE),
        (REVIEWED, Transfer(HE), WANG, law(REVIEWED, WANG, peers=(WU,)), Why.UNFIT),
        (REVIEWED, Transfer(LI), WANG, law(REVIEWED, WANG, peers=(LI,)), Why.UNFIT),
        (REVIEWED, Transfer(SUN), WANG, law(REVIEWED, WANG, peers=(SUN,)), Why.UNFIT),
        (REVIEWED, Transfer(WU), HE, law(REVIEWED, WANG, peers=(WU,)), Why.NOT_YOURS),
        (REVIEWED, Withdraw(), WANG, Law(), Why.NOT_YOURS),
        (REVIEWED, Withdraw(), WANG, Law(heirs=(WANG,)), Why.NOT_YOURS),
        (REVIEWED, Receipt(), LI, Law(), Why.STATE),
        (RETURNED, Urge(), LI, Law(), Why.STATE),
        (REVIEWED, Reseat("left"), "", Law(), Why.STATE),
        (HANDED, Reseat("left"), "", Law(peers=(WU,)), Why.STATE),
    ],
)
def test_why_an_operation_is_refused(of: Case, op: Op, by: str, given: Law, why: Why) -> None:
    refused = operate(of, op, Actor(by), given)

    assert isinstance(refused, Refusal)
    assert refused.why is why


def test_who_stands_for_an_applicant_that_left_acts_as_they_would_and_owns_what_they_revise() -> None:
    stands, given = Actor(WU, LI), Law(heirs=(WU,))
    taken, revised = (operate(RETURNED, op, stands, given) for op in (Withdraw(), Revise(chain(), "d2")))

    assert isinstance(taken, Case)
    assert isinstance(revised, Case)
    assert (taken.state, taken.applicant) == (State.WITHDRAWN, LI)
    assert (revised.state, revised.applicant) == (State.IN_REVIEW, WU)
    assert isinstance(operate(RETURNED, Withdraw(), stands, Law()), Refusal)


def test_any_of_the_centre_ends_what_it_has_put_on_record() -> None:
    ended = operate(ON_RECORD, End("改期"), Actor(QIAN), Law(centre=True))

    assert isinstance(ended, Case)
    assert ended.state is State.WITHDRAWN


@pytest.mark.parametrize("op", [RETURN, REJECT])
def test_what_stands_in_the_way_keeps_nobody_from_saying_no(op: Decide) -> None:
    blocked = law(REVIEWED, WANG, obstacle="已停止运行")

    assert isinstance(operate(REVIEWED, op, Actor(WANG), blocked), Case)


def test_a_decision_is_a_seat_on_the_digest_it_was_about() -> None:
    after = operate(REVIEWED, APPROVE, Actor(WU, WANG), law(REVIEWED, WU))

    assert isinstance(after, Case)
    assert after.steps[1].seats == (
        Seat(WU, principal=WANG, state=SeatState.DECIDED, act="approve", digest="d1"),
    )


def test_who_hands_a_step_over_may_decide_it_no_more() -> None:
    back = done(HANDED, Transfer(WANG), WU, law(HANDED, WU, peers=(WANG,)))
    step = back.steps[1]

    assert HANDED.steps[1].given == (Seat(WU, How.TRANSFER, by=WANG),)
    assert (step.given, step.seats[0].state) == ((Seat(WANG, How.TRANSFER, by=WU),), SeatState.CLOSED)


@pytest.mark.parametrize("by", ["", "cli:root"])
def test_a_lapsed_seat_leaves_the_step_to_those_whom_it_is_for(by: str) -> None:
    after = operate(HANDED, Reseat("吴 left"), Actor(by), Law(peers=(WANG,)))

    assert isinstance(after, Case)
    assert (after.steps[1].given, passed(after.steps[1]), after.at) == ((), False, "responsible")
