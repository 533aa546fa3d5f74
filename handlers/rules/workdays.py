"""Working days: the State Council's official arrangement, and a guess where there is none yet.

The official days (days.json, 2004-2026) are those of the chinesecalendar package: a test compares them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, Self

from handlers.rules.statutory import FESTIVALS, statutory

Layer = Literal["official", "part", "override"]
Status = Literal["official", "provisional", "override"]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayRow:
    """What is laid down for one day: by the State Council for a whole year (official) or for some days
    of it (part), or by the university (override). `source` names the notice; empty: it came with the program.
    """

    workday: bool
    name: str = ""
    status: Layer = "official"
    source: str = ""


def read_year(document: Mapping[str, Any]) -> dict[date, DayRow]:
    """The rows of `{"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {...}}`.

    Raises ValueError where a key is not an ISO date, KeyError where a part is missing.
    """
    return {
        date.fromisoformat(day): DayRow(workday=part == "workdays", name=name)
        for part in ("holidays", "workdays")
        for day, name in document[part].items()
    }


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are worked; answers for any date and never raises. One is itself alone, so that what was
    reckoned with it can be kept.

    `further` adds to the seeded years: a whole official year takes the place of the seeded one, some days
    of a year and overrides are laid over it.
    """

    further: Mapping[date, DayRow] = field(default_factory=dict)

    @classmethod
    @cache
    def default(cls) -> Self:
        """The seeded years alone."""
        return cls()

    @cached_property
    def rows(self) -> Mapping[date, DayRow]:
        """Every day for which something is laid down."""
        seeded = (rows for year, rows in _seed().items() if year not in _whole_years(self.further))
        return {day: row for rows in (*seeded, self.further) for day, row in rows.items()}

    @cached_property
    def version(self) -> str:
        """Eight hex digits that change with the data, to be kept beside a computed deadline."""
        lines = sorted(f"{day} {row.workday:d} {row.name} {row.status}\n" for day, row in self.rows.items())
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:8]

    def is_official(self, year: int) -> bool:
        """Whether that year's arrangement is known."""
        return year in self._official_years

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked: laid down, else a weekday that is not a statutory holiday."""
        if row := self.rows.get(day):
            return row.workday
        if day.weekday() >= 5:
            return False
        return self.is_official(day.year) or day not in statutory(day.year).off

    def status(self, day: date) -> Status:
        """Whether what is said of `day` is official, a guess, or the university's own."""
        if row := self.rows.get(day):
            return "override" if row.status == "override" else "official"
        return "official" if self.is_official(day.year) else "provisional"

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (n >= 1), which itself never counts.

        > 按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。（民法典第二百零一条）
        """
        while n > 0:
            day += DAY
            n -= self.is_workday(day)
        return day

    def count(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`."""
        return sum(self.is_workday(first + DAY * i) for i in range(1, (last - first).days + 1))

    def provisional(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last`, both included, is a guess."""
        return any(self.status(first + DAY * i) == "provisional" for i in range((last - first).days + 1))

    @cached_property
    def _official_years(self) -> frozenset[int]:
        return _whole_years(self.rows)


def _whole_years(rows: Mapping[date, DayRow]) -> frozenset[int]:
    # A year's notice may reach back into the December before it, so a December row proves nothing.
    return frozenset(day.year for day, row in rows.items() if row.status == "official" and day.month < 12)


def lacking(year: int, days: Mapping[date, DayRow]) -> list[str]:
    """Festivals of that year of which `days` hold neither the name nor a day off."""
    named = "、".join(row.name for row in days.values())
    off = {day for day, row in days.items() if not row.workday}
    festivals = statutory(year).festivals
    return [
        name
        for name in FESTIVALS
        if festivals[name] and name.removesuffix("节") not in named and not off & festivals[name]
    ]


@cache
def _seed() -> Mapping[int, Mapping[date, DayRow]]:
    years = json.loads(Path(__file__).with_name("days.json").read_text(encoding="utf-8"))
    return {year["year"]: read_year(year) for year in years}
