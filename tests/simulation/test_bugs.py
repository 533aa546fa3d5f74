"""Each planted bug is found: by the token that found it first, and never where it is not planted."""

import pytest

from tests.simulation.bugs import BUGS
from tests.simulation.play import Stage
from tests.simulation.token import Token

FOUND: dict[str, str] = {
    "a claim is forgotten": "0:26",
    "a hold is skipped": "0:26",
    "a repaint is dropped": "0:0,6,9",
    "a stale vote is counted": "10:3,10-11",
    "a letter has no once key": "4:0,3,5-7,15,36-37",
    "a decision leaves no trail entry": "0:26-28",
    "a duty does not end": "0:21-22,27-28",
    "a proxy is not checked at the click": "435:2,11,13,18-19,23,25-26",
    "a lease is ignored": "1:4-5",
    "an answer comes before the commit": "37:32-34",
    "a receipt is taken while halted": "36:25,29-30",
}
"""By the bug the token that finds it; where the acts of stories change, `make sim BUGS=1` gives new ones."""


def test_there_is_a_token_for_each_bug() -> None:
    assert FOUND.keys() == BUGS.keys()


@pytest.mark.parametrize("name", FOUND)
def test_a_planted_bug_is_found_and_only_where_it_is_planted(there: Stage, name: str) -> None:
    token = Token.of(FOUND[name])
    with BUGS[name]():
        assert there.play(token).faults

    assert there.play(token).faults == ()
