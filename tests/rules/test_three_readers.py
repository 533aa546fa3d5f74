"""Who has read a publication for the press reads it no second time, whoever stood in (Article 5(4))."""

from dataclasses import replace

import pytest

from handlers.people.whose import Applicant, applicant_of
from handlers.processes.topic import READS, topic_chain
from handlers.rules.articles import ART_5_4
from storage.records import Person
from storage.steps import READERS, How, Seat, SeatState, Step, Verb
from tests.rules.requests import request

DECIDED = Seat("d", principal="p", state=SeatState.DECIDED, act="approve")


def applicant(seat: Seat) -> Applicant:
    """Of a publication whose first review stands so."""
    first, *others = topic_chain("2100", applicant_is_responsible=False, press="1400")
    return applicant_of(request((replace(first, seats=(seat,)), *others)))


def kept(seat: Seat, person: str, place: int) -> bool:
    step = Step(READS[place], READERS[place], Verb.EXAMINE, ART_5_4, unit="1400")
    return applicant(seat).keeps_from(step, Person(person, person, "1400"))


@pytest.mark.parametrize(
    ("seat", "person", "place", "no"),
    [
        (DECIDED, "d", 1, True),
        (DECIDED, "p", 2, True),
        (DECIDED, "d", 0, False),
        (DECIDED, "x", 1, False),
        (replace(DECIDED, state=SeatState.STRUCK), "d", 1, False),
        (replace(DECIDED, how=How.ADDED), "d", 1, False),
    ],
)
def test_who_may_read_next(seat: Seat, person: str, place: int, no: bool) -> None:
    assert kept(seat, person, place) is no
