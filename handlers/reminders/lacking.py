"""What a unit that runs media lacks of the systems and trainings of a year (Articles 7 to 9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards import systems as cards
from cards.card import Card
from cards.duties import Item
from handlers import workyear
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.ledger import systems
from handlers.people import whose
from handlers.reminders.missing import day, line
from handlers.rules.articles import ART_7
from handlers.rules.ladder import systems_ladder
from handlers.rules.rungs import Rung
from handlers.rules.systems import Account
from handlers.rules.workdays import DAY, Calendar
from storage import duties, people
from storage.duty_records import Duty, DutyKind

LOOKED = 7 * DAY
"""How long before and after a reminder of the year it is looked whether a unit lacks something."""


@dataclass(frozen=True, slots=True)
class Lacking(Carded):
    """The first-responsible person is told three times a year, as long as something is missing."""

    account: Account
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        found = await systems.standing(str((duty.detail or {})["unit"]), cls._year(duty), day(at))
        owed = duty.open and day(at).year == found.year and found.missing
        return cls(duty, found) if owed and found.unit in await systems.run_by([found.unit]) else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        year = cls._year(duty)
        last = max(day(duty.since), day(duty.since).replace(month=12, day=31))
        return cls(duty, await systems.standing(str((duty.detail or {})["unit"]), year, last))

    @staticmethod
    def _year(duty: Duty) -> int:
        return int((duty.detail or {})["year"])

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return systems_ladder(self.account.year, calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        head = await people.get(await whose.responsible_for(self.account.unit, at))
        return [Hearer(head, args={"duty": self.duty.id})] if head else []

    async def item(self, reading: Reading) -> Item | None:
        if reading.reader != await whose.responsible_for(self.account.unit, reading.at):
            return None
        return line(self.duty, "制度", f"{self.account.year} 年还缺 {len(self.account.missing)} 项", "制度")

    async def card(self, reading: Reading) -> Card:
        unit = await people.unit(self.account.unit)
        lines = [systems.said(one) for one in self.account.missing]
        name = unit.name if unit else self.account.unit
        return cards.due(self.owed(reading.at, self.duty.rung), name, self.account.year, lines)


async def look(at: datetime) -> None:
    """Around the days of a year on which units are reminded, those that lack something begin to owe it."""
    calendar, today = await workyear.current(), day(at)
    near = [one for one in systems_ladder(today.year, calendar) if abs(one.at - at) <= LOOKED]
    if not near or day(near[0].at).year != today.year:
        return
    rung = near[0]
    for account in await systems.of_all(today.year, today):
        if account.missing:
            name, detail = (
                f"systems:{account.year}:{account.unit}",
                {"unit": account.unit, "year": account.year},
            )
            owed = Duty(0, name, DutyKind.SYSTEMS, ART_7, at, None, rung.at, rung.index - 1, detail=detail)
            await duties.begin(owed)
