"""The Monday digest of every managing unit and of the whole school; it is never done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from cards import week as cards
from cards.card import Button, Card
from cards.duties import Item
from cards.week import School, UnitWeek, Waiting
from handlers.cases import whose
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.duties.missing import has_responsible
from handlers.letters import notify
from handlers.rules.deadlines import SHANGHAI, Rung
from handlers.rules.ladder import next_monday, weekly
from handlers.rules.permits import in_service
from handlers.rules.vacancies import must_have_responsible
from handlers.rules.workdays import DAY, Calendar
from storage import outbox, overview, people
from storage.duty_records import Duty
from storage.letters import LetterState
from storage.records import Person

WORST = 5


@dataclass(frozen=True, slots=True)
class Week(Carded):
    """What is open, late and coming up; the centre is told always, a unit where there is something."""

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        return await cls.shown(duty)

    @classmethod
    async def shown(cls, duty: Duty) -> Self:
        return cls(duty)

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return weekly(next_monday(self.duty.since), calendar)

    async def hearers(self, _: Sequence[Rung], at: datetime) -> list[Hearer]:
        centre = await notify.center(at)
        known = {person.id for person in centre}
        leading = [person for person in await _leaders(at) if person.id not in known]
        args = {"duty": self.duty.id}
        return [Hearer(person, args=args, copy=True) for person in (*centre, *leading)]

    async def item(self, reading: Reading) -> Item | None:
        label = f"{monday(reading.at):%m%d}"
        return Item(label, "本周情况：在办、超时、本周到期", Button(f"看 {label}", "duty", str(self.duty.id)))

    async def card(self, reading: Reading) -> Card:
        """The reader's units, or the whole school for the centre."""
        reader, at = reading.reader, reading.at
        if reader in {person.id for person in await notify.center(at)}:
            return await _school(at)
        units = await _led_by(reader, at)
        name = "、".join([await _unit_name(unit) for unit in units])
        week = await overview.of_units(units, at, _ends(at))
        late = await overview.late(at, WORST, units)
        return cards.unit_week(_named(week, name), [await _waiting(one) for one in late], monday(at), at)


async def _leaders(at: datetime) -> list[Person]:
    """First-responsible persons in whose units something is open or owed."""
    busy = await overview.busy_units()
    found = {await whose.responsible_for(unit, at) for unit in busy}
    known = await people.several(sorted(found))
    return [person for _, person in sorted(known.items()) if in_service(person, at)]


async def _led_by(reader: str, at: datetime) -> list[str]:
    """The units with something open for which this person is first responsible."""
    return [unit for unit in await overview.busy_units() if await whose.responsible_for(unit, at) == reader]


async def _unit_name(code: str) -> str:
    unit = await people.unit(code)
    return unit.name if unit else code


def _named(week: overview.Counts, name: str) -> UnitWeek:
    return UnitWeek(name, week.open, week.late, week.coming, week.changes)


async def _waiting(one: overview.Late) -> Waiting:
    return Waiting(one.number, one.title, await _unit_name(one.unit), one.due_at)


async def _school(at: datetime) -> Card:
    weeks = [
        _named(await overview.of_units([unit], at, _ends(at)), await _unit_name(unit))
        for unit in await overview.busy_units()
    ]
    vacant = [
        unit.name
        for unit in await people.all_units()
        if must_have_responsible(unit) and not await has_responsible(unit, at)
    ]
    undelivered = (await outbox.counts()).get(LetterState.DEAD.value, 0)
    missing = [person.name for person in await people.unreachable()]
    school = School(tuple(vacant), undelivered, tuple(missing))
    late = [await _waiting(one) for one in await overview.late(at, WORST)]
    return cards.school_week(weeks, late, school, monday(at), at)


def monday(at: datetime) -> date:
    day = at.astimezone(SHANGHAI).date()
    return day - DAY * day.weekday()


def _ends(at: datetime) -> datetime:
    """When the week of `at` is over."""
    after = monday(at) + timedelta(days=7)
    return datetime(after.year, after.month, after.day, tzinfo=SHANGHAI)
