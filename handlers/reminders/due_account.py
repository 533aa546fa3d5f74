"""The account of a year that is to be opened (Article 12)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from cards import duties as cards
from cards.card import Card
from cards.duties import Item
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.letters import notify
from handlers.reminders.missing import day, line
from handlers.rules.inspection import OPENS_ON
from handlers.rules.ladder import account_ladder
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar
from storage import people, rounds, trail
from storage.duty_records import Duty
from storage.records import TrailEntry

DECLINED = "decline"
"""The act by which the trail knows that a year goes without its account."""


def name(year: int) -> str:
    """The duty of a year, and the matter under which the trail has what was said of it."""
    return f"account:{year}"


async def declined(year: int) -> TrailEntry | None:
    """Who said, and why, that no account of that year is opened."""
    return await trail.last(name(year), DECLINED)


async def owed(year: int, today: date) -> bool:
    """Whether it is time to open the account of a year, and nobody has opened or declined it; once the next
    one is to be opened it is over."""
    now = date(year, *OPENS_ON) <= today < date(year + 1, *OPENS_ON)
    return now and not await rounds.of_year(year) and not await declined(year)


@dataclass(frozen=True, slots=True)
class DueAccount(Carded):
    """The account of a year is to be opened: the centre, weekly until it is opened or declined."""

    year: int
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        matter = await cls.shown(duty)
        return matter if duty.open and await owed(matter.year, day(at)) else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self:
        return cls(duty, int((duty.detail or {})["year"]))

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return account_ladder(self.year, calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        return [Hearer(person, args={"duty": self.duty.id}) for person in await notify.center(at)]

    async def item(self, _: Reading) -> Item | None:
        return line(self.duty, "督查", f"该开启 {self.year} 年度督查")

    async def card(self, reading: Reading) -> Card:
        begun = await rounds.of_year(self.year)  # it may be opened though it was declined
        said = None if begun else await declined(self.year)
        who = await people.get(said.actor) if said else None
        why = f"{who.name if who else said.actor}：{said.note}" if said else ""
        return cards.account_due(self.owed(reading.at), self.year, declined=why)
