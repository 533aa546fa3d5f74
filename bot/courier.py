"""The outbox emptied: letter to card to wire, with the platforms' limits, and when to try again.

A letter is leased, composed from what is true at that moment, sent under its own id as the
platform's idempotency key, and marked. A crash in between repeats it under the same key.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog

from bot import metrics
from bot.errands import FALLBACKS, bring
from bot.platforms.base import Clock, Fault, Passing, Permanent, Platform, Sent
from bot.writer import Writer
from cards.card import Card
from handlers.compose import compose
from handlers.events import Event, Reply
from storage import outbox
from storage.letters import Letter, LetterKind, LetterState
from storage.records import Platform as Name

T = TypeVar("T")
Submit = Callable[[Event], Awaitable[tuple[Reply, Card | None]]]
log = structlog.get_logger(__name__)

AT_ONCE = 64
"""Letters under way at the same time."""

GIVE_UP = timedelta(days=3)
LONGEST_BACKOFF = 300.0
IDLE = 5.0
"""Seconds between two looks into the outbox when nobody wakes the courier."""


class Courier:
    """Delivers what the outbox holds; one receiver's letters keep their order."""

    def __init__(
        self, platforms: Mapping[Name, Platform], writer: Writer, submit: Submit, clock: Clock
    ) -> None:
        self._platforms, self._writer, self._submit, self._clock = platforms, writer, submit, clock
        self._woken = asyncio.Event()
        self._held: dict[Name, datetime] = {}
        self._failures: defaultdict[Name, int] = defaultdict(int)
        self._last: dict[tuple[Name, str], asyncio.Task[None]] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        self._woken.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="courier")

    async def stop(self) -> None:
        """Take no more letters; let those under way finish for a moment."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5)

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            taken = await self._take()
            if taken:
                continue
            wait = IDLE if not self._under_way else 0.2
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), wait)

    async def _take(self) -> int:
        """Lease what is due and set it on its way; how many letters that were."""
        now = self._clock()
        open_now = [name for name in self._platforms if self._held.get(name, now) <= now]
        room = AT_ONCE - len(self._under_way)
        if room <= 0 or not open_now:
            return 0
        try:
            letters = await self._writer.do(partial(outbox.take, now, open_now, room))
        except Exception:
            log.exception("outbox_unreadable")
            await asyncio.sleep(1)
            return 0
        for letter in letters:
            receiver = (letter.platform, letter.account)
            task = asyncio.create_task(self._deliver(letter, self._last.get(receiver)))
            self._last[receiver] = task
            self._under_way.add(task)
            task.add_done_callback(partial(self._arrived, receiver))
        return len(letters)

    def _arrived(self, receiver: tuple[Name, str], task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        if self._last.get(receiver) is task:
            del self._last[receiver]
        self._woken.set()

    async def drain(self) -> int:
        """Deliver everything that is due now and what that brings about; how many letters it was."""
        total = 0
        while taken := await self._take():
            total += taken
            while self._under_way:
                await asyncio.wait(self._under_way)
        return total

    async def _deliver(self, letter: Letter, before: "asyncio.Task[None] | None") -> None:
        """One letter, after the one before it to the same receiver."""
        if before is not None:
            await asyncio.wait([before])
        try:
            await self._attempt(letter)
        except Exception:
            log.exception("letter_failed", letter=letter.id, template=letter.template)
            await self._later(letter, 60, "unexpected")

    async def _attempt(self, letter: Letter) -> None:
        now = self._clock()
        if self._held.get(letter.platform, now) > now:
            until = self._held[letter.platform]
            await self._mark(outbox.later, letter.id, until, letter.error, tried=False)
            return
        try:
            result = await self._ERRANDS[letter.kind](self, letter)
        except Passing as passing:
            await self._try_again(letter, passing)
        except Permanent as permanent:
            await self._given_up(letter, permanent)
        else:
            self._failures[letter.platform] = 0
            _count(letter, result)

    async def _send(self, letter: Letter) -> str:
        card = await compose(letter.template, letter.args, letter.person, self._clock())
        if card is None:
            await self._mark(outbox.done, letter.id, LetterState.SKIPPED, self._clock())
            return "skipped"
        sent = await self._platforms[letter.platform].send(letter.account, card, letter.id)
        await self._mark(outbox.sent, letter.id, sent.message_id, sent.response_code, self._clock())
        return "sent"

    async def _update(self, letter: Letter) -> str:
        target = await outbox.get(letter.target)
        if target is not None and target.state is LetterState.SENDING:
            raise Passing("card is being sent", 2.0)
        card = None
        if target is not None and target.state is LetterState.SENT:
            card = await compose(letter.template, letter.args, letter.person, self._clock(), fresh=False)
        if target is None or card is None:
            await self._mark(outbox.done, letter.id, LetterState.SKIPPED, self._clock())
            return "skipped"
        await self._repaint(letter, target, card)
        await self._mark(outbox.done, letter.id, LetterState.SENT, self._clock())
        return "sent"

    async def _repaint(self, letter: Letter, target: Letter, card: Card) -> None:
        """WeCom's code is given back where the try may not have used it."""
        code = await self._mark(outbox.use_code, target.id) if letter.platform is Name.WECOM else ""
        platform = self._platforms[letter.platform]
        try:
            await platform.update(letter.account, Sent(target.message_id, code), card, target.id)
        except Passing:
            if code:
                await self._mark(outbox.new_code, target.id, code)
            raise

    async def _recall(self, letter: Letter) -> str:
        target = await outbox.get(letter.target)
        if target is None or not target.message_id:
            await self._mark(outbox.done, letter.id, LetterState.SKIPPED, self._clock())
            return "skipped"
        await self._platforms[letter.platform].recall(Sent(target.message_id))
        await self._mark(outbox.done, letter.id, LetterState.SENT, self._clock())
        return "sent"

    async def _fetch(self, letter: Letter) -> str:
        event = await bring(self._platforms[letter.platform], letter, self._clock)
        await self._submit(event)
        await self._mark(outbox.done, letter.id, LetterState.SENT, self._clock())
        return "fetched" if not event.error else "unfetched"

    async def _group(self, letter: Letter) -> str:
        platform = self._platforms[letter.platform]
        text, message = str(letter.args["text"]), str(letter.args["message"])
        await platform.say_in_group(letter.account, message, text, letter.id)
        await self._mark(outbox.done, letter.id, LetterState.SENT, self._clock())
        return "sent"

    async def _try_again(self, letter: Letter, passing: Passing) -> None:
        now = self._clock()
        _count(letter, "again")
        if now - letter.created_at > GIVE_UP:
            await self._given_up(letter, Permanent(Fault.RECEIVER, 0, f"three days: {passing.why}"))
            return
        wait = passing.after if passing.after is not None else _backoff(letter.attempts)
        if passing.whole:
            self._held[letter.platform] = now + timedelta(seconds=wait)
        elif passing.after is None:
            self._failures[letter.platform] += 1
            if self._failures[letter.platform] >= 3:
                pause = min(2.0 ** (self._failures[letter.platform] - 2), 30.0)
                self._held[letter.platform] = now + timedelta(seconds=pause)
        log.info("letter_waits", letter=letter.id, why=passing.why, seconds=round(wait, 1))
        await self._later(letter, wait, passing.why)

    async def _later(self, letter: Letter, seconds: float, why: str) -> None:
        at = self._clock() + timedelta(seconds=seconds)
        await self._mark(outbox.later, letter.id, at, why)

    async def _given_up(self, letter: Letter, permanent: Permanent) -> None:
        """A letter that cannot arrive as it is: by another way, or into the dead letters."""
        now = self._clock()
        _count(letter, permanent.fault.value)
        log.warning("letter_refused", letter=letter.id, template=letter.template, why=str(permanent))
        if permanent.fault is Fault.CONFIG:
            self._held[letter.platform] = now + timedelta(seconds=60)
            await self._later(letter, 60, str(permanent))
            return
        await self._mark(FALLBACKS[letter.kind], letter, permanent, now)

    async def _mark(self, write: Callable[..., Awaitable[T]], *args: Any, **named: Any) -> T:
        return await self._writer.do(partial(write, *args, **named))

    _ERRANDS: Mapping[LetterKind, Callable[["Courier", Letter], Awaitable[str]]] = {
        LetterKind.SEND: _send,
        LetterKind.UPDATE: _update,
        LetterKind.RECALL: _recall,
        LetterKind.FETCH: _fetch,
        LetterKind.GROUP: _group,
    }


def _backoff(attempts: int) -> float:
    """Seconds before the next try: 1, 2, 4 … 300, spread by a quarter either way."""
    return min(2.0 ** min(attempts - 1, 10), LONGEST_BACKOFF) * random.uniform(0.75, 1.25)


def _count(letter: Letter, result: str) -> None:
    metrics.LETTERS.labels(letter.platform.value, letter.kind.value, result).inc()
