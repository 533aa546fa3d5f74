"""A step that waits for a decision; and one that nobody can decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cards import phrases
from cards.card import Button, Style
from cards.duties import Item, one_line
from cards.view import View
from handlers import notify, views, whose
from handlers.duty.matter import Hearer, Matter, Reading
from handlers.rules.deadlines import Rung, step_rungs
from handlers.rules.ladder import KEY
from handlers.rules.workdays import Calendar
from storage import people, requests
from storage.held import held
from storage.letters import Lane
from storage.promises import Duty
from storage.records import Request, Urgency


@dataclass(frozen=True, slots=True)
class Decision(Matter):
    """Those who may decide are told, from the third rung on the centre too."""

    about: Request

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        if request is None or request.current is None:
            return None
        same = (request.step, request.version) == (duty.step, duty.version)
        return cls(duty, request) if same else None

    @property
    def request(self) -> Request:
        return self.about

    @property
    def urgent(self) -> bool:
        return self.about.urgency is not Urgency.NORMAL

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return step_rungs(self.duty.since, self.about.urgency, calendar, KEY)

    async def hearers(self, rungs: Sequence[Rung], at: datetime) -> list[Hearer]:
        """As the directory is now; where nobody may decide, the centre and the administrators."""
        now = (await held(request=self.about.id)).request
        if now is None or (now.state, now.step, now.version) != self._stands():
            return []
        step = self.about.current
        holders = await whose.holders(step, whose.applicant_of(self.about), at) if step else {}
        await requests.set_holders(self.about.id, holders)
        args: dict[str, Any] = {"request": self.about.id, "number": self.about.number}
        if not holders:
            return [Hearer(p, "vacancy", args, copy=True) for p in await notify.stewards(at)]
        place = {"step": self.about.step, "version": self.about.version, "rung": rungs[-1].index}
        asked = [
            Hearer(person, "approval", {**args, **place}, Lane.DECISION)
            for person in (await people.several(list(holders))).values()
        ]
        copied = await notify.center(at) if rungs[-1].copy_center else []
        return asked + [Hearer(p, "overdue", args, copy=True) for p in copied if p.id not in holders]

    def _stands(self) -> tuple[object, ...]:
        return self.about.state, self.about.step, self.about.version

    async def item(self, reading: Reading) -> Item | None:
        view = await views.load(self.about, reading.reader, reading.at)
        if not reading.copy:
            return decision_item(view) if reading.reader in view.holders else None
        return Item(
            self.about.number[-4:],
            one_line("久未办理", self.about.title, phrases.due_briefly(view)),
            Button(f"看 {self.about.number[-4:]}", "view", self.about.number),
        )


def decision_item(view: View) -> Item:
    """A step that waits for the reader, on one line."""
    number, step = view.request.number, view.request.current
    asked = phrases.asked(step) if step else phrases.STATES[view.request.state]
    return Item(
        number[-4:],
        one_line(asked, view.request.title, phrases.due_briefly(view)),
        Button(f"办 {number[-4:]}", "open", number, style=Style.PRIMARY),
    )


async def look(duty: Duty, at: datetime) -> bool:
    """A step that nobody could decide is put to whoever can decide it now; True once that is over."""
    request = (await held(request=duty.request or 0)).request
    if request is None or request.current is None:
        return True
    if not await whose.holders(request.current, whose.applicant_of(request), at):
        return False
    if not await requests.holders(request.id):
        once = f"found:{request.id}:{duty.id}"
        await requests.set_holders(request.id, await notify.ask(request, at, once=once))
    return True
