"""What those who put something on a register are reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards import registers as cards
from cards.card import Button, Card
from cards.duties import Item, one_line
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.letters import views
from handlers.rules.permits import in_service
from handlers.rules.rungs import Rung
from storage import people, requests
from storage.duty_records import Duty
from storage.records import Request


@dataclass(frozen=True, slots=True)
class CommentKeeping(Carded):
    """The holder of a personal account is reminded of its comments, as they have chosen themselves."""

    about: Request

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        return await cls.shown(duty) if duty.open else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        return cls(duty, request) if request and request.form else None

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        holder = await people.get(self.about.applicant)
        return [Hearer(holder, args={"duty": self.duty.id})] if holder and in_service(holder, at) else []

    async def item(self, _: Reading) -> Item | None:
        number = self.about.number
        text = one_line("看留言评论", self.about.title, "")
        return Item(number, text, Button(f"看 {number}", "duty", str(self.duty.id)))

    async def card(self, reading: Reading) -> Card:
        view = await views.load(self.about, reading.reader, reading.at)
        return cards.keep_comments(self.owed(reading.at, self.duty.rung), view)
