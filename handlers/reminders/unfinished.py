"""A draft that was left: its author is reminded, and nobody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cards.card import Button, Tone
from cards.duties import Item
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.kinds.process import FILLINGS
from handlers.reminders.own import BEGUN
from handlers.rules.rungs import Hears, Rung
from storage import drafts, people
from storage.duty_records import Duty
from storage.records import Draft


@dataclass(frozen=True, slots=True)
class Unfinished(Matter):
    """A draft in which something stands and which was neither submitted nor given up."""

    draft: Draft

    @classmethod
    async def load(cls, duty: Duty, _: datetime) -> Self | None:
        draft = await drafts.get(duty.draft or 0)
        begun = draft is not None and any(draft.form.get(name) for name in BEGUN)
        return cls(duty, draft) if draft and begun and draft.state == "open" else None

    async def told(self, _: Hears, __: Rung, ___: datetime) -> list[Hearer]:
        person = await people.get(self.duty.person)
        args = {"reminder": True, "tone": Tone.WAITING}
        return [Hearer(person, "unfinished", args)] if person else []

    async def item(self, reading: Reading) -> Item | None:
        text = f"没提交的{FILLINGS[self.draft.kind].form.title}"
        button = Button("看 草稿", "duty", str(self.duty.id))
        return Item("草稿", text, button) if reading.reader == self.duty.person else None
