"""复查: what passed thirty days ago is looked at once more by the centre (Article 15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards import looking_again as cards
from cards.card import Button, Card
from cards.duties import Item, one_line
from handlers.duties.matter import Hearer, OnRequest, Reading
from handlers.letters import notify, views
from handlers.rules.rungs import Rung
from storage import requests
from storage.duty_records import Duty


@dataclass(frozen=True, slots=True)
class LookAgain(OnRequest):
    """Those of the centre are told, until one of them has said what they found."""

    LISTED = True

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        return cls(duty, request) if request else None

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        return [Hearer(person, args={"duty": self.duty.id}) for person in await notify.center(at)]

    async def item(self, _: Reading) -> Item | None:
        number = self.about.number
        return Item(
            number,
            one_line("待复查", self.about.title, ""),
            Button(f"看 {number}", "duty", str(self.duty.id)),
        )

    async def card(self, reading: Reading) -> Card:
        view = await views.load(self.about, reading.reader, reading.at)
        return cards.look_again(self.owed(reading.at, self.duty.rung), view)
