"""Statutory holidays: what the law alone says of a year for which there is no official arrangement yet.

Those of the years to come (statutory.json, 2027-2060) are the holidays package's: a test compares them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")


@dataclass(frozen=True, slots=True)
class Statutory:
    """What the law alone says of a year: the days of each festival, none where it was no holiday yet; and all
    days off, substitute days included. The arrangement moves more days than these."""

    festivals: Mapping[str, frozenset[date]]
    off: frozenset[date]


@cache
def statutory(year: int) -> Statutory:
    """As it lies in statutory.json; of years that are not there, reckoned."""
    return _tabled().get(year) or reckoned(year)


@cache
def _tabled() -> Mapping[int, Statutory]:
    years = json.loads(Path(__file__).with_name("statutory.json").read_text(encoding="utf-8"))
    return {int(year): _read(said["festivals"], said["off"]) for year, said in years.items()}


def _read(festivals: Mapping[str, list[str]], off: list[str]) -> Statutory:
    return Statutory({name: _days(days) for name, days in festivals.items()}, _days(off))


def _days(texts: list[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


def reckoned(year: int) -> Statutory:
    """What the holidays package reckons."""
    import holidays  # every country of the world: 12 MB, and half a second where it is slow

    named = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN").items()
    festivals = {name: frozenset(day for day, said in named if name in said) for name in FESTIVALS}
    return Statutory(festivals, frozenset(holidays.country_holidays("CN", years=year)))
