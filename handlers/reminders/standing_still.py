"""An approval that runs out of time unless somebody acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards.card import Button
from cards.duties import Item, one_line
from cards.times import brief
from handlers.cases import voiding
from handlers.cases.record import By
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.duties.table import LAPSES_AFTER
from handlers.rules.ladder import LAPSED
from handlers.rules.permits import in_service
from handlers.rules.rungs import Hears, Rung
from storage import people, requests
from storage.duty_records import Duty
from storage.records import Request, State

BECAUSE = f"可发布后 {LAPSES_AFTER.days} 天没有登记回执，批准到期失效"


@dataclass(frozen=True, slots=True)
class Lapse(Matter):
    """It may go out and nobody said that it did: its applicant has notice, then the approval is void."""

    about: Request

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        waits = request is not None and request.state is State.AWAITING_PUBLISH
        out = request is not None and request.outcome.get("links")
        return cls(duty, request) if request and waits and not out else None

    @property
    def request(self) -> Request:
        return self.about

    async def ended(self, rungs: Sequence[Rung], at: datetime) -> bool:
        """Whether its time is over: then it is void, and all who had a part in it are told."""
        return rungs[-1].index == LAPSED and bool(await voiding.expire(self.about, BECAUSE, By("", at)))

    async def halted(self, at: datetime) -> bool:  # noqa: ARG002
        """The time runs while its medium must not publish: what was passed is about that time."""
        return False

    async def told(self, _: Hears, __: Rung, at: datetime) -> list[Hearer]:
        applicant = await people.get(self.duty.person)
        args = {"request": self.about.id, "number": self.about.number, "duty": self.duty.id}
        return [Hearer(applicant, "lapsing", args)] if applicant and in_service(applicant, at) else []

    async def item(self, reading: Reading) -> Item | None:
        if reading.reader != self.duty.person or self.duty.due_at is None:
            return None
        number, until = self.about.number, f"{brief(self.duty.due_at, reading.at)}失效"
        return Item(
            number, one_line("将失效", self.about.title, until), Button(f"看 {number}", "view", number)
        )
