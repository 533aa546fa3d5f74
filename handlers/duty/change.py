"""A change of a medium that is not filed yet (Article 6(2))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from cards import duties as cards
from cards.card import Button, Card, Style
from cards.duties import Item
from handlers import notify, whose, workyear
from handlers.duty.matter import Carded, Hearer, Reading
from handlers.rules.deadlines import SHANGHAI, Rung, duty_due_change
from handlers.rules.ladder import Hears, change_hears, change_ladder
from handlers.rules.permits import in_service
from handlers.rules.workdays import Calendar
from storage import media, people
from storage.promises import Duty
from storage.records import Identity, Medium, Person


@dataclass(frozen=True, slots=True)
class Change(Carded):
    """Who runs the medium is told, from day 5 on its first-responsible person, then the centre too."""

    medium: Medium
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        matter = await cls.shown(duty)
        return matter if matter and duty.open else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        """Also where it is filed: its old cards say so."""
        found = await media.several([duty.medium])
        return cls(duty, found[0]) if found else None

    @property
    def changed_on(self) -> date:
        return date.fromisoformat((self.duty.detail or {})["changed_on"])

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return change_ladder(self.changed_on, self.duty.since, calendar)

    async def hearers(self, rungs: Sequence[Rung], at: datetime) -> list[Hearer]:
        hears = change_hears(rungs)
        told = await doers(self.medium, at)
        if Hears.RESPONSIBLE in hears:
            told += await _responsible(self.medium, at)
        args = {"duty": self.duty.id}
        found = {person.id: Hearer(person, args=args) for person in told}
        for person in await notify.center(at) if Hears.CENTRE in hears else []:
            found.setdefault(person.id, Hearer(person, args=args, copy=True))
        return list(found.values())

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
        due, today = duty_due_change(self.changed_on, calendar), reading.at.astimezone(SHANGHAI).date()
        known = await people.several([detail["person"]])
        return cards.Change(
            medium=self.medium,
            item=detail["item"],
            person=known[detail["person"]].name if known else detail["person"],
            changed_on=self.changed_on,
            source=detail["source"],
            due_at=due.at,
            provisional=due.provisional,
            delay=calendar.count(due.day, today) if today > due.day else 0,
            starts=self.duty.open and reading.reader in await self.starters(reading.at),
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
