"""Working days: the State Council's official arrangement, and a guess where there is none yet.

The official days (days.json, 2004-2026) are those of the chinesecalendar package.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, Self

Status = Literal["official", "provisional", "override"]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayRow:
    """What is laid down for one day: by the State Council, or by the university (override)."""

    workday: bool
    name: str = ""
    status: Literal["official", "override"] = "official"


def read_year(document: Mapping[str, Any]) -> dict[date, DayRow]:
    """The rows of `{"year": 2027, "holidays": {"2027-01-01": "元旦"}, "workdays": {...}}`.

    Raises ValueError where a key is not an ISO date, KeyError where a part is missing.
    """
    return {
        date.fromisoformat(day): DayRow(workday=part == "workdays", name=name)
        for part in ("holidays", "workdays")
        for day, name in document[part].items()
    }


@dataclass(frozen=True)
class Calendar:
    """Which days are worked; answers for any date and never raises.

    `further` adds to the seeded years, or replaces their rows: official days of a later year, and
    overrides.
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
        return {**_seed(), **self.further}

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
        return self.is_official(day.year) or day not in _statutory(day.year)

    def status(self, day: date) -> Status:
        """Whether what is said of `day` is official, a guess, or the university's own."""
        if row := self.rows.get(day):
            return row.status
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
        # A year's notice may reach back into the December before it, so a December row proves nothing.
        return frozenset(
            day.year for day, row in self.rows.items() if row.status == "official" and day.month < 12
        )


@cache
def _seed() -> Mapping[date, DayRow]:
    years = json.loads(Path(__file__).with_name("days.json").read_text(encoding="utf-8"))
    return {day: row for year in years for day, row in read_year(year).items()}


@cache
def _statutory(year: int) -> frozenset[date]:
    """Statutory holidays with their substitute days; the arrangement moves more days than these."""
    import holidays  # costs 0.2 s, and is asked only about years that are not official yet

    return frozenset(holidays.country_holidays("CN", years=year))
