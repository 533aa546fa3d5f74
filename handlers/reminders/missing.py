"""Somebody or something is missing, or will be: a first-responsible person, a year's days, a delegate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from cards import duties as cards
from cards.card import Button, Card
from cards.duties import Item
from cards.times import deadline
from handlers import workyear
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.ladder import absence_ladder, weekly, year_ladder
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar
from storage import people, proxies
from storage.duty_records import Duty
from storage.proxies import Proxy
from storage.records import Unit


def line(duty: Duty, label: str, text: str, named: str = "") -> Item:
    """`named` is what its button says where several such stand in one list."""
    return Item(label, text, Button(f"看 {named or label}", "duty", str(duty.id)))


@dataclass(frozen=True, slots=True)
class Vacancy(Carded):
    """A unit that should have a first-responsible person in service: told at once, then weekly."""

    unit: Unit
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        matter = await cls.shown(duty)
        held = matter is not None and await whose.has_responsible(matter.unit, at)
        return None if held or not duty.open else matter

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        unit = await people.unit(str((duty.detail or {}).get("unit", "")))
        return cls(duty, unit) if unit else None

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return weekly(day(self.duty.since), calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        return [Hearer(person, args={"duty": self.duty.id}) for person in await notify.stewards(at)]

    async def item(self, _: Reading) -> Item | None:
        return line(self.duty, "暂缺", f"{self.unit.name} 没有在职的第一责任人", self.unit.name)

    async def card(self, reading: Reading) -> Card:
        return cards.vacancy(self.owed(reading.at), self.unit.name)


@dataclass(frozen=True, slots=True)
class MissingYear(Carded):
    """No official working days for a year: the centre and the administrators, weekly from 1 November."""

    year: int
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        matter = await cls.shown(duty)
        known = (await workyear.current()).is_official(matter.year)
        return None if known or not duty.open else matter

    @classmethod
    async def shown(cls, duty: Duty) -> Self:
        return cls(duty, int((duty.detail or {})["year"]))

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return year_ladder(self.year, calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        return [Hearer(person, args={"duty": self.duty.id}) for person in await notify.stewards(at)]

    async def item(self, _: Reading) -> Item | None:
        return line(self.duty, "放假安排", f"还没有 {self.year} 年放假安排")

    async def card(self, reading: Reading) -> Card:
        return cards.year_missing(self.owed(reading.at), self.year)


@dataclass(frozen=True, slots=True)
class Absence(Carded):
    """外出代理 that ends: whoever is away and their delegate, on its last working day."""

    proxy: Proxy

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        matter = await cls.shown(duty)
        ended = matter is None or matter.proxy.cancelled_at is not None or matter.proxy.ends_at <= at
        return None if ended or not duty.open else matter

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        proxy = await proxies.get(int((duty.detail or {})["proxy"]))
        return cls(duty, proxy) if proxy else None

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return absence_ladder(self.proxy.starts_at, self.proxy.ends_at, self.duty.since, calendar)

    async def hearers(self, _: Sequence[Rung], __: datetime) -> list[Hearer]:
        known = await people.several([self.proxy.principal, self.proxy.delegate])
        return [Hearer(person, args={"duty": self.duty.id}) for person in known.values()]

    async def item(self, reading: Reading) -> Item | None:
        return line(self.duty, "代理", f"外出代理到 {deadline(self.proxy.ends_at, reading.at)} 结束")

    async def card(self, reading: Reading) -> Card:
        known = await people.several([self.proxy.principal, self.proxy.delegate])
        principal, delegate = (
            known[one].name if one in known else one for one in (self.proxy.principal, self.proxy.delegate)
        )
        own = reading.reader == self.proxy.principal
        return cards.absence_ends(principal, delegate, self.proxy.ends_at, reading.at, own=own)


def day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
