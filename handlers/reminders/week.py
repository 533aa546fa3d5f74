"""The Monday digest of every managing unit and of the whole school; it is never done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards import week as cards
from cards import week_values
from cards.card import Button, Card
from cards.duties import Item
from cards.week_values import Of, School, UnitWeek, Waiting
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.kinds.process import PROCESSES
from handlers.letters import checkpoints, notify
from handlers.people import whose
from handlers.reminders import figures
from handlers.reminders.figures import Figures
from handlers.rules.ladder import next_monday, weekly
from handlers.rules.permits import in_service
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar
from storage import people, requests
from storage.duty_records import Duty
from storage.records import Person


@dataclass(frozen=True, slots=True)
class Week(Carded):
    """What was open, late and coming up that Monday; the centre is told always, a unit where there is
    something."""

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        return await cls.shown(duty)

    @classmethod
    async def shown(cls, duty: Duty) -> Self:
        return cls(duty)

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return weekly(next_monday(self.duty.since), calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        """The figures of this week are taken with its first reminder, and stay."""
        kept = await figures.keep(at)
        centre = await notify.center(at)
        known = {person.id for person in centre}
        leading = [person for person in await _leaders(kept, at) if person.id not in known]
        args = {"duty": self.duty.id, "of": kept.week}
        hearers = [*centre, *leading]
        await checkpoints.beside_digest(hearers, at)
        return [Hearer(person, args=args, copy=True) for person in hearers]

    async def item(self, reading: Reading) -> Item | None:
        found = await figures.of(reading.of, reading.at)
        line = f"{_of(found)}：{(await self._total(found, reading)).said}"
        return Item(cards.LABEL, line, Button(f"看 {cards.LABEL}", "duty", str(self.duty.id), found.week))

    async def card(self, reading: Reading) -> Card:
        """The reader's units, or the whole school for the centre."""
        found = await figures.of(reading.of, reading.at)
        if await _is_centre(reading):
            return await _school(found)
        week = await self._total(found, reading)
        units = await _led_by(reading.reader, found, reading.at)
        return cards.unit_week(week, await _waiting(found, units), _of(found), found.checkpoint)

    async def _total(self, found: Figures, reading: Reading) -> UnitWeek:
        """What concerns the reader, in one line."""
        if await _is_centre(reading):
            return week_values.added([_named(found, unit, unit) for unit in found.units], "全校")
        units = await _led_by(reading.reader, found, reading.at)
        name = "、".join([await _unit_name(unit) for unit in units])
        return week_values.added([_named(found, unit, unit) for unit in units], name)


async def _is_centre(reading: Reading) -> bool:
    return reading.reader in {person.id for person in await notify.center(reading.at)}


async def _leaders(found: Figures, at: datetime) -> list[Person]:
    """First-responsible persons in whose units something is open or owed."""
    ids = {await whose.responsible_for(unit, at) for unit in found.units}
    known = await people.several(sorted(ids))
    return [person for _, person in sorted(known.items()) if in_service(person, at)]


async def _led_by(reader: str, found: Figures, at: datetime) -> list[str]:
    """The units with something open for which this person is first responsible."""
    return [unit for unit in found.units if await whose.responsible_for(unit, at) == reader]


async def _unit_name(code: str) -> str:
    unit = await people.unit(code)
    return unit.name if unit else code


def _of(found: Figures) -> Of:
    return Of(found.monday, found.counted)


def _named(found: Figures, unit: str, name: str) -> UnitWeek:
    return UnitWeek(name, *found.units[unit])


async def _waiting(found: Figures, units: Sequence[str]) -> list[Waiting]:
    """Those of these units that were overdue the longest, with the title they have now: one that was
    deleted for secrecy is told of by its number alone."""
    shown = [one for one in found.late if one.unit in units][: figures.WORST]
    titles = {one.number: await requests.get(one.number) for one in shown}
    return [
        Waiting(
            one.number,
            known.title if (known := titles[one.number]) else "",
            await _unit_name(one.unit),
            one.due,
        )
        for one in shown
    ]


async def _school(found: Figures) -> Card:
    weeks = [_named(found, unit, await _unit_name(unit)) for unit in found.units]
    vacant = [await _unit_name(unit) for unit in found.vacant]
    missing = [person.name for person in (await people.several(list(found.unreachable))).values()]
    kinds = tuple((PROCESSES[one].form.command, n) for one, n in found.kinds.items() if one in PROCESSES)
    school = School(tuple(vacant), found.undelivered, tuple(missing), kinds, found.returns, found.cases)
    waiting = await _waiting(found, list(found.units))
    return cards.school_week(weeks, waiting, school, _of(found), found.checkpoint)
