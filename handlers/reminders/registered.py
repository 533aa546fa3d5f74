"""What those who put something on a register are reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cards import expiring
from cards import registers as cards
from cards.card import Button, Card
from cards.duties import Item, one_line
from handlers.duties.matter import Hearer, OnRequest, Reading
from handlers.letters import views
from handlers.people import whose
from handlers.rules.permits import SHANGHAI, in_service
from handlers.rules.rungs import Hears, Rung
from storage import people
from storage.records import Request, Role


@dataclass(frozen=True, slots=True)
class CommentKeeping(OnRequest):
    """The holder of a personal account is reminded of its comments, as they have chosen themselves."""

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


@dataclass(frozen=True, slots=True)
class Expiry(OnRequest):
    """What ends soon: who put it on record is told, the second time the unit's 内勤 too, its head where it
    has none; they alone where the applicant has left."""

    LISTED = True

    @property
    def request(self) -> Request:
        return self.about

    async def told(self, whom: Hears, _: Rung, at: datetime) -> list[Hearer]:
        args = {"duty": self.duty.id}
        applicant = await people.get(self.about.applicant)
        there = applicant is not None and in_service(applicant, at)
        if whom is Hears.APPLICANT and applicant and there:
            return [Hearer(applicant, args=args)]
        clerks = [one for one in await people.with_role(Role.CLERK, self.about.unit) if in_service(one, at)]
        head = await people.get(await whose.responsible_for(self.about.unit, at))
        return [Hearer(one, args=args, copy=there) for one in clerks or ([head] if head else [])]

    async def item(self, reading: Reading) -> Item | None:
        if self._days(reading.at) < 0:
            return None
        number, last = self.about.number, str(self.about.form["until"])
        text = one_line("将到期", self.about.title, f"{last[5:]}止")
        return Item(number, text, Button(f"看 {number}", "duty", str(self.duty.id)))

    def _days(self, at: datetime) -> int:
        last = date.fromisoformat(str(self.about.form["until"]))
        return (last - at.astimezone(SHANGHAI).date()).days

    async def card(self, reading: Reading) -> Card:
        view = await views.load(self.about, reading.reader, reading.at)
        owed, copy = self.owed(reading.at, self.duty.rung), reading.reader != self.about.applicant
        return expiring.card(owed, view, days=self._days(reading.at), copy=copy)
