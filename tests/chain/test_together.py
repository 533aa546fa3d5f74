"""A step that all whom its role has decide together: 会签, 票签, 依次 by role."""

from dataclasses import replace

import pytest

from handlers.chain.operate import (
    Actor,
    Assign,
    Convene,
    Decide,
    Law,
    Op,
    Refusal,
    Reseat,
    TakeBack,
    Why,
    operate,
)
from handlers.chain.step import Case
from storage.records import Act, State
from storage.steps import SeatState, Way
from tests.chain.cases import ACTS, HE, QIAN, SUN, WANG, ZHAO, case, chain, together

AGREE, REFUSE, BACK = Decide(Act.APPROVE), Decide(Act.REJECT, "不妥"), Decide(Act.RETURN, "请改")


def reviewed(way: Way, need: int = 1) -> Case:
    """What waits for its review, which these reviewers decide together."""
    return case(together(chain(), {"review": way}, need))


def law(at: Case, *roll: str, peers: tuple[str, ...] = (), steward: bool = False) -> Law:
    """As the directory has the reviewers: whose turn it is follows from the places."""
    places = [seat.person for seat in at.waiting.given] if at.waiting else []
    turn = places[:1] if at.waiting and at.waiting.way is Way.TURN else places
    return Law(
        dict.fromkeys(turn, ""), peers or roll, ACTS, (at.at, at.version), roll=roll, recent=True,
        steward=steward,
    )  # fmt: skip


def after(at: Case, *done: tuple[str, Op], roll: tuple[str, ...] = (SUN, HE, QIAN)) -> Case:
    for person, op in done:
        result = operate(at, op, Actor(person), law(at, *roll))
        assert isinstance(result, Case), (person, op, result)
        at = result
    return at


def convened(way: Way, *roll: str, need: int = 1) -> Case:
    return after(reviewed(way, need), ("", Convene(roll)), roll=roll)


def places(at: Case, step: str = "review") -> dict[str, SeatState]:
    return {seat.person: seat.state for one in at.steps if one.name == step for seat in one.seats}


def test_nobody_decides_before_all_are_named_and_only_the_bot_names_them() -> None:
    waits = reviewed(Way.ALL)
    alone = Law({SUN: ""}, (SUN, HE), ACTS, ("review", 1), roll=(SUN, HE))

    assert operate(waits, AGREE, Actor(SUN), alone) == Refusal(Why.NOT_YOURS)
    assert operate(waits, Convene((SUN, HE)), Actor(SUN), alone) == Refusal(Why.UNFIT)
    assert operate(waits, Convene((SUN,)), Actor(), alone) == Refusal(Why.UNFIT)
    assert operate(reviewed(Way.ANY), Convene((SUN, HE)), Actor(), alone) == Refusal(Why.STATE)


def test_all_must_agree_and_in_turn_one_after_the_other() -> None:
    half = after(convened(Way.ALL, SUN, HE), (HE, AGREE))

    assert (half.at, places(half)) == ("review", {SUN: SeatState.OPEN, HE: SeatState.DECIDED})
    assert operate(half, AGREE, Actor(HE), law(half)) == Refusal(Why.NOT_YOURS)
    assert after(half, (SUN, AGREE)).at == "responsible"

    turn = convened(Way.TURN, SUN, HE)

    assert operate(turn, AGREE, Actor(HE), law(turn)) == Refusal(Why.NOT_YOURS)
    assert after(turn, (SUN, AGREE), (HE, AGREE)).at == "responsible"


@pytest.mark.parametrize(("op", "state"), [(REFUSE, State.REJECTED), (BACK, State.RETURNED)])
def test_one_refusal_ends_it_at_once_and_open_places_close(op: Decide, state: State) -> None:
    ended = after(convened(Way.ALL, SUN, HE, QIAN), (SUN, AGREE), (HE, op))

    assert ended.state is state
    assert places(ended) == {SUN: SeatState.DECIDED, HE: SeatState.DECIDED, QIAN: SeatState.CLOSED}


