"""A change of a medium that is not filed yet (Article 6(2))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cards import duties as cards
from cards.card import Button, Card, Style
from cards.duties import Item
from handlers import workyear
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.duties.table import CHANGE
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.clauses import LATE, Fact, late_key
from handlers.rules.deadlines import SHANGHAI, Due, duty_due_change
from handlers.rules.ladder import CHANGE_ENDS
from handlers.rules.permits import in_service
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar
from storage import media, people, requests
from storage.duty_records import Duty
from storage.records import OPEN, Identity, Medium, Person, Request, State


@dataclass(frozen=True, slots=True)
class Change(Carded):
    """Who runs the medium is told, from day 5 on its first-responsible person, then the centre too."""

    medium: Medium
    filing: Request | None = None
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        matter = await cls.shown(duty)
        return matter if matter and duty.open and not matter.rests else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        """Also where it is being filed or is: its old cards say so."""
        found = await media.several([duty.medium])
        filing = await requests.by_id(duty.request) if duty.request else None
        return cls(duty, found[0], filing) if found else None

    @property
    def rests(self) -> bool:
        """Whether its filing is in review: then it is owed, and nobody is reminded."""
        return self.filing is not None and CHANGE.rests(self.filing.state)

    async def question(self, rungs: Sequence[Rung], at: datetime) -> Fact | None:
        """Once the ladder has ended, whether Article 13(3) applies; the change is owed as before."""
        if rungs[-1].index < CHANGE_ENDS:
            return None
        calendar, today = await workyear.current(), at.astimezone(SHANGHAI).date()
        day, due = self.duty.changed_on, duty_due_change(self.duty.changed_on, calendar).day
        item = cards.item_name(str((self.duty.detail or {})["item"]))
        said = (
            f"“{self.medium.name}”的{item}自 {day} 起有变动，应于 {due} 前发起变更备案；"
            f"到 {today} 还没有发起，超过 {calendar.count(due, today)} 个工作日。"
        )
        return Fact(late_key(self.medium.no, day), said, self.medium.unit, LATE, (self.medium.no,))

    async def told(self, whom: Hears, _: Rung, at: datetime) -> list[Hearer]:
        args = {"duty": self.duty.id}
        if whom is Hears.CENTRE:
            return [Hearer(person, args=args, copy=True) for person in await notify.center(at)]
        told = doers if whom is Hears.DOER else _responsible
        return [Hearer(person, args=args) for person in await told(self.medium, at)]

    async def item(self, reading: Reading) -> Item | None:
        if not reading.copy and reading.reader not in await self.starters(reading.at):
            return None
        fact = await self._fact(reading)
        text = cards.change_line(fact, reading.at)
        word, style = ("看", Style.DEFAULT) if reading.copy else ("办", Style.PRIMARY)
        return Item("变更", text, Button(f"{word} {self.medium.no}", "duty", str(self.duty.id), style=style))

    async def card(self, reading: Reading) -> Card:
        return cards.change(self.owed(reading.at, self.duty.rung), await self._fact(reading))

    async def starters(self, at: datetime) -> set[str]:
        """Who is expected to start the filing."""
        told = await doers(self.medium, at) + await _responsible(self.medium, at)
        return {person.id for person in told}

    async def _fact(self, reading: Reading) -> cards.Change:
        detail: dict[str, Any] = dict(self.duty.detail or {})
        calendar = await workyear.current()
        due, today = duty_due_change(self.duty.changed_on, calendar), reading.at.astimezone(SHANGHAI).date()
        known = await people.several([detail["person"]])
        return cards.Change(
            medium=self.medium,
            item=detail["item"],
            person=known[detail["person"]].name if known else detail["person"],
            changed_on=self.duty.changed_on,
            source=detail["source"],
            due_at=due.at,
            provisional=due.provisional,
            delay=calendar.count(due.day, today) if today > due.day else 0,
            starts=self.duty.open and reading.reader in await self.starters(reading.at),
            filing=await self._filing(reading, due, calendar),
            dropped=not self.duty.open and self.duty.request is None,
        )

    async def _filing(self, reading: Reading, due: Due, calendar: Calendar) -> cards.Filing | None:
        if self.filing is None or self.filing.state not in OPEN:
            return None
        applicant = await people.get(self.filing.applicant)
        return cards.Filing(
            number=self.filing.number,
            applicant=applicant.name if applicant else self.filing.applicant,
            begun_at=self.filing.submitted_at,
            due_on=due.day,
            delay=calendar.count(due.day, self.filing.submitted_at.astimezone(SHANGHAI).date()),
            returned=self.filing.state is State.RETURNED,
            own=reading.reader == self.filing.applicant,
        )


async def doers(medium: Medium, at: datetime) -> list[Person]:
    """The operator in service; else the administrators of the staff; else the first-responsible person."""
    known = await people.several([medium.operator, *medium.admins])
    staff = [p for p in known.values() if in_service(p, at) and p.identity is Identity.STAFF]
    operator = [person for person in staff if person.id == medium.operator]
    return operator or staff or await _responsible(medium, at)


async def _responsible(medium: Medium, at: datetime) -> list[Person]:
    person = await people.get(await whose.responsible_for(medium.unit, at))
    return [person] if person else []
