"""What applicants owe: a receipt of what they published, and a draft they left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from cards import phrases
from cards.card import Button, Tone
from cards.duties import Item
from handlers.duty.matter import Hearer, Matter, Reading
from handlers.processes import PROCESSES
from handlers.rules.deadlines import Rung, permitted
from handlers.rules.ladder import KEY, daily
from handlers.rules.workdays import Calendar
from storage import drafts, people, requests
from storage.promises import Duty
from storage.records import Draft, Request, State

DRAFT_AFTER = timedelta(minutes=30)
"""Half an hour without a word: the draft is still there."""

_BEGUN = ("title", "media", "account_name")
"""Fields of which one is filled in before a draft is worth a reminder."""


@dataclass(frozen=True, slots=True)
class Receipt(Matter):
    """Passed, and nobody said that it is out: the applicant is asked, then each working day."""

    about: Request
    LISTED = True

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        request = await requests.by_id(duty.request or 0)
        waits = request is not None and request.state is State.AWAITING_PUBLISH
        return cls(duty, request) if request and waits else None

    @property
    def request(self) -> Request:
        return self.about

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        return daily(self.duty.due_at or self.duty.since, calendar)

    async def hearers(self, _: Sequence[Rung], __: datetime) -> list[Hearer]:
        applicant = await people.get(self.duty.person)
        args = {"request": self.about.id, "number": self.about.number}
        return [Hearer(applicant, "receipt_due", args)] if applicant else []

    async def item(self, reading: Reading) -> Item | None:
        text = f"待登记 {phrases.excerpt(self.about.title, 20)}"
        button = Button(f"看 {self.about.number[-4:]}", "duty", str(self.duty.id))
        return Item(self.about.number[-4:], text, button) if reading.reader == self.duty.person else None


@dataclass(frozen=True, slots=True)
class Unfinished(Matter):
    """A draft in which something stands and which was neither submitted nor given up."""

    draft: Draft

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        draft = await drafts.get(duty.draft or 0)
        begun = draft is not None and any(draft.form.get(name) for name in _BEGUN)
        return cls(duty, draft) if draft and begun and draft.state == "open" else None

    def rungs(self, calendar: Calendar) -> Iterator[Rung]:
        yield Rung(1, permitted(self.duty.since + DRAFT_AFTER, calendar, KEY))

    async def hearers(self, _: Sequence[Rung], __: datetime) -> list[Hearer]:
        person = await people.get(self.duty.person)
        args = {"reminder": True, "tone": Tone.WAITING}
        return [Hearer(person, "unfinished", args)] if person else []

    async def item(self, reading: Reading) -> Item | None:
        text = f"没提交的{PROCESSES[self.draft.kind].form.title}"
        button = Button("看 草稿", "duty", str(self.duty.id))
        return Item("草稿", text, button) if reading.reader == self.duty.person else None
