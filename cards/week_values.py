"""The figures of a week, as values: of a unit, of the school, and of when they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cards.times import short_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request or change that waits; `due_at` may be over."""

    number: str
    title: str
    unit: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """How many requests of a unit are open, late and due within the week, and its unfiled changes."""

    unit: str
    open: int = 0
    late: int = 0
    coming: int = 0
    changes: int = 0

    @property
    def said(self) -> str:
        return f"在办 {self.open}，超时 {self.late}，到期 {self.coming}"


@dataclass(frozen=True, slots=True)
class School:
    """What only the centre is told: `vacant` units, letters that did not arrive, people on no platform, how
    many matters of each kind are open, how many units of how many have reported in the inventory; and leads,
    cases (违规, 冒用, 整改), the late and those due within the week of both."""

    vacant: tuple[str, ...] = ()
    undelivered: int = 0
    unreachable: tuple[str, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    returns: tuple[int, int] = (0, 0)
    cases: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Of:
    """Of which week a digest is (its Monday), and from which moment its figures are."""

    monday: date
    counted: datetime

    def __str__(self) -> str:
        """11月30日—12月6日."""
        days = (self.monday, self.monday + timedelta(days=6))
        return "—".join(short_day(one, self.counted) for one in days)


def added(units: Sequence[UnitWeek], name: str) -> UnitWeek:
    """Several units as one."""
    return UnitWeek(
        name,
        sum(unit.open for unit in units),
        sum(unit.late for unit in units),
        sum(unit.coming for unit in units),
        sum(unit.changes for unit in units),
    )
