"""What is due for one person on one tick is one message: its own card for one matter, a digest for more."""

import asyncio
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
from storage import duties, gathered, outbox, people, told
from storage.duty_records import LOOK, Duty, DutyKind
from storage.letters import Letter

COPY = "copy"
"""Of a letter's arguments: its reader is told, and others act."""

FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Nudge:
    """One matter for one person; `once` names the occasion."""

    matter: Matter
    hearer: Hearer
    once: str


@dataclass(frozen=True, slots=True)
class Line:
    """One matter of a digest."""

    duty: Duty
    copy: bool
    of: str


async def send(nudges: Sequence[Nudge], at: datetime, *, begun: bool = False) -> None:
    """Urgent matters by themselves, the others of each person together, oldest due first, with what earlier
    slices of the same tick (`begun`) have for them."""
    calm: dict[str, list[Nudge]] = {}
    for nudge in nudges:
        if nudge.matter.urgent:
            await _alone(nudge, at)
        else:
            calm.setdefault(nudge.hearer.person.id, []).append(nudge)
    for person, theirs in calm.items():
        earlier = await gathered.of(person, at) if begun else []
        lines = _once([*await _lines(earlier), *map(_line, theirs)])
        if len(lines) == 1 and not earlier:
            await _alone(next(nudge for nudge in theirs if nudge.matter.duty is lines[0].duty), at)
        else:
            await gathered.replaced(earlier)
            await _together(theirs[0], sorted(lines, key=_due), at)


def _line(nudge: Nudge) -> Line:
    return Line(nudge.matter.duty, nudge.hearer.copy, nudge.hearer.args.get("of", ""))


async def _lines(earlier: Sequence[Letter]) -> list[Line]:
    """What letters of earlier slices say; one on two platforms says it once."""
    said: dict[int, Sequence[Any]] = {}
    for letter in earlier:
        alone = [(letter.once or "").split(":")[1], COPY in letter.args, letter.args.get("of", "")]
        said |= {int(one[0]): one for one in letter.args.get("matters", [alone])}
    found = [(await duties.get(number), one) for number, one in said.items()]
    return [Line(duty, bool(one[1]), str(one[2])) for duty, one in found if duty]


def _once(lines: Sequence[Line]) -> Sequence[Line]:
    """A filing that came back is told of by its revision: the change it is for is not told beside it."""
    back = {line.duty.request for line in lines if line.duty.kind is DutyKind.REVISE}
    return [one for one in lines if one.duty.kind is not DutyKind.CHANGE or one.duty.request not in back]


def _due(line: Line) -> tuple[datetime, int]:
    return line.duty.due_at or FAR, line.duty.id


async def _alone(nudge: Nudge, at: datetime) -> None:
    hearer = nudge.hearer
    args = {**hearer.args, **({COPY: True} if hearer.copy else {})}
    await notify.tell(
        [hearer.person], hearer.template, args, at, lane=hearer.lane,
        request=nudge.matter.request, once=nudge.once,
    )  # fmt: skip


async def _together(nudge: Nudge, lines: Sequence[Line], at: datetime) -> None:
    matters = [[line.duty.id, line.copy, line.of] for line in lines]
    once = f"digest:{nudge.once}"
    await notify.tell([nudge.hearer.person], "digest", {"matters": matters}, at, once=once)


async def digest(matters: Sequence[Sequence[Any]], reader: str, at: datetime, *, fresh: bool) -> Card | None:
    """The card of several matters, of those that still stand; None where a fresh one has nothing to say."""
    own: list[Item] = []
    copies: list[Item] = []
    week = ""
    for number, copy, *of in matters:
        await asyncio.sleep(0)  # a hundred of them are a third of a second: others get their turn
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
