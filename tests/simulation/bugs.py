"""Bugs put in on purpose: each is what somebody might forget, and the stories must find it.

A number of stories says nothing where nobody knows what they would have found.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from bot import writer
from handlers.cases import casework
from handlers.chain import deciding
from handlers.chain.law import Actor, Law, Refusal, Why, not_holding
from handlers.chain.step import Case
from handlers.ledger import standing
from handlers.letters import notify
from handlers.rules.permits import Bar
from storage import db, duties, holds, inbox, outbox, proxies
from storage.letters import Letter
from storage.proxies import Proxy
from storage.records import Request, State

Bug = Callable[[], AbstractContextManager[Any]]


async def _nothing(*args: Any, **named: Any) -> None:
    """What should have been done is not."""


async def _claimed(key: str, at: datetime) -> bool:
    return True


def _no_claim() -> AbstractContextManager[Any]:
    """An event that comes again is handled again."""
    return patch.object(inbox, "claim", _claimed)


def _no_hold() -> AbstractContextManager[Any]:
    """A handler writes what it has not held."""
    return patch.object(holds, "take", lambda *_: None)


def _no_repaint() -> AbstractContextManager[Any]:
    """Cards are left as they are when their step is decided."""
    return patch.object(notify, "repaint", _nothing)


def _stale_vote() -> AbstractContextManager[Any]:
    """A decision counts, whatever version was shown."""

    def holding(case: Case, by: Actor, law: Law) -> Refusal | None:
        refusal = not_holding(case, by, law)
        return None if refusal and refusal.why is Why.NOT_SHOWN else refusal

    return patch.object(deciding, "not_holding", holding)


def _no_once() -> AbstractContextManager[Any]:
    """Letters carry no key by which one is known that was queued before."""
    put = outbox.put

    async def putting(letters: Sequence[Letter]) -> None:
        await put([replace(letter, once=None) for letter in letters])

    return patch.object(outbox, "put", putting)


def _no_trail() -> AbstractContextManager[Any]:
    """A decision is kept, and the trail does not tell of it."""
    recorded = casework.recorded

    async def silent(before: Request, after: Request, op: Any, act: str, *by: Any, **more: Any) -> Request:
        return after if act == "approve" else await recorded(before, after, op, act, *by, **more)

    return patch.object(casework, "recorded", silent)


def _no_end() -> AbstractContextManager[Any]:
    """What is owed is owed for ever."""
    return patch.object(duties, "finish", _nothing)


def _old_proxy() -> AbstractContextManager[Any]:
    """Whoever stood in once decides for ever."""

    async def active(principals: Sequence[str], at: datetime) -> list[Proxy]:
        rows = await db.rows("SELECT * FROM proxies ORDER BY id")
        return [one for one in map(proxies._proxy, rows) if one.principal in principals]

    return patch.object(proxies, "active", active)


def _no_lease() -> AbstractContextManager[Any]:
    """A letter that is under way is taken once more."""
    return patch.object(outbox, "LEASE", timedelta(0))


def _early_answer() -> AbstractContextManager[Any]:
    """An event is acknowledged before its transaction is committed."""
    alone = writer.Writer._alone

    async def hasty(self: writer.Writer, item: Any) -> None:
        job = item.job

        async def told() -> Any:
            result = await job()
            if not item.future.done():
                item.future.set_result(result)
            return result

        item.job = told
        await alone(self, item)

    return patch.object(writer.Writer, "_alone", hasty)


def _taken_while_halted() -> AbstractContextManager[Any]:
    """Whether a medium must not publish is asked of what is decided, and not of what is out."""
    bars = standing.bars

    async def lenient(request: Request, at: datetime) -> Bar | None:
        return None if request.state is State.AWAITING_PUBLISH else await bars(request, at)

    return patch.object(standing, "bars", lenient)


BUGS: Mapping[str, Bug] = {
    "a claim is forgotten": _no_claim,
    "a hold is skipped": _no_hold,
    "a repaint is dropped": _no_repaint,
    "a stale vote is counted": _stale_vote,
    "a letter has no once key": _no_once,
    "a decision leaves no trail entry": _no_trail,
    "a duty does not end": _no_end,
    "a proxy is not checked at the click": _old_proxy,
    "a lease is ignored": _no_lease,
    "an answer comes before the commit": _early_answer,
    "a receipt is taken while halted": _taken_while_halted,
}
