"""What every kind of duty answers: whether it stands, when it is reminded of, who hears it, how it reads."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from cards.card import Card
from cards.duties import Item, Owed
from handlers.duties.table import hears, ladder
from handlers.kinds.process import PROCESSES
from handlers.rules.clauses import Fact
from handlers.rules.ladder import ahead, also_hear
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar
from storage import requests, told
from storage.duty_records import Duty
from storage.letters import Lane
from storage.records import Person, Request, Urgency


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who is told, and with which card; a copy is told, the others can act."""

    person: Person
    template: str = "duty"
    args: Mapping[str, Any] = field(default_factory=dict)
    lane: Lane = Lane.NOTICE
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, and when; `copy` where they are told and others act; `of` which time of what recurs."""

    reader: str
    at: datetime
    copy: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Matter(ABC):
    """One duty with what it is about, loaded for one tick or one card."""

    duty: Duty

    LISTED: ClassVar[bool] = False
    """Whether /待办 lists it beside the requests that wait for a decision."""

    @classmethod
    @abstractmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        """The duty's matter; None where nothing is owed any more."""

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        """Its ladder, from the first reminder on."""
        return ladder(self.duty.kind)(self.duty, self.urgency, calendar)

    async def hearers(self, rungs: Sequence[Rung], at: datetime) -> list[Hearer]:
        """Who hears these rungs, which are told as one: downtime may have skipped some. Nobody does while
        what is asked cannot be done; the ladder goes on behind it."""
        if await self.halted(at):
            return []
        first, *then = hears(self.duty.kind)
        also = also_hear(rungs)
        found: dict[str, Hearer] = {}
        for whom in (first, *(one for one in then if one in also)):
            for hearer in await self.told(whom, rungs[-1], at):
                found.setdefault(hearer.person.id, hearer)
        return list(found.values())

    async def halted(self, at: datetime) -> bool:
        """Whether what is asked cannot be done at this moment."""
        process = PROCESSES[self.request.kind] if self.request else None
        return bool(process and self.request and process.rests and await process.obstacle(self.request, at))

    async def ended(self, rungs: Sequence[Rung], at: datetime) -> bool:  # noqa: ARG002
        """Whether the matter has ended by itself with these rungs; most never do."""
        return False

    async def question(self, rungs: Sequence[Rung], at: datetime) -> Fact | None:  # noqa: ARG002
        """What these rungs ask the centre to look at, as a fact: a lead, and no finding."""
        return None

    async def told(self, whom: Hears, rung: Rung, at: datetime) -> list[Hearer]:
        """Those whom the table names so, and with which card each is told."""
        raise NotImplementedError(f"{type(self).__name__} tells nobody who is named {whom}")

    @abstractmethod
    async def item(self, reading: Reading) -> Item | None:
        """The matter on one line for its reader; None where it is none of theirs any more."""

    @property
    def request(self) -> Request | None:
        """The request it is about, if any."""
        return None

    @property
    def urgency(self) -> Urgency:
        """How fast its ladder climbs."""
        return self.request.urgency if self.request else Urgency.NORMAL

    @property
    def urgent(self) -> bool:
        """Whether it goes at once, at any hour and as a message of its own."""
        return False

    def anytime(self, at: datetime) -> bool:  # noqa: ARG002
        """Whether it goes at that hour, whatever the hour is."""
        return self.urgent

    async def next_look(self, index: int, at: datetime, calendar: Calendar) -> datetime | None:
        """When to look again after rung `index`: at the next one, or when somebody's putting off ends
        before it; None where neither follows."""
        following = ahead(self.rungs(calendar), at, index)
        ends = await told.put_off_by(self.duty.id)
        return min(filter(None, [following, *ends.values()]), default=None)

    def owed(self, at: datetime, rung: int = 0) -> Owed:
        """What the card of every duty says; `rung` where its reminders are counted."""
        return Owed(self.duty.id, at, self.duty.open, rung)


class Carded(Matter):
    """A duty with a card of its own, rather than that of a request or a draft."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    async def shown(cls, duty: Duty) -> Self | None:
        """The duty's matter, done or not: an old card tells the truth."""

    @abstractmethod
    async def card(self, reading: Reading) -> Card:
        """The whole card, which says so where the duty is done."""


@dataclass(frozen=True, slots=True)
class OnRequest(Carded):
    """A duty beside a request, with a card of its own: owed while it is open, and of nothing that was
    erased."""

    about: Request

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:  # noqa: ARG003
        return await cls.shown(duty) if duty.open else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        return cls(duty, request) if request and request.form else None
