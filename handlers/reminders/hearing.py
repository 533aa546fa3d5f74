"""Those concerned by a case have not answered yet: they are reminded, then the centre may go on without."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards.card import Button, Style
from cards.duties import Item, one_line
from cards.times import brief
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.letters import notify, views
from handlers.people import whose
from handlers.reminders.deciding import decision_item
from handlers.rules.hearing import Hearing
from handlers.rules.permits import in_service
from handlers.rules.rungs import Hears, Rung
from storage import people, requests
from storage.duty_records import Duty
from storage.letters import Lane
from storage.records import Request


@dataclass(frozen=True, slots=True)
class Answer(Matter):
    """An answer is a right and no duty: nothing follows from silence but that others may decide."""

    about: Request
    heard: Hearing
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        heard = Hearing.of(request.outcome) if request else None
        if request is None or heard is None or not duty.open or request.step != duty.step:
            return None
        return cls(duty, request, heard) if heard.silent(request.form) else None

    @property
    def request(self) -> Request:
        return self.about

    async def told(self, whom: Hears, rung: Rung, at: datetime) -> list[Hearer]:
        """Those who said nothing yet; and once their time is over whoever may decide."""
        args = {"request": self.about.id, "number": self.about.number, "rung": rung.index}
        if whom is Hears.CONCERNED:
            silent = await people.several(self.heard.silent(self.about.form))
            return [Hearer(one, "allegation", args) for one in silent.values() if in_service(one, at)]
        step = self.about.current
        holders = await whose.holders(step, whose.applicant_of(self.about), at) if step else {}
        known = await people.several(list(holders))
        asked = notify.asking(self.about)
        return [Hearer(one, "approval", asked, Lane.DECISION, copy=True) for one in known.values()]

    async def item(self, reading: Reading) -> Item | None:
        if reading.copy:
            view = await views.load(self.about, reading.reader, reading.at)
            return decision_item(view) if reading.reader in view.holders else None
        if reading.reader not in self.heard.silent(self.about.form):
            return None
        number = self.about.number
        text = one_line("待申辩", self.about.title, f"{brief(self.heard.ends, reading.at)}前")
        return Item(number, text, Button(f"看 {number}", "view", number, style=Style.PRIMARY))
