"""What is due for one person on one tick is one message: its own card for one matter, a digest for more."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cards import duties as cards
from cards.card import Card
from cards.duties import Item
from handlers.duties import carded
from handlers.duties.matter import Hearer, Matter, Reading
from handlers.letters import notify
from handlers.reminders import kinds
from storage import db, duties, gathered, people
from storage.duty_records import LOOK, Duty, DutyKind
from storage.records import Person

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
    """One matter of a digest: a duty by its id, with what it is put in order by."""

    duty: int
    kind: DutyKind
    request: int | None
    due: datetime | None
    copy: bool
    of: str


async def send(nudges: Sequence[Nudge], at: datetime) -> None:
    """Urgent matters by themselves, the others of each person together, oldest due first."""
    calm: dict[str, list[Nudge]] = {}
    for nudge in nudges:
        if nudge.matter.urgent:
            await _alone(nudge, at)
        else:
            calm.setdefault(nudge.hearer.person.id, []).append(nudge)
    for theirs in calm.values():
        lines = _once([*map(_line, theirs)])
        if len(lines) == 1:
            await _alone(next(nudge for nudge in theirs if nudge.matter.duty.id == lines[0].duty), at)
        else:
            await _together(theirs[0].hearer.person, lines, at, once=theirs[0].once)


async def put_together(at: datetime) -> bool:
    """Make one message of what several slices of a tick have for one person; False where nobody is left."""
    person = await gathered.scattered(at)
    if person is None:
        return False
    lines = _once(await _lines(await gathered.of(person, at)))
    await gathered.replaced(person, at)
    if reader := await people.get(person):
        await _together(reader, lines, at, once=f"all:{db.to_ms(at)}")
    return True


def _line(nudge: Nudge) -> Line:
    duty, hearer = nudge.matter.duty, nudge.hearer
    return Line(duty.id, duty.kind, duty.request, duty.due_at, hearer.copy, hearer.args.get("of", ""))


async def _lines(letters: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Line]:
    """What letters of several slices say; one on two platforms says it once."""
    said: dict[int, Sequence[Any]] = {}
    for once, args in letters:
        alone = [once.split(":")[1], COPY in args, args.get("of", "")]
        said |= {int(one[0]): one for one in args.get("matters", [alone])}
    known = await duties.dues(list(said))
    return [
        Line(number, *known[number], bool(one[1]), str(one[2]))
        for number, one in said.items()
        if number in known
    ]


_TOLD_BY = {DutyKind.CHANGE: (DutyKind.REVISE,), DutyKind.RECEIVE: (DutyKind.DECIDE, DutyKind.TERM)}
"""What says already what a duty of the same request would: the revision, of a change whose filing came
back; and what a notice asks for, whose card has 收到, that it has arrived."""


def _once(lines: Sequence[Line]) -> Sequence[Line]:
    """One line for a request, where two would say the same to whoever acts on it."""
    said = {(line.kind, line.request) for line in lines}
    told = {one: [(by, one.request) for by in _TOLD_BY.get(one.kind, ())] for one in lines}
    return [one for one in lines if said.isdisjoint(told[one])]


def _due(line: Line) -> tuple[datetime, int]:
    return line.due or FAR, line.duty


async def _alone(nudge: Nudge, at: datetime) -> None:
    hearer = nudge.hearer
    args = {**hearer.args, **({COPY: True} if hearer.copy else {})}
    await notify.tell(
        [hearer.person], hearer.template, args, at, lane=hearer.lane,
        request=nudge.matter.request, once=nudge.once,
    )  # fmt: skip


async def _together(person: Person, lines: Sequence[Line], at: datetime, *, once: str) -> None:
    matters = [[line.duty, line.copy, line.of] for line in sorted(lines, key=_due)]
    await notify.tell([person], "digest", {"matters": matters}, at, once=f"digest:{once}")


async def digest(matters: Sequence[Sequence[Any]], reader: str, at: datetime, *, fresh: bool) -> Card | None:
    """The card of several matters, of those that still stand; None where a fresh one has nothing to say.

    Of those that do not fit it only counts which are owed still: two thousand would take seconds to read.
    """
    known = await duties.several([int(number) for number, *_ in matters])
    shown: dict[bool, list[Item]] = {False: [], True: []}
    left = {False: 0, True: 0}
    week = ""
    for number, copy, *of in sorted(matters, key=_is_copy):
        reading, duty = Reading(reader, at, bool(copy), *of), known.get(int(number))
        if duty is None:
            continue
        if sum(map(len, shown.values())) >= cards.PAGE and duty.kind is not DutyKind.WEEK:
            left[reading.copy] += duty.open
            continue
        await asyncio.sleep(0)  # each takes some milliseconds: others get their turn
        if item := await _item(duty, reading):
            shown[reading.copy].append(item)
            week = await _week(duty, reading) or week
    if not any(shown.values()) and fresh:
        return None
    return cards.digest(shown[False], shown[True], week, left[False], left[True])


def _is_copy(matter: Sequence[Any]) -> bool:
    return bool(matter[1])


async def _item(duty: Duty, reading: Reading) -> Item | None:
    """The line of a matter; None where it does not stand any more."""
    matter = await kinds.MATTERS[duty.kind].load(duty, reading.at)
    return await matter.item(reading) if matter else None


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
    if duty.kind in kinds.CARDED:
        await carded.over(duty, at)
