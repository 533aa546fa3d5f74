"""Hundreds of stories, each with an order of its own: the record stays whole in all of them.

`make sim SCHEDULES=100000` plays more, `make sim TOKEN=…` one that fails.
"""

import os

import pytest

from handlers.kinds.process import SUPPLEMENTS
from handlers.processes.all import PROCESSES
from tests.simulation import sentences
from tests.simulation.play import Stage, drawn
from tests.simulation.token import LENGTHS, Token

SCHEDULES = int(os.environ.get("SCHEDULES", "300"))
PARTS = 6
"""So that they are played on every core."""

FIRST = 100_000
SHORT, LONG = (8, 16), 10
"""Acts of a story here, but of one in so many, which is as long as all are by night."""

ENOUGH = 50
"""Stories after which every process was begun twice: each begins with another."""


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_at_once_and_goes_wrong_the_record_stays_whole(there: Stage, part: int) -> None:
    count = SCHEDULES // PARTS
    seeds, played = range(FIRST + part * count, FIRST + (part + 1) * count), set[str]()
    for seed in seeds:
        outcome = there.play(drawn(seed, LENGTHS if seed % LONG == 0 else SHORT))
        assert not outcome.faults, f"make sim TOKEN={outcome.token.text}\n" + "\n".join(outcome.faults)
        played |= outcome.kinds

    if count >= ENOUGH:
        assert played == PROCESSES.keys()


def test_every_process_and_everything_that_is_added_to_one_is_written_by_somebody() -> None:
    """A new one is in no story until its words are in `sentences.py`."""
    begun = {text.split()[0] for _, text in (*sentences.POSTS, *sentences.OTHERS)}
    added = {text.split()[0] for texts in sentences.SUPPLIED.values() for _, text in texts}

    assert begun == {f"/{process.form.command}" for process in PROCESSES.values()}
    assert added == {f"/{supplement.form.command}" for supplement in SUPPLEMENTS.values()}


def test_a_token_is_played_the_same_every_time(there: Stage) -> None:
    whole = drawn(7)
    token = Token.of(whole.text)
    first, again = there.play(token), there.play(whole)

    assert (first.mark, first.said) == (again.mark, again.said)
    assert first.mark


@pytest.mark.parametrize("text", ["7:0-3,5,8-9", "12:", "0:4"])
def test_a_token_says_what_it_is(text: str) -> None:
    assert Token.of(text).text == text
