"""Hundreds of stories, each with an order of its own: the record stays whole in all of them.

`make sim SCHEDULES=100000` plays more, `make sim TOKEN=…` one that fails.
"""

import os
from collections.abc import Iterator

import pytest

from tests.simulation.play import Stage, drawn, stage
from tests.simulation.token import Token

SCHEDULES = int(os.environ.get("SCHEDULES", "300"))
PARTS = 6
"""So that they are played on every core."""

FIRST = 100_000
SHORT = (8, 16)
"""Acts of a story here; by night they are longer."""


@pytest.fixture(scope="module")
def there() -> Iterator[Stage]:
    with stage() as found:
        yield found


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_at_once_and_goes_wrong_the_record_stays_whole(there: Stage, part: int) -> None:
    for seed in range(FIRST + part, FIRST + SCHEDULES, PARTS):
        outcome = there.play(drawn(seed, SHORT))
        assert not outcome.faults, f"make sim TOKEN={outcome.token.text}\n" + "\n".join(outcome.faults)


def test_a_token_is_played_the_same_every_time(there: Stage) -> None:
    whole = drawn(7)
    token = Token.of(whole.text)
    first, again = there.play(token), there.play(whole)

    assert (first.mark, first.said) == (again.mark, again.said)
    assert first.mark


@pytest.mark.parametrize("text", ["7:0-3,5,8-9", "12:", "0:4"])
def test_a_token_says_what_it_is(text: str) -> None:
    assert Token.of(text).text == text
