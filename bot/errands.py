"""The courier's special cases: what to do with a letter that cannot arrive, or may have."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import metrics
from bot.platforms.base import Fault, Permanent, Sent, TooLarge
from cards.card import Card
from handlers.drafts import uploads
from handlers.events import Fetched, Undelivered
from handlers.letters import afresh, checkpoints, notify
from storage import db, outbox
from storage.letters import Letter, LetterKind, LetterState
from storage.records import Platform as Name

Write = Callable[[Letter, Permanent, datetime], Awaitable[None]]

LONGEST_BACKOFF = 300.0
"""Seconds."""

GIVE_UP, IN_VAIN = timedelta(days=3), 20
"""How old a letter is that is given up, and how often it or its whole platform was tried in vain by then:
about ten minutes of a platform's, an hour of a letter's own."""

PATIENCE = 8
"""Tries to bring a file before its sender is asked to send it again."""


async def _update_failed(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """A card that can no longer be repainted: whoever would have read on it what is new reads it afresh."""
    await outbox.done(letter.id, LetterState.SKIPPED, now, str(permanent))
    await outbox.put(await afresh.instead(letter, now))


async def _unfetched(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """The file came and could not be kept: its sender is told, and nothing waits for it any more."""
    await _dropped(letter, permanent, now)
    upload = int(letter.args["upload"])
    await uploads.fetched(Fetched(key=f"fetched:{letter.id}", at=now, upload=upload, error=uploads.NOT_KEPT))


async def _file_failed(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """A file that the platform does not take is named in words, once."""
    await _dropped(letter, permanent, now)
    told = replace(
        letter, id=outbox.new_id(now), kind=LetterKind.SEND, template="unsent", once=f"unsent:{letter.id}",
        args={**letter.args, "large": isinstance(permanent, TooLarge)}, created_at=now, next_at=now,
    )  # fmt: skip
    await outbox.put([told])


async def _recall_failed(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """What was erased stays on a screen: whoever has it is asked to delete it, once on each platform."""
    await _dropped(letter, permanent, now)
    asked = replace(
        letter, id=outbox.new_id(now), kind=LetterKind.SEND, template="say", args=notify.NOT_RECALLED,
        once=f"unrecalled:{letter.platform}:{letter.person}:{db.to_ms(letter.created_at)}", target="",
        created_at=now, next_at=now,
    )  # fmt: skip
    await outbox.put([asked])


async def _dropped(letter: Letter, permanent: Permanent, now: datetime) -> None:
    await outbox.done(letter.id, LetterState.SKIPPED, now, str(permanent))


def undelivered(letter: Letter, permanent: Permanent, now: datetime) -> Undelivered | None:
    """What happened where whoever should read a letter does not get it; None where nobody misses it."""
    missed = letter.kind is LetterKind.SEND or (
        letter.kind is LetterKind.FILE and permanent.fault in (Fault.RECEIVER, Fault.OFF)
    )
    key = f"undelivered:{letter.id}:{db.to_ms(now)}"
    told = Undelivered(key=key, at=now, letter=letter.id, fault=permanent.fault, error=str(permanent))
    return told if missed else None


def corrections(letter: Letter, sent: Sent, now: datetime) -> list[Letter]:
    """What follows a letter of which an earlier try may have arrived: the platform then drops the later one,
    and what is on the screen is as it was at the earlier.

    What can be repainted is. WeCom gave the right to that with the answer that was lost: there a card of the
    matter as it is now follows, for an approval what has become of it.
    """
    if letter.platform is Name.FEISHU or letter.response_codes:
        return [notify.update_of(letter, now)]
    if sent.message_id or sent.response_code or letter.template not in notify.REPAINTED:
        return []
    return [afresh.fresh(letter, now, once=f"corrected:{letter.id}")]


async def arrived(letter: Letter, sent: Sent, now: datetime, seen: outbox.Shown | None) -> None:
    """A card is on a screen; where an earlier try may have brought it, what it says there is put right."""
    await outbox.sent(letter.id, sent.message_id, sent.response_code, now, seen)
    if letter.template == checkpoints.TEMPLATE:
        await checkpoints.posted(letter, sent.message_id, now)
    if letter.error == outbox.UNANSWERED:
        await outbox.put(corrections(letter, sent, now))


def shows(letter: Letter, card: Card) -> outbox.Shown | None:
    """What of a request the receiver surely sees.

    A try without an answer may have brought what was true then, and the platform drops the repetition:
    that leaves only what a letter always shows, whenever it leaves.
    """
    always = (letter.args.get("step"), letter.args.get("version"))
    return card.shows if letter.error != outbox.UNANSWERED or card.shows == always else None


def worn_out(letter: Letter, in_vain: int, now: datetime) -> bool:
    """Whether a letter is given up, of a platform that was tried so often in vain.

    Its age alone is no reason: a machine that was off for days has not tried."""
    return now - letter.created_at > GIVE_UP and max(letter.attempts, in_vain) >= IN_VAIN


def backoff(attempts: int) -> float:
    """Seconds before the next try: 1, 2, 4 … 300, spread by a quarter either way."""
    return min(2.0 ** max(min(attempts - 1, 10), 0), LONGEST_BACKOFF) * random.uniform(0.75, 1.25)


FALLBACKS: Mapping[LetterKind, Write] = {
    LetterKind.UPDATE: _update_failed,
    LetterKind.RECALL: _recall_failed,
    LetterKind.FETCH: _unfetched,
    LetterKind.GROUP: _dropped,
    LetterKind.FILE: _file_failed,
}


def counted(letter: Letter, result: str) -> None:
    """What became of a try, for `/metrics`."""
    metrics.LETTERS.labels(letter.platform.value, letter.kind.value, result).inc()
