"""The statutory days of the years to come, as they are kept, against the package they come from."""

import subprocess
import sys

import pytest

from handlers.rules.statutory import reckoned, statutory


@pytest.mark.parametrize("year", range(2027, 2061))
def test_a_year_that_is_kept_is_as_it_is_reckoned(year: int) -> None:
    assert statutory(year) == reckoned(year)
    assert all(statutory(year).festivals.values())


def test_a_year_that_is_not_kept_is_reckoned() -> None:
    assert statutory(2061) == reckoned(2061)


def test_the_countries_of_the_world_are_not_loaded_for_a_year_that_is_kept() -> None:
    asked = "from handlers.rules.statutory import statutory; statutory(2027)"
    said = f"import sys; {asked}; print('holidays' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", said], text=True) == "False\n"
