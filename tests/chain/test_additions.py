"""加签, 减签, 委派, 退回 to a step and 拿回: values in, values out, one rule of the catalogue each."""

import pytest

from handlers.chain.deciding import steps_back
from handlers.chain.operate import (
    Actor,
    Add,
    Consult,
    Decide,
    Drop,
    Law,
    Op,
    Opinion,
    Refusal,
    Reseat,
    TakeBack,
    Transfer,
    Why,
    operate,
)
from handlers.chain.quorum import asked, passed
from handlers.chain.step import Case, named
from storage.records import Act, State
from storage.steps import How, Place, SeatState, Way
from tests.chain.cases import ACTS, HE, LI, QIAN, SUN, WANG, WU, ZHAO, case, chain

EVERYBODY = (LI, SUN, WANG, WU, ZHAO, QIAN, HE)
YES, NO = Decide(Act.APPROVE), Decide(Act.RETURN, "请补主语")
AT_WANG = case(chain(reviewed=False))
"""First the first-responsible person 王, and nobody after."""


def law(of: Case, *holders: str, recent: bool = True) -> Law:
    return Law(
        dict.fromkeys(holders, ""), (WANG, WU), ACTS, (of.at, of.version), staff=EVERYBODY, recent=recent
    )


def played(of: Case, *acts: tuple[str, Op]) -> Case:
    """王 holds the step as long as it is for its role."""
    for by, op in acts:
        after = operate(of, op, Actor(by), law(of, WANG))
        assert isinstance(after, Case), (by, op, after)
        of = after
    return of


def refused(of: Case, by: str, op: Op, given: Law | None = None) -> Why:
    after = operate(of, op, Actor(by), given or law(of, WANG))
    assert isinstance(after, Refusal), after
    return after.why


def states(of: Case, step: str = "responsible") -> dict[str, SeatState]:
    there = named(of.steps, step)
    assert there is not None
    return {seat.person: seat.state for seat in there.seats}


OPEN, DECIDED, CLOSED, STRUCK = SeatState.OPEN, SeatState.DECIDED, SeatState.CLOSED, SeatState.STRUCK


def test_the_holder_cannot_agree_while_somebody_asked_before_them_has_not_answered() -> None:
    asked_before = played(AT_WANG, (WANG, Add((SUN,))))

    assert refused(asked_before, WANG, YES) is Why.WAITS
    assert played(asked_before, (SUN, YES), (WANG, YES)).state is State.AWAITING_PUBLISH


def test_the_holder_may_still_say_no_and_nobody_else_is_asked_any_more() -> None:
    after = played(AT_WANG, (WANG, Add((SUN, HE))), (SUN, YES), (WANG, NO))

    assert after.state is State.RETURNED
    assert states(after) == {SUN: DECIDED, HE: CLOSED, WANG: DECIDED}


@pytest.mark.parametrize("place", [Place.BEFORE, Place.BESIDE])
def test_a_refusal_by_an_addition_goes_back_to_the_holder_who_decides(place: Place) -> None:
    after = played(AT_WANG, (WANG, Add((SUN, HE), place)), (SUN, NO))

    assert (after.state, after.at, states(after)[HE]) == (State.IN_REVIEW, "responsible", CLOSED)
    assert played(after, (WANG, YES)).state is State.AWAITING_PUBLISH


def test_beside_the_holder_all_decide_together_in_whatever_order() -> None:
    beside = played(AT_WANG, (WANG, Add((SUN,), Place.BESIDE)))

    assert played(beside, (WANG, YES)).state is State.IN_REVIEW
    assert played(beside, (WANG, YES), (SUN, YES)).state is State.AWAITING_PUBLISH
    assert played(beside, (SUN, YES), (WANG, YES)).state is State.AWAITING_PUBLISH


def test_a_refusal_beside_a_holder_who_had_agreed_asks_the_holder_again() -> None:
    after = played(AT_WANG, (WANG, Add((SUN,), Place.BESIDE)), (WANG, YES), (SUN, NO))

    assert (after.state, states(after)[WANG]) == (State.IN_REVIEW, STRUCK)
    assert played(after, (WANG, YES)).state is State.AWAITING_PUBLISH


