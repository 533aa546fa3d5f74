"""The courier's special cases: bringing a file, and what to do with a letter that cannot arrive."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.platforms.base import Clock, Fault, Passing, Permanent, Platform, TooLarge
from handlers import notify, uploads
from handlers.events import Fetched, FileRef
from handlers.rules.permits import in_service, serves
from storage import outbox, people
from storage.letters import Lane, Letter, LetterKind, LetterState
from storage.records import Person, Role

PATIENCE = 8
"""Tries to bring a file before its sender is asked to send it again."""


async def bring(platform: Platform, letter: Letter, clock: Clock) -> Fetched:
    """The file a person sent, or why it cannot be had; raises Passing while it is worth trying."""
    args = letter.args
    file = FileRef(str(args["key"]), str(args["name"]), str(args["kind"]), str(args["message"]))
    key, upload = f"fetched:{letter.id}", int(args["upload"])
    try:
        found = await platform.fetch(file)
    except Permanent:
        return Fetched(key=key, at=clock(), upload=upload, error="平台已取不到这个文件")
    except Passing:
        if letter.attempts < PATIENCE:
            raise
        return Fetched(key=key, at=clock(), upload=upload, error="多次尝试都没有取到")
    return Fetched(key=key, at=clock(), upload=upload, content=found.content, media_type=found.media_type)


async def _send_failed(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """A notice goes to the other platform, a card that was refused as plain words; else it is dead."""
    await outbox.done(letter.id, LetterState.DEAD, now, str(permanent))
    person = await people.get(letter.person) if letter.person else None
    if permanent.fault is Fault.CARD and letter.template != "say" and letter.args.get("number"):
        await _plainly(letter, now)
        return
    if person is None or not in_service(person, now):
        return
    others = [(name, account) for name, account in person.accounts() if name is not letter.platform]
    if others and letter.lane is Lane.DECISION:
        return
    if others and permanent.fault is Fault.RECEIVER and not (letter.once or "").startswith("other:"):
        platform, account = others[0]
        moved = replace(
            letter, id=outbox.new_id(now), platform=platform, account=account,
            created_at=now, next_at=now, once=f"other:{letter.id}",
        )  # fmt: skip
        await outbox.put([moved])
        return
    await _alarm(person, permanent, now)


async def _plainly(letter: Letter, now: datetime) -> None:
    """A text without anything that a platform's filter could object to."""
    text = f"{letter.args['number']} 有新消息，卡片未能显示。请发：/查询 {letter.args['number']}"
    plain = replace(
        letter, id=outbox.new_id(now), template="say", args={"text": text}, request=None,
        created_at=now, next_at=now, once=f"plain:{letter.id}",
    )  # fmt: skip
    await outbox.put([plain])


async def _alarm(person: Person, permanent: Permanent, now: datetime) -> None:
    """Nobody reaches this person: the administrators are told, once a day for each."""
    admins = [a for a in await people.with_role(Role.ADMIN) if serves(a, now) and a.id != person.id]
    waiting = (await outbox.counts()).get(LetterState.DEAD.value, 0)
    args = {"person": person.id, "why": _REASONS[permanent.fault], "waiting": waiting}
    await notify.tell(admins, "dead", args, now, once=f"dead:{person.id}:{now:%Y%m%d}")


async def _update_failed(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """A card that can no longer be repainted: whoever held it is told in a fresh message."""
    await outbox.done(letter.id, LetterState.SKIPPED, now, str(permanent))
    target = await outbox.get(letter.target)
    if letter.template != "approval" or target is None or not target.closed:
        return
    fresh = replace(
        letter, id=outbox.new_id(now), kind=LetterKind.SEND, template="outcome", target="",
        created_at=now, next_at=now, once=f"outcome:{letter.target}",
    )  # fmt: skip
    await outbox.put([fresh])


async def _unfetched(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """The file came and could not be kept: its sender is told, and nothing waits for it any more."""
    await _dropped(letter, permanent, now)
    upload = int(letter.args["upload"])
    await uploads.fetched(Fetched(key=f"fetched:{letter.id}", at=now, upload=upload, error="没有保存成功"))


async def _file_failed(letter: Letter, permanent: Permanent, now: datetime) -> None:
    """A file that the platform does not take is named in words, once; else it goes the way of a card."""
    if permanent.fault is Fault.RECEIVER:
        await _send_failed(letter, permanent, now)
        return
    await _dropped(letter, permanent, now)
    told = replace(
        letter, id=outbox.new_id(now), kind=LetterKind.SEND, template="unsent", once=f"unsent:{letter.id}",
        args={**letter.args, "large": isinstance(permanent, TooLarge)}, created_at=now, next_at=now,
    )  # fmt: skip
    await outbox.put([told])


async def _dropped(letter: Letter, permanent: Permanent, now: datetime) -> None:
    await outbox.done(letter.id, LetterState.SKIPPED, now, str(permanent))


_REASONS = {
    Fault.RECEIVER: "账号不在应用的可见范围内，或已停用、离职",
    Fault.CARD: "平台拒绝了消息内容",
    Fault.GONE: "原消息已不存在",
    Fault.CONFIG: "应用配置有误",
}

FALLBACKS: Mapping[LetterKind, Callable[[Letter, Permanent, datetime], Awaitable[None]]] = {
    LetterKind.SEND: _send_failed,
    LetterKind.UPDATE: _update_failed,
    LetterKind.RECALL: _dropped,
    LetterKind.FETCH: _unfetched,
    LetterKind.GROUP: _dropped,
    LetterKind.FILE: _file_failed,
}
