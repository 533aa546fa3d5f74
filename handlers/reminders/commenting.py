"""Whoever keeps the comments of a post is asked to look at them, in its first hours and days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cards import comments as cards
from cards.card import Button, Card
from cards.duties import Item, one_line
from handlers import workyear
from handlers.duties.matter import Hearer, OnRequest, Reading
from handlers.letters import views
from handlers.people import keepers
from handlers.rules.commenting import OTHERS, OVER, ends, soon
from handlers.rules.rungs import Rung
from storage import duties, requests


@dataclass(frozen=True, slots=True)
class Keeping(OnRequest):
    """A tap says that they looked; that none came is no fault, and the operators hear of it once."""

    def anytime(self, at: datetime) -> bool:
        return soon(self.duty.rung, at)

    async def hearers(self, rungs: Sequence[Rung], at: datetime) -> list[Hearer]:
        args = {"duty": self.duty.id}
        told = [Hearer(one, args=args) for one in await keepers.keepers(self.about, at)]
        if rungs[-1].index != OTHERS or cards.log(self.about):
            return told
        known = {one.person.id for one in told}
        others = [one for one in await keepers.operators(self.about, at) if one.id not in known]
        return [*told, *(Hearer(one, args=args, copy=True) for one in others)]

    async def ended(self, rungs: Sequence[Rung], at: datetime) -> bool:
        """With the last rung nobody is asked any more, and the cards say so."""
        if rungs[-1].index < OVER:
            return False
        kept = {**(self.about.outcome.get(cards.KEPT) or {}), "over": at.isoformat()}
        await requests.conclude(replace(self.about, outcome={**self.about.outcome, cards.KEPT: kept}))
        await duties.over(self.duty.id)
        return True

    async def item(self, _: Reading) -> Item | None:
        number = self.about.number
        text = one_line("看评论", self.about.title, "")
        return Item(number, text, Button(f"看 {number}", "duty", str(self.duty.id)))

    async def card(self, reading: Reading) -> Card:
        view = await views.load(self.about, reading.reader, reading.at)
        theirs = await keepers.keepers(self.about, reading.at)
        names = [] if reading.reader in {one.id for one in theirs} else [one.name for one in theirs]
        owed = self.owed(reading.at, self.duty.rung)
        return cards.keep(owed, view, names, ends(self.duty.since, await workyear.current()))