def test_after_the_holder_the_added_are_asked_once_they_have_agreed() -> None:
    later = played(AT_WANG, (WANG, Add((SUN,), Place.AFTER)))
    step = named(later.steps, "responsible")

    assert step is not None
    assert asked(step) == ()
    assert refused(later, SUN, YES) is Why.NOT_YOURS
    assert played(later, (WANG, YES)).state is State.IN_REVIEW
    assert played(later, (WANG, YES), (SUN, YES)).state is State.AWAITING_PUBLISH


@pytest.mark.parametrize(("act", "state"), [(Act.RETURN, State.RETURNED), (Act.REJECT, State.REJECTED)])
def test_a_refusal_after_the_holder_ends_the_step_like_their_own(act: Act, state: State) -> None:
    after = played(AT_WANG, (WANG, Add((SUN, HE), Place.AFTER)), (WANG, YES), (SUN, Decide(act, "不行")))

    assert (after.state, states(after)[HE]) == (state, CLOSED)


@pytest.mark.parametrize(
    ("way", "need", "votes", "open_"),
    [
        (Way.ALL, 0, "y", {HE, WU}),
        (Way.ALL, 0, "yn", set()),
        (Way.ALL, 0, "yyy", set()),
        (Way.ANY, 0, "y", set()),
        (Way.ANY, 0, "n", set()),
        (Way.VOTE, 2, "yn", {WU}),
        (Way.VOTE, 2, "yy", set()),
        (Way.VOTE, 2, "nn", set()),
        (Way.TURN, 0, "y", {HE, WU}),
    ],
)
def test_how_the_added_decide_among_themselves(way: Way, need: int, votes: str, open_: set[str]) -> None:
    group = (SUN, HE, WU)
    cast = [(who, YES if vote == "y" else NO) for who, vote in zip(group, votes, strict=False)]
    after = played(AT_WANG, (WANG, Add(group, Place.BEFORE, way, need)), *cast)

    assert {who for who, state in states(after).items() if state is OPEN} == open_
    assert after.state is State.IN_REVIEW


def test_one_after_the_other_only_the_first_may_act() -> None:
    turns = played(AT_WANG, (WANG, Add((SUN, HE), way=Way.TURN)))

    assert refused(turns, HE, YES) is Why.NOT_YOURS
    assert played(turns, (SUN, YES), (HE, YES), (WANG, YES)).state is State.AWAITING_PUBLISH


@pytest.mark.parametrize("place", Place)
def test_nothing_passes_because_all_who_were_added_are_gone(place: Place) -> None:
    agreed = [(WANG, YES)] if place is not Place.BEFORE else []
    waits = played(AT_WANG, (WANG, Add((SUN,), place)), *agreed)
    after = operate(waits, Reseat("孙 left", (SUN,)), Actor(), Law())

    assert isinstance(after, Case)
    assert (after.state, after.at) == (State.IN_REVIEW, "responsible")
    assert played(after, (WANG, YES)).state is State.AWAITING_PUBLISH


def test_dropping_ones_addition_asks_the_holder_again() -> None:
    waits = played(AT_WANG, (WANG, Add((SUN,), Place.BESIDE)), (WANG, YES))
    after = played(waits, (WANG, Drop(SUN)))

    assert (after.state, states(after)) == (State.IN_REVIEW, {SUN: CLOSED, WANG: STRUCK})


@pytest.mark.parametrize(
    ("by", "op", "why"),
    [
        (WANG, Add((LI,)), Why.UNFIT),
        (WANG, Add((WANG,)), Why.UNFIT),
        (WANG, Add(("学生",)), Why.UNFIT),
        (WANG, Add(()), Why.UNFIT),
        (SUN, Add((HE,)), Why.NOT_YOURS),
        (WANG, Add((SUN, HE), way=Way.VOTE, need=3), Why.NO_STEP),
        (WANG, Consult(LI), Why.UNFIT),
        (WANG, Drop(SUN), Why.NOT_YOURS),
        (SUN, Opinion("好"), Why.NOT_YOURS),
        (WANG, Decide(Act.RETURN, "重来", to="review"), Why.NO_STEP),
    ],
)
def test_what_cannot_be_added_dropped_or_said(by: str, op: Op, why: Why) -> None:
    assert refused(AT_WANG, by, op) is why


