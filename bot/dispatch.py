"""One event, one transaction, one reply: the only way in for everything that happens."""

import math
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog

from bot import metrics
from bot.logs import bind_event
from bot.writer import Overloaded, Writer
from cards.card import Card
from handlers.events import Click, Event, Message, Origin, Reply, Tick
from handlers.letters import notify
from storage import db, inbox, memo, people
from storage.records import Platform

log = structlog.get_logger(__name__)
SORRY = "刚才这一条没有处理成功，什么也没有改动。请稍后再发一次；仍不行请联系系统管理员。"
SORRY_CLICK = "系统暂时出错，没有记录您的操作，请稍后再点一次。"
STALE = "这是七天以前的点击，现在不再办理；当时是否办成，请看最新的卡片，或发 /待办。"

LONGEST_WAIT = 2.0
"""Seconds of expected wait beyond which an event is turned away: both platforms try again later."""


Handle = Callable[[Event], Awaitable[Reply]]


class Compose(Protocol):
    """A letter's card as it is true at that moment; None where there is nothing to show any more."""

    async def __call__(
        self, template: str, args: Mapping[str, Any], reader: str, at: datetime, *, fresh: bool
    ) -> Card | None: ...


class Dispatch:
    """Claims an event's key and has it handled in the same transaction; `woken` follows each commit."""

    def __init__(self, writer: Writer, handle: Handle, compose: Compose, woken: Callable[[], None]) -> None:
        self._writer, self._handle, self._compose, self._woken = writer, handle, compose, woken

    async def __call__(self, event: Event) -> tuple[Reply, Card | None]:
        """What the sender is answered at once; raises where nothing could be kept, so that the
        platform delivers again."""
        with bind_event(event.key), metrics.DECISION.time():
            if _is_stale(event):
                return _turned_away(event)
            try:
                answer = await self._writer.do(partial(self._carry_out, event), within=_patience(event))
            except Overloaded:
                _count(event, "overloaded")
                raise
            except db.Unreachable as failure:
                _count(event, "failed")
                log.warning("event_not_kept", why=str(failure))
                raise
            except Exception as failure:
                _count(event, "failed")
                log.exception("event_failed", event_type=type(event).__name__)
                answer = await self._apologise(event, failure)
            else:
                _count(event, "handled")
            self._woken()
            return answer

    async def _apologise(self, event: Event, failure: Exception) -> tuple[Reply, Card | None]:
        """The event failed and was undone: say so to whoever sent it, where somebody did."""
        if not isinstance(event, (Message, Click)):
            raise failure
        if isinstance(event, Message) or event.platform is Platform.WECOM:
            await self._writer.do(partial(_say_sorry, event))
        return Reply(SORRY_CLICK, ok=False), None

    async def _carry_out(self, event: Event) -> tuple[Reply, Card | None]:
        with memo.event():
            return await self._claimed(event)

    async def _claimed(self, event: Event) -> tuple[Reply, Card | None]:
        if not isinstance(event, Tick) and not await inbox.claim(event.key, event.at):
            return Reply(), None
        reply = await self._handle(event)
        if not (reply.template and isinstance(event, Click) and event.platform is Platform.FEISHU):
            return reply, None
        person = await people.by_account(event.platform, event.accounts)
        reader = person.id if person else ""
        return reply, await self._compose(reply.template, reply.args, reader, event.at, fresh=False)


def _is_stale(event: Event) -> bool:
    """Whether it happened so long ago that nobody knows any more whether it was handled."""
    return isinstance(event, Origin) and event.at - event.said_at > inbox.KEPT


def _turned_away(event: Event) -> tuple[Reply, None]:
    """Nothing is done and nobody is told: a request that was kept and sent again says nothing new."""
    _count(event, "stale")
    log.warning("event_stale", event_type=type(event).__name__)
    return Reply(STALE, ok=False) if isinstance(event, Click) else Reply(), None


def _patience(event: Event) -> float:
    """What comes from outside may be turned away, since it comes again; what is ours may not."""
    return LONGEST_WAIT if isinstance(event, Origin) else math.inf


def _count(event: Event, result: str) -> None:
    platform = event.platform if isinstance(event, Origin) else "inside"
    metrics.EVENTS.labels(platform, result).inc()


async def _say_sorry(event: Message | Click) -> None:
    if await inbox.claim(event.key, event.at):
        person = await people.by_account(event.platform, event.accounts)
        text = SORRY if isinstance(event, Message) else SORRY_CLICK
        await notify.answer(event, person, "refused", {"text": text})