def test_votes_pass_with_as_many_as_must_agree_and_end_once_that_cannot_be_reached() -> None:
    voted = convened(Way.VOTE, SUN, HE, QIAN, need=2)
    passed = after(voted, (SUN, REFUSE), (HE, AGREE), (QIAN, AGREE))
    early = after(voted, (SUN, AGREE), (HE, AGREE))

    assert (passed.at, early.at, places(early)[QIAN]) == ("responsible", "responsible", SeatState.CLOSED)
    assert after(voted, (SUN, BACK)).state is State.IN_REVIEW
    assert after(voted, (SUN, BACK), (HE, REFUSE)).state is State.REJECTED


def test_fewer_than_must_agree_are_not_named() -> None:
    waits = reviewed(Way.VOTE, 2)

    assert operate(waits, Convene((SUN,)), Actor(), law(waits, SUN)) == Refusal(Why.NO_STEP)
    assert operate(waits, Convene(()), Actor(), law(waits)) == Refusal(Why.NO_STEP)


@pytest.mark.parametrize(
    ("way", "need", "done", "anew"),
    [
        (Way.ALL, 1, ((SUN, AGREE),), False),  # QIAN has still to decide
        (Way.ALL, 1, ((SUN, AGREE), (QIAN, AGREE)), True),  # would pass by the loss alone
        (Way.VOTE, 2, ((SUN, AGREE),), False),
        (Way.VOTE, 3, (), True),  # three are no more
        (Way.VOTE, 2, ((SUN, AGREE), (QIAN, REFUSE)), True),  # would end by the loss alone
        (Way.TURN, 1, (), False),
    ],
)
def test_who_loses_the_role_loses_the_place_and_nothing_passes_or_ends_by_that(
    way: Way, need: int, done: tuple[tuple[str, Op], ...], anew: bool
) -> None:
    before = after(convened(way, SUN, HE, QIAN, need=need), *done)
    left = operate(before, Reseat("何 lost the role", (HE,)), Actor(), law(before, peers=(SUN, QIAN)))

    assert isinstance(left, Case)
    assert (left.at, left.state, left.waiting is not None) == ("review", State.IN_REVIEW, True)
    assert places(left)[HE] is SeatState.CLOSED
    assert left.waiting is not None
    assert left.waiting.convenes is anew


def test_what_settled_it_may_be_taken_back_and_all_are_asked_anew() -> None:
    for done in (((HE, BACK),), ((HE, AGREE), (SUN, AGREE))):
        settled = after(convened(Way.ALL, SUN, HE), *done)
        again = after(settled, (done[-1][0], TakeBack()))

        assert (again.at, again.state) == ("review", State.IN_REVIEW)
        assert again.waiting is not None
        assert again.waiting.convenes

    half = after(convened(Way.ALL, SUN, HE), (HE, AGREE))

    assert [seat.person for seat in after(half, (HE, TakeBack())).waiting.given] == [SUN, HE]  # type: ignore[union-attr]


def test_a_proxy_has_the_place_of_one_and_no_second_vote() -> None:
    waits = convened(Way.ALL, SUN, HE)
    for_sun = replace(law(waits), holders={SUN: "", HE: "", ZHAO: SUN})
    half = operate(waits, AGREE, Actor(ZHAO, SUN), for_sun)

    assert isinstance(half, Case)
    assert places(half) == {SUN: SeatState.CLOSED, HE: SeatState.OPEN, ZHAO: SeatState.DECIDED}

    for_he = replace(law(half), holders={HE: "", ZHAO: HE})
    each_other = replace(law(waits), holders={SUN: "", HE: SUN})

    assert operate(half, AGREE, Actor(ZHAO, HE), for_he) == Refusal(Why.NOT_YOURS)
    assert operate(waits, AGREE, Actor(HE, SUN), each_other) == Refusal(Why.NOT_YOURS)
    assert after(half, (HE, AGREE)).at == "responsible"


def test_nobody_is_put_in_the_place_of_all() -> None:
    waits = convened(Way.ALL, SUN, HE)
    judged = law(waits, peers=(SUN, HE, WANG), steward=True)

    assert operate(waits, Assign(WANG, "出差"), Actor(QIAN), judged) == Refusal(Why.NO_STEP)

    given = operate(waits, Assign(WANG, "出差", instead_of=HE), Actor(QIAN), judged)

    assert isinstance(given, Case)
    assert [seat.person for seat in given.waiting.given] == [SUN, WANG]  # type: ignore[union-attr]
