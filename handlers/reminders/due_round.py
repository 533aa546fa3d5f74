"""An inventory that is to be opened this month (Article 11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards import duties as cards
from cards.card import Card
from cards.duties import Item
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.letters import notify
from handlers.reminders.missing import day, line
from handlers.rules.ladder import round_month, weekly
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar
from storage import rounds
from storage.duty_records import Duty


@dataclass(frozen=True, slots=True)
class DueRound(Carded):
    """An inventory that is to be opened this month: the centre, weekly until it has begun."""

    month: str
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        matter = await cls.shown(duty)
        over = round_month(day(at)) != matter.month or await rounds.begun_since(matter.month)
        return None if over or not duty.open else matter

    @classmethod
    async def shown(cls, duty: Duty) -> Self:
        return cls(duty, str((duty.detail or {})["month"]))

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return weekly(day(self.duty.since), calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        return [Hearer(person, args={"duty": self.duty.id}) for person in await notify.center(at)]

    async def item(self, _: Reading) -> Item | None:
        return line(self.duty, "摸底", "本月该发起半年摸底")

    async def card(self, reading: Reading) -> Card:
        return cards.round_due(self.owed(reading.at), self.month)
