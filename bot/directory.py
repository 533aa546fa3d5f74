"""The platforms' directories followed: what they mark is read anew, and each is read whole at night.

When the next reading is due stands in the database, so a restart, downtime or a second replica
neither skips nor doubles one. Reading is outward work and happens outside every transaction; what
it finds goes through dispatch, one person at a time.
"""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import structlog

from bot import metrics
from bot.platforms.base import Clock, Passing, Permanent, Platform
from bot.writer import Writer
from cards.card import Card
from handlers.directory.changes import DIRTY, dirty, memory_of
from handlers.events import DirectoryChange, DirectoryRead, Event, Reply
from handlers.rules.absence import remember
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.directory import compare
from handlers.rules.roll import Books, Change, Member, Memory, Remarks, Roll, Standing, bound
from storage import db, departures, marks, people, units
from storage.marks import Mark
from storage.records import Platform as Name

Submit = Callable[[Event], Awaitable[tuple[Reply, Card | None]]]
log = structlog.get_logger(__name__)

EVERY = 20
"""Seconds between two looks at what is marked."""

NIGHT, SPREAD = time(3, 7), 600.0
"""When a whole reading is due, and the seconds over which the platforms and schools spread."""

TAKEN = timedelta(hours=1)
"""How long a reading may take before another process may begin it anew."""

AGAIN = timedelta(minutes=15)
"""When a reading that broke off is tried again; each further time twice as long, until the next night."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading comes to; `memory` is None where it broke off, `broken` the platform's answer then."""

    changes: tuple[Change, ...]
    remarks: Remarks
    memory: Memory | None
    broken: str = ""


async def consult(name: Name, platform: Platform, clock: Clock) -> tuple[Outcome, Books]:
    """Read a whole directory and compare it with the books; nothing is written."""
    books = await _books(name)
    accounts = list(bound(books.people.values(), name))
    roll = await platform.directory.read(accounts)
    before = await memory_of(name)
    memory, gone, narrowed = remember(roll, before, accounts) if roll.whole else (None, (), False)
    changes, remarks = compare(roll, books, _today(clock()), gone, narrowed=narrowed)
    return Outcome(changes, remarks, memory, roll.broken), books


async def _books(name: Name) -> Books:
    async with db.reading():
        return Books(
            {person.id: person for person in await people.everybody()},
            {unit.code: unit for unit in await people.all_units()},
            await units.merged(),
            await departures.left_by(name),
        )


class Directories:
    """Keeps the people on the books with what the platforms say; `look` is called again and again."""

    def __init__(
        self, platforms: Mapping[Name, Platform], writer: Writer, submit: Submit, clock: Clock
    ) -> None:
        self._platforms, self._writer, self._submit, self._clock = platforms, writer, submit, clock

    async def look(self) -> None:
        """Do what is due; a failure is logged, counted and tried again at the next look."""
        for name in self._platforms:
            try:
                await self._marked(name)
                await self._nightly(name)
            except db.Unreachable as failure:
                log.warning("directory_waits", platform=name, why=str(failure))
            except Exception:
                metrics.DIRECTORY.labels(name, "failed").inc()
                log.exception("directory_failed", platform=name)

    async def sync(self, name: Name) -> Outcome:
        """Read one directory whole and carry out what is new."""
        at = self._clock()
        outcome, _ = await consult(name, self._platforms[name], self._clock)
        await self.carry_out(name, outcome, at)
        metrics.DIRECTORY.labels(name, "broken" if outcome.memory is None else "whole").inc()
        log.info(
            "directory_read", platform=name, changes=len(outcome.changes), whole=outcome.memory is not None
        )
        return outcome

    async def carry_out(self, name: Name, outcome: Outcome, at: datetime) -> None:
        """Each change in a transaction of its own, then what the reading leaves behind."""
        run = f"directory:{name}:{db.to_ms(at)}"
        await self._apply(name, outcome.changes, run, at)
        await self._submit(
            DirectoryRead(
                key=f"{run}:read", at=at, platform=name, remarks=outcome.remarks, memory=outcome.memory
            )
        )

    async def _apply(self, name: Name, changes: tuple[Change, ...], run: str, at: datetime) -> None:
        for change in changes:
            key = f"{run}:{change.person}"
            await self._submit(DirectoryChange(key=key, at=at, platform=name, change=change))

    async def _nightly(self, name: Name) -> None:
        """A whole reading where its night has come, or where departments changed."""
        now, mark = self._clock(), await self._due(name)
        if mark is None or mark.at > now:
            return
        if not await self._write(marks.move, mark.name, mark.at, now + TAKEN):
            return
        outcome = await self.sync(name)
        failures = 0 if outcome.memory else int(mark.value.get("failures", 0)) + 1
        again = next_night(now) if not failures else min(next_night(now), now + AGAIN * 2 ** (failures - 1))
        await self._write(marks.put, mark.name, {"failures": failures, "why": outcome.broken}, again)

    async def _due(self, name: Name) -> Mark | None:
        """When this platform is to be read next; the first time it is the coming night."""
        title = f"sync:{name}"
        mark = await marks.get(title)
        if mark is None:
            await self._write(marks.put, title, {}, next_night(self._clock()))
        return mark

    async def _marked(self, name: Name) -> None:
        """Read anew whom the platform marked, the oldest mark first."""
        for mark in await marks.named(f"{DIRTY}:{name}:"):
            if mark.name == dirty(name):
                await self._write(marks.put, f"sync:{name}", {}, self._clock())
            elif not await self._one(name, mark):
                return
            await self._write(marks.drop, mark)

    async def _one(self, name: Name, mark: Mark) -> bool:
        """One marked account; False where the platform cannot be asked now."""
        account = mark.name.removeprefix(dirty(name))
        try:
            roll = await self._platforms[name].directory.look(account)
        except Passing as passing:
            metrics.DIRECTORY.labels(name, "again").inc()
            log.info("directory_waits", platform=name, why=passing.why)
            return False
        except Permanent as refused:
            metrics.DIRECTORY.labels(name, "refused").inc()
            log.warning("directory_refused", platform=name, why=str(refused))
            return True
        at = self._clock()
        changes, _ = compare(
            _believed(roll, account, left=bool(mark.value["left"])), await _books(name), _today(at)
        )
        await self._apply(name, changes, f"{mark.name}:{db.to_ms(mark.at)}", at)
        return True

    async def _write(self, write: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        return await self._writer.do(partial(write, *args))


def _believed(roll: Roll, account: str, *, left: bool) -> Roll:
    """A platform that says somebody left, and shows them no more, means it."""
    if not left or roll.members:
        return roll
    return Roll(roll.platform, members=(Member(account, standing=Standing.LEFT),), whole=False)


def next_night(after: datetime) -> datetime:
    """A moment of the coming night, never at a full or half hour."""
    local = after.astimezone(SHANGHAI)
    night = datetime.combine(local.date(), NIGHT, SHANGHAI)
    night += timedelta(days=1) if night <= local else timedelta()
    return (night + timedelta(seconds=random.uniform(0, SPREAD))).astimezone(after.tzinfo)


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
