"""交接 of a step that waits: the rules of 转办, by whoever may hand over."""

from dataclasses import replace

import pytest

from handlers.chain.law import Law, Why
from handlers.chain.operate import Actor, Assign, Refusal, operate
from handlers.chain.step import Case
from storage.steps import How, Seat
from tests.chain.cases import HE, LI, SUN, WANG, WU, ZHAO, law
from tests.chain.test_operate import HANDED, REVIEWED

ADMIN = Actor(ZHAO)


def may(case: Case, *peers: str) -> Law:
    return replace(law(case, WANG, peers=peers), steward=True)


def hand(to: str, instead_of: str = WANG) -> Assign:
    return Assign(to, "王 交接", instead_of, How.HANDED)


def test_the_seat_is_the_successors_and_says_how_they_came_to_it() -> None:
    after = operate(REVIEWED, hand(WU), ADMIN, may(REVIEWED, WANG, WU))

    assert isinstance(after, Case)
    assert after.steps[1].given == (Seat(WU, How.HANDED, by=ZHAO),)
    assert (after.at, after.version, after.digest) == (REVIEWED.at, REVIEWED.version, REVIEWED.digest)


def test_a_seat_given_by_name_is_given_on() -> None:
    after = operate(HANDED, hand(WANG, WU), ADMIN, may(HANDED, WANG, WU))

    assert isinstance(after, Case)
    assert after.steps[1].given == (Seat(WANG, How.HANDED, by=ZHAO),)


@pytest.mark.parametrize(
    ("to", "law", "why"),
    [
        (HE, may(REVIEWED, WANG, WU), Why.UNFIT),
        (LI, may(REVIEWED, WANG, WU, LI), Why.UNFIT),
        (SUN, may(REVIEWED, WANG, WU, SUN), Why.UNFIT),
        (WU, replace(may(REVIEWED, WANG, WU), elsewhere=(WU,)), Why.UNFIT),
        (WU, law(REVIEWED, WANG, peers=(WU,)), Why.NOT_YOURS),
    ],
    ids=["no-peer", "applicant", "decided-another", "holds-another", "not-allowed"],
)
def test_to_whom_not_and_by_whom_not(to: str, law: Law, why: Why) -> None:
    assert operate(REVIEWED, hand(to), ADMIN, law) == Refusal(why)
