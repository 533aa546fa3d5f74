"""What a campaign asks of one medium, and what the centre hears once its window is over (Article 5(1))."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cards import campaigns as cards
from cards import phrases
from cards.campaigns import Told
from cards.card import Button, Card, Style
from cards.duties import Item, one_line
from cards.form_dispatch import NO
from cards.processes import dispatch
from cards.times import when
from handlers.duties.matter import Carded, Hearer, Reading
from handlers.letters import notify, views
from handlers.people.operators import answers_for, head, operators
from handlers.rules.calling import HALF, OVER, SHORT, call_ladder
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar
from storage import campaigns, media, people, requests
from storage.campaigns import Call
from storage.duty_records import Duty
from storage.letters import Lane
from storage.records import Medium, MediumState, Request, State


@dataclass(frozen=True, slots=True)
class Called(Carded):
    """One medium of a campaign: who runs it is reminded within the window, its head once that is over."""

    about: Request
    call: Call
    medium: Medium
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        matter = await cls.shown(duty)
        if matter is None or not duty.open or matter.call.answer:
            return None
        stands = matter.about.state is State.RECORDED and matter.medium.state is MediumState.ACTIVE
        return matter if stands else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        request, on = await requests.by_id(duty.request or 0), await media.several([duty.medium])
        call = await campaigns.get(request.id, duty.medium) if request else None
        return cls(duty, request, call, on[0]) if request and call and on else None

    @property
    def request(self) -> Request:
        return self.about

    @property
    def urgent(self) -> bool:
        """A short window runs at any hour."""
        due = self.duty.due_at
        return due is not None and due - self.duty.since <= SHORT

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        if self.about.form.get("must_reply") == NO or self.duty.due_at is None:
            return iter(())
        return call_ladder(self.duty.since, self.duty.due_at, calendar)

    async def hearers(self, rungs: Sequence[Rung], at: datetime) -> list[Hearer]:
        index = rungs[-1].index
        if index == HALF and self.call.received_by:
            return []
        args: dict[str, Any] = {"duty": self.duty.id}
        running = [Hearer(one, args=args, lane=Lane.NOTICE) for one in await operators(self.medium, at)]
        known = {hearer.person.id for hearer in running}
        heads = await head(self.medium, at) if index >= OVER else []
        return [*running, *(Hearer(one, args=args, copy=True) for one in heads if one.id not in known)]

    async def item(self, reading: Reading) -> Item | None:
        person = await people.get(reading.reader)
        if person is None or not await answers_for(person, self.medium, reading.at):
            return None
        until = phrases.briefly(dispatch.until(self.about), reading.at)
        text = one_line(f"待{self.about.form['action']}", f"{self.medium.name} {self.about.title}", until)
        word, style = ("看", Style.DEFAULT) if reading.copy else ("办", Style.PRIMARY)
        number = self.about.number
        return Item(number, text, Button(f"{word} {number}", "duty", str(self.duty.id), style=style))

    async def card(self, reading: Reading) -> Card:
        view = await views.load(self.about, reading.reader, reading.at)
        (told,) = await read([self.call], self.about, reading.at)
        running = {one.id for one in await operators(self.medium, reading.at)}
        owed = self.owed(reading.at, self.duty.rung)
        return cards.call(owed, view, told, copy=reading.reader not in running)


@dataclass(frozen=True, slots=True)
class Campaign(Carded):
    """What was not answered once the window is over: the centre's list, and nothing follows from it."""

    about: Request
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, at: datetime) -> Self | None:
        matter = await cls.shown(duty)
        return matter if matter and duty.open and await matter.left(at) else None

    @classmethod
    async def shown(cls, duty: Duty) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        return cls(duty, request) if request else None

    @property
    def request(self) -> Request:
        return self.about

    async def told(self, _: Hears, __: Rung, at: datetime) -> list[Hearer]:
        return [Hearer(one, args={"duty": self.duty.id}) for one in await notify.center(at)]

    async def left(self, at: datetime) -> int:
        """How many media an answer is still waited for."""
        calls = await read(await campaigns.of(self.about.id), self.about, at)
        return len([one for one in calls if one.stage in cards.OPEN])

    async def item(self, reading: Reading) -> Item | None:
        number, left = self.about.number, await self.left(reading.at)
        text = one_line("调动已截止", self.about.title, f"{left} 个未回复")
        return Item(number, text, Button(f"看 {number}", "duty", str(self.duty.id)))

    async def card(self, reading: Reading) -> Card:
        view = await views.load(self.about, reading.reader, reading.at)
        calls = await read(await campaigns.of(self.about.id), self.about, reading.at)
        return cards.progress(view, calls, following=True)


async def read(calls: Sequence[Call], about: Request, at: datetime) -> list[Told]:
    """Calls with the names of media and people, in their order."""
    on = {medium.no: medium for medium in await media.several([call.medium for call in calls])}
    named = [person for call in calls for person in (call.received_by, call.answered_by) if person]
    known = await people.several(list(dict.fromkeys(named)))
    names = {person: known[person].name if person in known else person for person in named}
    until = dispatch.until(about)
    shots = {one["medium"]: len(one["files"]) for one in about.form.get(dispatch.SHOTS) or ()}
    return [
        Told(
            on[call.medium],
            _stage(call, on[call.medium]),
            call.said,
            names.get(call.answered_by, ""),
            call.answered_at,
            _received(call, names, at),
            late=call.answered_at is not None
            and call.answered_at >= until
            and call.answer != campaigns.DROPPED,
            shots=shots.get(call.medium, 0),
        )
        for call in calls
        if call.medium in on
    ]


def _stage(call: Call, medium: Medium) -> str:
    answered = {campaigns.DONE: cards.DONE, campaigns.CANNOT: cards.CANNOT}.get(call.answer)
    if not answered and medium.state is not MediumState.ACTIVE:
        return cards.GONE
    asked = cards.SILENT if call.asked_at else cards.COMING
    return answered or (cards.BEGUN if call.received_by else asked)


def _received(call: Call, names: dict[str, str], at: datetime) -> str:
    said = call.received_at
    return f"{names[call.received_by]} {when(said, at)}" if said and call.received_by else ""
