"""What is due for one person on one tick is one message: its own card for one matter, a digest for more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cards import duties as cards
from cards.card import Card
from cards.duties import Item
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.letters import notify
from handlers.reminders import kinds
from storage import duties, outbox, people, told
from storage.duty_records import LOOK, Duty, DutyKind

FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One matter for one person; `once` names the occasion."""

    matter: Matter
    hearer: Hearer
    once: str


async def send(nudges: Sequence[Nudge], at: datetime) -> None:
    """Urgent matters by themselves, the others of each person together, oldest due first."""
    calm: dict[str, list[Nudge]] = {}
    for nudge in nudges:
        if nudge.matter.urgent:
            await _alone(nudge, at)
        else:
            calm.setdefault(nudge.hearer.person.id, []).append(nudge)
    for theirs in map(_once, calm.values()):
        if len(theirs) == 1:
            await _alone(theirs[0], at)
        else:
            await _together(sorted(theirs, key=_due), at)


def _once(theirs: Sequence[Nudge]) -> Sequence[Nudge]:
    """A filing that came back is told of by its revision: the change it is for is not told beside it."""
    back = {nudge.matter.duty.request for nudge in theirs if nudge.matter.duty.kind is DutyKind.REVISE}
    return [
        n for n in theirs if n.matter.duty.kind is not DutyKind.CHANGE or n.matter.duty.request not in back
    ]


def _due(nudge: Nudge) -> tuple[datetime, int]:
    return nudge.matter.duty.due_at or FAR, nudge.matter.duty.id


async def _alone(nudge: Nudge, at: datetime) -> None:
    hearer = nudge.hearer
    await notify.tell(
        [hearer.person], hearer.template, hearer.args, at, lane=hearer.lane,
        request=nudge.matter.request, once=nudge.once,
    )  # fmt: skip


async def _together(nudges: Sequence[Nudge], at: datetime) -> None:
    matters = [[nudge.matter.duty.id, nudge.hearer.copy, nudge.hearer.args.get("of", "")] for nudge in nudges]
    once = f"digest:{nudges[0].once}"
    await notify.tell([nudges[0].hearer.person], "digest", {"matters": matters}, at, once=once)


async def digest(matters: Sequence[Sequence[Any]], reader: str, at: datetime, *, fresh: bool) -> Card | None:
    """The card of several matters, of those that still stand; None where a fresh one has nothing to say."""
    own: list[Item] = []
    copies: list[Item] = []
    week = ""
    for number, copy, *of in matters:
        reading = Reading(reader, at, bool(copy), *of)
        duty = await duties.get(int(number))
        matter = await kinds.MATTERS[duty.kind].load(duty, at) if duty else None
        item = await matter.item(reading) if matter else None
        if duty and item:
            (copies if copy else own).append(item)
            week = await _week(duty, reading) or week
    return cards.digest(own, copies, week) if own or copies or not fresh else None


async def _week(duty: Duty, reading: Reading) -> str:
    """The week in one sentence."""
    card = await kinds.card(duty, reading) if duty.kind is DutyKind.WEEK else None
    return card.lead if card else ""


async def settle(duty: Duty, at: datetime) -> None:
    """Nothing is to be done any more, or not now: no reminder follows, and the cards of the duty say so."""
    if duty.open and duty.next_at == LOOK:
        await duties.remind_next(duty.id, duty.rung, None)
    else:
        await duties.finish(duty.id)
    if duty.kind not in kinds.CARDED:
        return
    reminded = {one.person for one in await told.of(duty.id)}
    for person in (await people.several(sorted(reminded))).values():
        shown = await outbox.shown_to(person.id, ["duty"], duty.since)
        mine = [card for card in shown if card.args.get("duty") == duty.id and not card.closed]
        await outbox.put([notify.update_of(card, at) for card in mine])
        await outbox.close([card.id for card in mine])
