"""A step that waits for a decision; and one that nobody can decide."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cards import phrases
from cards.card import Button, Style
from cards.duties import Item, one_line
from cards.halting import STOPPED
from cards.view import View
from handlers.cases import convening
from handlers.duties import follow
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.kinds.process import PROCESSES
from handlers.letters import notify, views
from handlers.people import whose
from handlers.rules.permits import in_service, serves
from handlers.rules.rungs import Hears, Rung
from storage import people, requests
from storage.duty_records import Duty
from storage.letters import Lane
from storage.records import Person, Request, Urgency
from storage.steps import READERS, StepRole

_OF_THE_UNIT = (
    *(StepRole.SECRECY_REVIEWER, StepRole.FIRST_RESPONSIBLE, StepRole.OPERATORS, StepRole.APPLICANT),
    *READERS,
)
"""Whose steps are the unit's own."""


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

    async def told(self, whom: Hears, rung: Rung, at: datetime) -> list[Hearer]:
        """As the directory is now; where nobody may decide, the centre and the administrators."""
        args: dict[str, Any] = {"request": self.about.id, "number": self.about.number}
        if whom is Hears.CENTRE:
            return [Hearer(person, "overdue", args, copy=True) for person in await self._overseers(at)]
        if whom is Hears.RESPONSIBLE:
            return await self._head(args, at)
        holders = await whose.turns(self.about, at)
        if not holders:
            return [Hearer(p, "vacancy", args, copy=True) for p in await notify.stewards(at, self.about)]
        place = {"step": self.about.step, "version": self.about.version, "rung": rung.index}
        return [
            Hearer(person, "approval", {**args, **place}, Lane.DECISION)
            for person in (await people.several(list(holders))).values()
        ]

    async def _overseers(self, at: datetime) -> list[Person]:
        """The centre, and who else the process names."""
        found = await notify.center(at, self.about)
        for role in PROCESSES[self.about.kind].oversees:
            found += [one for one in await people.with_role(role) if serves(one, at) and one not in found]
        return found

    async def _head(self, args: dict[str, Any], at: datetime) -> list[Hearer]:
        """The first-responsible person of the unit whose step lies; not of one that lies elsewhere.

        > 基层党委（党总支）书记、党政职能部门和直属单位负责人为……第一责任人。（第五条（二））
        """
        step = self.about.current
        if step is None or step.role not in _OF_THE_UNIT:
            return []
        head = await people.get(await whose.responsible_for(step.unit or self.about.unit, at))
        heard = head is not None and in_service(head, at)
        return [Hearer(head, "overdue", {**args, "head": True}, copy=True)] if head and heard else []

    async def item(self, reading: Reading) -> Item | None:
        view = await views.load(self.about, reading.reader, reading.at)
        if not reading.copy:
            return decision_item(view) if reading.reader in view.holders else None
        return Item(
            self.about.number,
            one_line("久未办理", self.about.title, phrases.due_briefly(view)),
            Button(f"看 {self.about.number}", "view", self.about.number),
        )


@dataclass(frozen=True, slots=True)
class Receiving(Decision):
    """A notice that was sent, and of which nobody has said 收到."""

    async def item(self, _: Reading) -> Item | None:
        number = self.about.number
        button = Button(f"看 {number}", "open", number)
        return Item(number, one_line("待收到", self.about.title, ""), button)


def decision_item(view: View) -> Item:
    """A step that waits for the reader, on one line."""
    number, step = view.request.number, view.request.current
    asked = phrases.hurried(phrases.asked(step), view.request) if step else phrases.state(view)
    asked = STOPPED if view.halted else asked
    return Item(
        number,
        one_line(asked, view.request.title, phrases.due_briefly(view)),
        Button(f"办 {number}", "open", number, style=Style.PRIMARY),
    )


async def look(request: Request, at: datetime) -> None:
    """Who may decide a step is looked up anew, of a request that is held: `/待办`, what is owed and the cards
    of whoever may no more, or may again, follow; where nobody could, whoever can now is asked."""
    request = await convening.convened(request, at)
    now, before = await whose.turns(request, at), await requests.holders(request.id)
    if now == before:
        return
    if now and not before:
        await notify.ask(request, at, once=f"found:{request.id}:{int(at.timestamp())}")
    await requests.set_holders(request.id, now)
    await follow.request(request, at, held=bool(now))
    await notify.repaint(request, at, of=now.keys() ^ before.keys())
