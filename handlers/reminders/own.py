"""What applicants owe: what was returned to them, and a receipt of what they published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards import phrases
from cards.card import Button, Style
from cards.duties import Item, one_line
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.people import whose
from handlers.rules.permits import in_service
from handlers.rules.rungs import Hears, Rung
from storage import people, requests
from storage.duty_records import Duty
from storage.records import Request, State, Urgency

BEGUN = ("title", "media", "account_name")
"""Fields of which one is filled in before a draft is worth a reminder."""


@dataclass(frozen=True, slots=True)
class Revision(Matter):
    """Returned, and neither revised nor taken back: the applicant is told, from the third time on the
    first-responsible person too."""

    about: Request
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        waits = request is not None and request.state is State.RETURNED and duty.open
        return cls(duty, request) if request and waits else None

    @property
    def request(self) -> Request:
        return self.about

    @property
    def urgency(self) -> Urgency:
        """The mornings of working days, whatever the hurry was."""
        return Urgency.NORMAL

    async def told(self, whom: Hears, rung: Rung, at: datetime) -> list[Hearer]:
        args = {"request": self.about.id, "number": self.about.number}
        if whom is Hears.APPLICANT:
            applicant = await people.get(self.duty.person)
            if applicant is None or not in_service(applicant, at):
                return []
            return [Hearer(applicant, "status", {**args, "rung": rung.index})]
        responsible = await people.get(await whose.responsible_for(self.about.unit, at))
        return [Hearer(responsible, "unrevised", args, copy=True)] if responsible else []

    async def item(self, reading: Reading) -> Item | None:
        if not reading.copy and reading.reader != self.duty.person:
            return None
        number = self.about.number
        if reading.copy:
            button = Button(f"看 {number}", "view", number)
            return Item(number, one_line("久未修改", self.about.title, ""), button)
        button = Button(f"改 {number}", "duty", str(self.duty.id), style=Style.PRIMARY)
        return Item(number, one_line("待修改", self.about.title, ""), button)


@dataclass(frozen=True, slots=True)
class Receipt(Matter):
    """Passed, and nobody said that it is out: the applicant is asked, then each working day."""

    about: Request
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        waits = request is not None and request.state is State.AWAITING_PUBLISH
        return cls(duty, request) if request and waits else None

    @property
    def request(self) -> Request:
        return self.about

    async def told(self, _: Hears, __: Rung, ___: datetime) -> list[Hearer]:
        applicant = await people.get(self.duty.person)
        args = {"request": self.about.id, "number": self.about.number}
        return [Hearer(applicant, "receipt_due", args)] if applicant else []

    async def item(self, reading: Reading) -> Item | None:
        text = f"待登记 {phrases.excerpt(self.about.title, 20)}"
        button = Button(f"看 {self.about.number}", "duty", str(self.duty.id))
        return Item(self.about.number, text, button) if reading.reader == self.duty.person else None
