"""A request that a steward paused: those who may resume it are reminded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards.card import Button
from cards.duties import Item, one_line
from cards.times import day
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.letters import notify
from handlers.rules.rungs import Hears, Rung
from storage import requests
from storage.duty_records import Duty
from storage.records import Request, State


@dataclass(frozen=True, slots=True)
class Paused(Matter):
    """Paused by a steward: those who may resume it are reminded in the first working morning of each week."""

    about: Request
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        return cls(duty, request) if request and request.state is State.PAUSED else None

    @property
    def request(self) -> Request:
        return self.about

    async def halted(self, at: datetime) -> bool:  # noqa: ARG002
        """A medium that must not publish is no reason to leave a pause standing."""
        return False

    async def told(self, _: Hears, rung: Rung, at: datetime) -> list[Hearer]:
        args = {"request": self.about.id, "number": self.about.number, "rung": rung.index}
        return [Hearer(person, "paused", args) for person in await notify.stewards(at, self.about)]

    async def item(self, reading: Reading) -> Item | None:
        number, since = self.about.number, f"自 {day(self.duty.since, reading.at)}"
        return Item(
            number, one_line("已暂停", self.about.title, since), Button(f"看 {number}", "view", number)
        )
