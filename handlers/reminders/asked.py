"""What somebody is asked beside the step that waits, and has not said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cards import phrases
from cards.card import Button, Style
from cards.duties import Item, one_line
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.kinds.process import Supplement, asked_beside
from handlers.letters import notify
from handlers.rules.rungs import Hears, Rung
from storage import people, requests
from storage.duty_records import Duty
from storage.records import Act, Request


@dataclass(frozen=True, slots=True)
class Asked(Matter):
    """Those who are to be heard are reminded; once it is late the centre is told too."""

    about: Request
    asked: Supplement
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        asked = asked_beside(request) if request else None
        return cls(duty, request, asked) if request and asked else None

    @property
    def request(self) -> Request:
        return self.about

    async def told(self, whom: Hears, _: Rung, at: datetime) -> list[Hearer]:
        args: dict[str, Any] = {"request": self.about.id, "number": self.about.number}
        if whom is Hears.CENTRE:
            return [Hearer(one, "unheard", args, copy=True) for one in await notify.center(at)]
        args |= {"kind": self.asked.kind, "key": self.asked.key}
        known = await people.several(list(await self.asked.heard(self.about, at)))
        return [Hearer(one, notify.ASKED, args) for one in known.values()]

    async def item(self, reading: Reading) -> Item | None:
        number, word = self.about.number, self.asked.form.command
        due = self.duty.due_at
        until = phrases.briefly(due, reading.at) if due else ""
        if reading.copy:
            view = Button(f"看 {number}", "view", number)
            return Item(number, one_line(f"久未{word}", self.about.title, ""), view)
        if reading.reader not in await self.asked.heard(self.about, reading.at):
            return None
        fill = Button(f"办 {number}", Act.SUPPLY, number, self.asked.kind, self.about.version, Style.PRIMARY)
        return Item(number, one_line(f"待{word}", self.about.title, until), fill)