def test_the_same_person_twice_in_one_step_is_one_seat() -> None:
    after = played(AT_WANG, (WANG, Add((SUN, SUN))))

    assert len(after.steps[0].seats) == 1
    assert refused(after, WANG, Add((SUN, HE))) is Why.UNFIT
    assert refused(after, WANG, Transfer(SUN)) is Why.UNFIT


def test_an_opinion_decides_nothing_and_comes_too_late_once_the_holder_has_decided() -> None:
    consulted = played(AT_WANG, (WANG, Consult(SUN, "是否涉外")))
    given = played(consulted, (SUN, Opinion("不涉外")))

    assert (given.state, given.at, states(given)) == (State.IN_REVIEW, "responsible", {SUN: DECIDED})
    assert states(played(consulted, (WANG, YES)))[SUN] is CLOSED
    assert refused(played(consulted, (WANG, YES)), SUN, Opinion("不涉外")) is Why.STATE


LONG = case(chain(necessary=("涉外",)))
AT_CENTRE = LONG
for who in (SUN, WANG):
    through = operate(AT_CENTRE, YES, Actor(who), law(AT_CENTRE, who))
    assert isinstance(through, Case)
    AT_CENTRE = through


def centre(of: Case, op: Op) -> Case:
    after = operate(of, op, Actor(ZHAO), law(of, ZHAO))
    assert isinstance(after, Case), after
    return after


def test_a_return_to_a_step_strikes_what_was_decided_from_there_on() -> None:
    after = centre(AT_CENTRE, Decide(Act.RETURN, "再审", to="review"))

    assert steps_back(AT_CENTRE) == ("review", "responsible")
    assert (after.state, after.at, after.version) == (State.IN_REVIEW, "review", 1)
    assert (states(after, "review"), states(after)) == ({SUN: STRUCK}, {WANG: STRUCK})
    again = operate(after, YES, Actor(SUN), law(after, SUN))
    assert isinstance(again, Case)
    assert again.at == "responsible"


def test_straight_back_leaves_what_was_decided_between() -> None:
    after = centre(AT_CENTRE, Decide(Act.RETURN, "再审", to="review", direct=True))
    again = operate(after, YES, Actor(SUN), law(after, SUN))

    assert isinstance(again, Case)
    assert (again.at, states(again)) == ("centre", {WANG: DECIDED})


def test_ones_last_decision_is_taken_back_while_nobody_has_decided_since() -> None:
    at_wang = operate(LONG, YES, Actor(SUN), law(LONG, SUN))
    assert isinstance(at_wang, Case)
    back = played(at_wang, (SUN, TakeBack()))

    assert (back.at, states(back, "review")) == ("review", {SUN: STRUCK})
    assert refused(AT_CENTRE, SUN, TakeBack()) is Why.NOT_YOURS
    assert refused(at_wang, SUN, TakeBack(), law(at_wang, WANG, recent=False)) is Why.LATE


def test_the_last_steps_decision_is_taken_back_until_the_receipt_and_it_may_go_out_no_more() -> None:
    done = centre(AT_CENTRE, YES)
    back = centre(done, TakeBack())

    assert (done.state, back.state, back.at) == (State.AWAITING_PUBLISH, State.IN_REVIEW, "centre")
    assert not passed(back.steps[-1])


def test_whom_a_step_was_handed_to_is_asked_again_when_they_take_it_back() -> None:
    handed = played(AT_WANG, (WANG, Transfer(WU)))
    agreed = operate(handed, YES, Actor(WU), law(handed, WU))
    assert isinstance(agreed, Case)
    back = operate(agreed, TakeBack(), Actor(WU), law(agreed, WU))

    assert isinstance(back, Case)
    assert [(s.person, s.how, s.state) for s in back.steps[0].seats] == [
        (WU, How.TRANSFER, STRUCK),
        (WU, How.TRANSFER, OPEN),
    ]
