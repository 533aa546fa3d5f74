"""Each planted bug is found: by the token that found it first, and never where it is not planted."""

from collections.abc import Iterator

import pytest

from tests.simulation.bugs import BUGS
from tests.simulation.play import Stage, stage
from tests.simulation.token import Token

FOUND: dict[str, str] = {
    "a claim is forgotten": "0:26",
    "a hold is skipped": "0:26",
    "a repaint is dropped": "2:0,2-3,7-8,10,12-14,17,20-23,25,28,35-36",
    "a stale vote is counted": "2:20-23,25,28,35-36",
    "a letter has no once key": "508:9-10,13-14,20,22",
    "a decision leaves no trail entry": "4:9,17,20",
    "a duty does not end": "0:18,25",
    "a proxy is not checked at the click": "93:1,8,16,21,23",
    "a lease is ignored": "0:15-16,21",
    "an answer comes before the commit": "41:5-7,10-13,16-22,24,26-27,34",
}
"""By the bug the token that finds it; where the acts of stories change, `make sim BUGS=1` gives new ones."""


@pytest.fixture(scope="module")
def there() -> Iterator[Stage]:
    with stage() as found:
        yield found


def test_there_is_a_token_for_each_bug() -> None:
    assert FOUND.keys() == BUGS.keys()


@pytest.mark.parametrize("name", FOUND)
def test_a_planted_bug_is_found_and_only_where_it_is_planted(there: Stage, name: str) -> None:
    token = Token.of(FOUND[name])
    with BUGS[name]():
        assert there.play(token).faults

    assert there.play(token).faults == ()
