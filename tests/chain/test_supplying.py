"""A step that asks for answers: who was added there, who supplies for another, and what goes back where."""

from dataclasses import replace

import pytest

from handlers.chain.operate import (
    Actor,
    Add,
    Decide,
    Law,
    Op,
    Refusal,
    Submit,
    Supply,
    TakeBack,
    Transfer,
    TurnBack,
    Why,
    begin,
    operate,
)
from handlers.chain.step import Case, named
from storage.records import Act, State
from storage.steps import How, Place, SeatState, Step, StepRole, Verb
from tests.chain.cases import LI, QIAN, SUN, WANG, WU, ZHAO

ACTS = {"fill": (Act.SUPPLY,), "report": (Act.APPROVE, Act.RETURN)}
STEPS = (
    Step("fill", StepRole.FIRST_RESPONSIBLE, Verb.FILL, "第十一条"),
    Step("report", StepRole.MEDIA_CENTER, Verb.REPORT, "第十一条"),
)
ASKED = begin(Submit(STEPS, "d1", State.RECORDED), Actor(""))
"""王 answers, 赵 looks at it; nobody asked for it."""
ANSWER, GOOD, BAD = Supply("d2"), Decide(Act.APPROVE), Decide(Act.RETURN, "不全")


def law(of: Case, by: str = "") -> Law:
    holder = WANG if of.at == "fill" else ZHAO
    holders = {by: WANG} if by == WU else {holder: ""}
    everybody = (LI, SUN, WANG, WU, ZHAO, QIAN)
    return Law(holders, (WANG, WU), ACTS, (of.at, of.version), staff=everybody, recent=True)


def played(of: Case, *acts: tuple[str, Op]) -> Case:
    for by, op in acts:
        after = operate(of, op, Actor(by, WANG if by == WU else ""), law(of, by))
        assert isinstance(after, Case), (by, op, after)
        of = after
    return of


def refused(of: Case, by: str, op: Op) -> Why | None:
    after = operate(of, op, Actor(by), law(of))
    return after.why if isinstance(after, Refusal) else None


def added(place: Place) -> Case:
    return played(ASKED, (WANG, Add((SUN,), place)))


@pytest.mark.parametrize("place", Place)
def test_whoever_was_added_agrees_beside_the_answers_and_never_gives_them(place: Place) -> None:
    acts: list[tuple[str, Op]] = [(WANG, ANSWER), (SUN, GOOD)]
    acts = acts[::-1] if place is Place.BEFORE else acts

    assert played(added(place), *acts).at == "report"
    assert refused(added(place), SUN, ANSWER) is not None
    assert played(added(place), acts[0]).at == "fill"


@pytest.mark.parametrize("place", [Place.BESIDE, Place.AFTER])
def test_answers_that_will_not_do_are_given_anew_by_whoever_gave_them(place: Place) -> None:
    back = played(added(place), (WANG, ANSWER), (SUN, BAD))

    assert (back.state, back.at, back.waiting is not None) == (State.IN_REVIEW, "fill", True)
    assert played(back, (WANG, Supply("d3"))).at == "report"


@pytest.mark.parametrize(("place", "at"), [(Place.BEFORE, "report"), (Place.AFTER, "fill")])
def test_a_return_of_the_added_goes_to_the_holder_or_like_the_holders_own(place: Place, at: str) -> None:
    of = played(ASKED, (WANG, ANSWER), (ZHAO, Add((QIAN,), place)))
    of = of if place is Place.BEFORE else played(of, (ZHAO, GOOD))
    back = replace(BAD, to="fill")

    assert (refused(of, QIAN, back) is None) is (place is Place.AFTER)
    assert played(of, (QIAN, back if place is Place.AFTER else BAD)).at == at


def test_what_a_proxy_supplied_and_took_back_is_asked_of_whom_it_was_given_to() -> None:
    given = replace(law(ASKED), peers=(WANG, SUN))
    moved = operate(ASKED, Transfer(SUN), Actor(WANG), given)
    assert isinstance(moved, Case)
    for_sun = replace(law(moved), holders={QIAN: SUN})
    by = Actor(QIAN, SUN)
    answered = operate(moved, ANSWER, by, for_sun)
    assert isinstance(answered, Case)
    back = operate(answered, TakeBack(), by, law(answered))
    assert isinstance(back, Case)
    step = named(back.steps, "fill")
    assert step is not None

    assert [(s.person, s.how) for s in step.seats if s.state is SeatState.OPEN] == [(SUN, How.TRANSFER)]


def test_nothing_is_turned_back_that_nobody_could_revise() -> None:
    steward = replace(law(ASKED), steward=True)
    turned = operate(ASKED, TurnBack("重写"), Actor(ZHAO), steward)
    after = operate(ASKED, TurnBack("重写"), Actor(ZHAO), replace(steward, revisable=False))

    assert isinstance(turned, Case)
    assert turned.state is State.RETURNED
    assert isinstance(after, Refusal)
    assert after.why is Why.NOT_HERE
