"""The outbox emptied: letter to card to wire, with the platforms' limits, and when to try again.

A letter is leased, composed from what is true at that moment, sent under its own id as the
platform's idempotency key, and marked. A crash in between repeats it under the same key.

Failures of one letter are told from those of its platform: while nothing at all gets through, the
platform is left alone for longer and longer and no letter is blamed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog

from bot.bringing import bring
from bot.dispatch import Compose
from bot.errands import FALLBACKS, arrived, backoff, counted, shows, undelivered, worn_out
from bot.health import Health
from bot.platforms.base import Clock, Fault, Passing, Permanent, Platform, Sent, Submit
from bot.writer import Writer
from cards.card import Card
from handlers.composing import files
from handlers.letters import reach, unreadable
from handlers.letters.notify import VOID
from storage import db, outbox, response_codes
from storage.letters import Letter, LetterKind, LetterState
from storage.records import Platform as Name

T = TypeVar("T")
log = structlog.get_logger(__name__)

AT_ONCE = 64
"""Letters under way at the same time."""

COMPOSED_AT_ONCE = 2
"""Cards under composition: on SQLite that is work in the event loop; others get their turn between them."""

PROBES = 4
"""Letters that try a platform whose last ones failed."""

BROKEN = 5
"""Tries of a letter that makes our own code fail, or that alone finds the settings wrong."""

UNSETTLED = 60.0
"""Seconds until wrong settings are tried again."""

LAST_WORDS = 5.0
"""Seconds that letters under way are given at the end."""

IDLE = 2.0
"""Seconds between two looks into the outbox when nobody wakes the courier: with a lease, five after which
what a dead process had goes on."""

RENEW = 1.0
"""Seconds after which the leases of letters under way are renewed."""

BRINGING = (LetterKind.FETCH, LetterKind.FILE)
FILES_AT_ONCE = 3
"""Files under way at the same time: each is held in memory whole."""


class Courier:
    """Delivers what the outbox holds, to each receiver one letter after another."""

    def __init__(
        self,
        platforms: Mapping[Name, Platform],
        writer: Writer,
        submit: Submit,
        compose: Compose,
        clock: Clock,
    ) -> None:
        self._platforms, self._writer, self._clock = platforms, writer, clock
        self._submit, self._compose = submit, compose
        self._woken = asyncio.Event()
        self._stopping = False
        self._health = Health(clock)
        self._renewed = clock()
        self._under_way: dict[asyncio.Task[None], str] = {}
        self._files = 0
        self._desk = asyncio.Semaphore(COMPOSED_AT_ONCE)
        self._task: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    def wake(self) -> None:
        self._woken.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="courier")
        self._keeping = asyncio.create_task(self._keep_leases(), name="leases")

    async def stop(self) -> None:
        """Take no more letters; let those under way finish for a moment."""
        self._stopping = True
        self.wake()
        if self._task:
            await self._task
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_WORDS)
        if self._keeping:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)

    async def _keep_leases(self) -> None:
        """A letter that takes long stays with this process as long as it lives."""
        while True:
            await asyncio.sleep(RENEW)
            with suppress(db.DatabaseError):
                if self._under_way:
                    await self._writer.do(partial(self._renew, self._clock()))

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            if not await self._take():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), IDLE)

    async def _take(self) -> int:
        """Lease what is due and set it on its way; how many letters that were."""
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return 0
        try:
            letters, strange = await self._writer.do(partial(self._lease, self._clock(), room))
        except db.Unreachable as failure:
            log.warning("outbox_unreachable", why=str(failure))
            return 0
        except Exception:
            log.exception("outbox_unreadable")
            return 0
        for letter in letters:
            task = asyncio.create_task(self._deliver(letter))
            self._under_way[task] = letter.id
            task.add_done_callback(self._arrived)
        return len(letters) + strange

    async def _lease(self, now: datetime, room: int) -> tuple[list[Letter], int]:
        """What is due on the platforms that work, a few letters to try each that did not, and what waits for
        one that is switched off, for nothing else would ever tell that it cannot arrive; and how many could
        not be read, of which the administrators are told."""
        if now - self._renewed >= timedelta(seconds=RENEW):  # each is a write
            self._renewed = now
            await self._renew(now)  # what is under way here is not due again, however late the loop is
        open_now = [name for name in self._platforms if not self._health.pause(name, now)]
        working = [name for name in open_now if not self._health.failures(name)]
        off = [name for name in Name if name not in self._platforms] if self._platforms else []
        letters, strange = await outbox.take(now, [*working, *off], room)
        for name in open_now:
            if self._health.failures(name):
                probes, unread = await outbox.take(now, [name], PROBES)
                letters, strange = [*letters, *probes], [*strange, *unread]
        if strange:
            log.warning("letters_unreadable", letters=strange)
            await unreadable.tell(strange, now)
        return letters, len(strange)

    async def _renew(self, now: datetime) -> None:
        """Keep the leases of what is under way."""
        await outbox.renew([*self._under_way.values()], now)

    def _arrived(self, task: "asyncio.Task[None]") -> None:
        del self._under_way[task]
        self.wake()

    async def drain(self) -> int:
        """Deliver everything that is due now and what that brings about; how many letters it was."""
        total = 0
        while taken := await self._take():
            total += taken
            while self._under_way:
                await asyncio.wait(self._under_way)
        return total

    async def _deliver(self, letter: Letter) -> None:
        """One letter; where not even its failure can be written down, its lease runs out."""
        try:
            await self._attempt(letter)
        except db.Unreachable as failure:
            log.warning("letter_unmarked", letter=letter.id, why=str(failure))
        except Exception as failure:
            log.exception("letter_failed", letter=letter.id, template=letter.template)
            with suppress(db.DatabaseError):
                await self._broken(letter, Permanent(Fault.CARD, 0, type(failure).__name__))

    async def _attempt(self, letter: Letter) -> None:
        now = self._clock()
        if pause := self._health.pause(letter.platform, now):
            await self._later(letter, pause, letter.error, tried=False)
            return
        if letter.kind in BRINGING and self._files >= FILES_AT_ONCE:
            await self._later(letter, timedelta(seconds=1), letter.error, tried=False)
            return
        try:
            result = await self._carried_out(letter)
        except Passing as passing:
            await self._try_again(letter, passing)
        except Permanent as permanent:
            await self._given_up(letter, permanent)
        else:
            self._health.works(letter.platform)
            counted(letter, result)

    async def _carried_out(self, letter: Letter) -> str:
        if letter.platform not in self._platforms and letter.account:
            raise Permanent(Fault.OFF, 0, "this platform is switched off")
        self._files += letter.kind in BRINGING
        try:
            return await self._ERRANDS[letter.kind](self, letter)
        finally:
            self._files -= letter.kind in BRINGING

    async def _receiver(self, letter: Letter, account: str | None) -> Letter | None:
        """The letter with the `account` its person has now, which may be another than when it was queued;
        None where it does not leave."""
        if account is None:
            await self._skipped(letter, "left")
            return None
        if not account:
            raise Permanent(Fault.RECEIVER, 0, "no account any more")
        if reach.same(letter.platform, account, letter.account):
            return letter
        if letter.error == outbox.UNANSWERED:
            await self._mark(outbox.forward, letter, account, self._clock())
            return None
        await self._mark(outbox.readdress, letter.id, account)
        return replace(letter, account=account)

    async def _send(self, letter: Letter) -> str:
        card, doubtful = None, letter.error == outbox.UNANSWERED
        async with self._desk, db.reading():
            account = await reach.address(letter, self._clock())
            if account and not (doubtful and letter.response_codes):
                card = await self._card(letter)
        receiver = await self._receiver(letter, account)
        if receiver is None:
            return "skipped"
        if card is None and doubtful:
            return await self._find(receiver)
        if card is None:
            return await self._skipped(letter)
        await self._hand_over(receiver, card)
        return "sent"

    async def _card(self, letter: Letter, template: str = "", *, fresh: bool = True) -> Card | None:
        """What the letter says at this moment, within a reading."""
        name = template or letter.template
        return await self._compose(name, letter.args, letter.person, self._clock(), fresh=fresh)

    async def _hand_over(self, letter: Letter, card: Card) -> None:
        sent = await self._platforms[letter.platform].send(letter.account, card, letter.id)
        await self._mark(arrived, letter, sent, self._clock(), shows(letter, card))

    async def _find(self, letter: Letter) -> str:
        """A letter that may be on a screen, or was pressed there, and has nothing new to say.

        Feishu tells which card it was. WeCom would show it twice, since it no longer says what it said.
        """
        card = None
        if letter.platform is Name.FEISHU:
            async with self._desk, db.reading():
                card = await self._card(letter, fresh=False)
        if card is None:
            await self._mark(arrived, letter, Sent(""), self._clock(), None)
        else:
            await self._hand_over(letter, card)
        return "found"

    async def _update(self, letter: Letter) -> str:
        card, theirs = None, True
        async with self._desk, db.reading():
            target = await outbox.get(letter.target)
            if target is not None and target.state is LetterState.SENT:
                theirs = await reach.still_theirs(target)
                card = await self._card(letter, "" if theirs else VOID, fresh=False)
        if target is None or card is None:
            return await self._skipped(letter)
        await self._repaint(letter, target, card)
        await self._mark(outbox.repainted, letter.id, self._clock(), shows(letter, card))
        if not theirs:
            await self._mark(outbox.close, [target.id])
        return "sent"

    async def _repaint(self, letter: Letter, target: Letter, card: Card) -> None:
        """WeCom's code is given back where the try may not have used it."""
        code = await self._mark(response_codes.use, target.id) if letter.platform is Name.WECOM else ""
        platform = self._platforms[letter.platform]
        try:
            await platform.update(letter.account, Sent(target.message_id, code), card, target.id)
        except Passing:
            if code:
                await self._mark(response_codes.add, target.id, code)
            raise

    async def _recall(self, letter: Letter) -> str:
        target = await outbox.get(letter.target)
        if target is None or not target.message_id:
            return await self._skipped(letter)
        await self._platforms[letter.platform].recall(Sent(target.message_id))
        await self._mark(outbox.recalled, letter.id, target.id, self._clock())
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

    async def _file(self, letter: Letter) -> str:
        async with db.reading():
            account = await reach.address(letter, self._clock())
            content = await files.content(letter.args, letter.person, self._clock()) if account else None
        receiver = await self._receiver(letter, account)
        if receiver is None:
            return "skipped"
        if content is None:
            return await self._skipped(letter)
        name, media_type = str(letter.args["name"]), str(letter.args["type"])
        platform = self._platforms[letter.platform]
        sent = await platform.send_file(receiver.account, name, content, media_type, letter.id)
        await self._mark(outbox.sent, letter.id, sent.message_id, sent.response_code, self._clock())
        return "sent"

    async def _try_again(self, letter: Letter, passing: Passing) -> None:
        """Later: after the platform's own wait, else after a growing one."""
        now, name = self._clock(), letter.platform
        counted(letter, "again")
        if worn_out(letter, self._health.in_vain(name), now):
            await self._given_up(letter, Permanent(Fault.LATE, 0, passing.why))
            return
        blamed = not (passing.whole or self._health.failures(name))
        wait = passing.after
        if passing.whole:
            self._health.hold(name, wait or 1.0)
        elif wait is None:
            self._health.failed(name, unanswered=isinstance(passing.__cause__, OSError))
            wait = backoff(max(letter.attempts, self._health.failures(name)))
        log.info("letter_waits", letter=letter.id, why=passing.why, seconds=round(wait or 1.0, 1))
        doubtful = letter.error == outbox.UNANSWERED or isinstance(passing.__cause__, TimeoutError)
        why = outbox.UNANSWERED if doubtful else passing.why
        await self._later(letter, timedelta(seconds=wait or 1.0), why, tried=blamed)

    async def _given_up(self, letter: Letter, permanent: Permanent) -> None:
        """A letter that cannot arrive as it is: by another way, or into the dead letters."""
        counted(letter, permanent.fault.value)
        tell = log.info if permanent.fault is Fault.GONE else log.warning
        tell("letter_refused", letter=letter.id, template=letter.template, why=str(permanent))
        if permanent.fault is not Fault.CONFIG:
            await self._another_way(letter, permanent)
            return
        blamed = not self._health.failures(letter.platform)
        self._health.unsettled(letter.platform, UNSETTLED)
        await self._broken(letter, permanent, tried=blamed)

    async def _another_way(self, letter: Letter, permanent: Permanent) -> None:
        now = self._clock()
        if event := undelivered(letter, permanent, now):
            await self._submit(event)
        else:
            await self._mark(FALLBACKS[letter.kind], letter, permanent, now)

    async def _broken(self, letter: Letter, permanent: Permanent, *, tried: bool = True) -> None:
        """Tried a few times more, since somebody may repair it; then it is given up."""
        if tried and letter.attempts >= BROKEN:
            await self._another_way(letter, Permanent(Fault.CARD, permanent.code, permanent.why))
            return
        await self._later(letter, timedelta(seconds=UNSETTLED), str(permanent), tried=tried)

    async def _later(self, letter: Letter, wait: timedelta, why: str, *, tried: bool) -> None:
        await self._mark(outbox.later, letter.id, self._clock() + wait, why, tried=tried)
        asyncio.get_running_loop().call_later(wait.total_seconds(), self.wake)

    async def _skipped(self, letter: Letter, why: str = "") -> str:
        """There is nothing to say any more."""
        await self._mark(outbox.done, letter.id, LetterState.SKIPPED, self._clock(), why)
        return "skipped"

    async def _mark(self, write: Callable[..., Awaitable[T]], *args: Any, **named: Any) -> T:
        return await self._writer.do(partial(write, *args, **named))

    _ERRANDS: Mapping[LetterKind, Callable[["Courier", Letter], Awaitable[str]]] = {
        LetterKind.SEND: _send,
        LetterKind.UPDATE: _update,
        LetterKind.RECALL: _recall,
        LetterKind.FETCH: _fetch,
        LetterKind.GROUP: _group,
        LetterKind.FILE: _file,
    }
