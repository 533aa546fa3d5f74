"""A letter that cannot arrive as it is: by another way, or dead, of which somebody is told."""

from dataclasses import replace
from datetime import datetime

from cards import troubles
from handlers.cases import reaching
from handlers.events import Reply, Undelivered
from handlers.letters import notify
from handlers.rules.permits import in_service
from storage import outbox, people
from storage.held import held
from storage.letters import Fault, Lane, Letter, LetterState
from storage.records import Person, Request

NOWHERE = "没有登记企业微信或飞书账号"
ELSEWHERE = "other:"


async def given_up(event: Undelivered) -> Reply:
    """A notice goes to the other platform, a card that was refused as plain words; else it is dead."""
    letter = await outbox.get(event.letter)
    if letter is None or letter.state is not LetterState.SENDING:
        return Reply()
    request = await _held(letter)
    person = await people.get(letter.person) if letter.person else None
    kept = f"{event.fault}: {event.error}"
    await outbox.done(letter.id, _state(letter, person, event.fault), event.at, kept)
    if event.fault is Fault.CARD and letter.template != "say" and letter.args.get("number"):
        await outbox.put([_plainly(letter, event.at)])
    elif person is not None and in_service(person, event.at):
        await _other_ways(letter, person, request, event)
    return Reply()


def _state(letter: Letter, person: Person | None, fault: Fault) -> LetterState:
    """Nobody misses what was for a platform that is switched off where they are on another too."""
    others = [name for name, _ in person.accounts() if name is not letter.platform] if person else []
    return LetterState.SKIPPED if fault is Fault.OFF and others else LetterState.DEAD


async def _held(letter: Letter) -> Request | None:
    """The request that a letter asks somebody to decide on, locked before the letter is written."""
    if letter.lane is not Lane.DECISION or letter.request is None:
        return None
    return (await held(request=letter.request)).request


async def _other_ways(letter: Letter, person: Person, request: Request | None, event: Undelivered) -> None:
    elsewhere = _elsewhere(letter, person, event.at)
    if elsewhere and event.fault in (Fault.RECEIVER, Fault.OFF, Fault.LATE):
        await outbox.put([elsewhere])
        if letter.lane is not Lane.DECISION:
            return
    why = troubles.REFUSED[event.fault] if person.accounts() else NOWHERE
    if request is not None and letter.lane is Lane.DECISION:
        current = (request.step, request.version) == (letter.args.get("step"), letter.args.get("version"))
        known = not current or await reaching.say_unreached(request, person, why, event.at)
        if known or any(name is not letter.platform for name, _ in person.accounts()):
            return
    await _alarm(person, why, event.at)


def _elsewhere(letter: Letter, person: Person, at: datetime) -> Letter | None:
    """The letter on their other platform; a card for a decision has its own name there, and is dropped
    where it was sent there already."""
    others = [(name, account) for name, account in person.accounts() if name is not letter.platform]
    once, end = letter.once or "", f":{person.id}:{letter.platform}"
    decides = letter.lane is Lane.DECISION
    if not others or once.startswith(ELSEWHERE) or (decides and not once.endswith(end)):
        return None
    platform, account = others[0]
    there = f"{once.removesuffix(end)}:{person.id}:{platform}" if decides else f"{ELSEWHERE}{letter.id}"
    return replace(
        letter,
        id=outbox.new_id(at),
        platform=platform,
        account=account,
        created_at=at,
        next_at=at,
        once=there,
    )


def _plainly(letter: Letter, at: datetime) -> Letter:
    """A text without anything that a platform's filter could object to."""
    number = letter.args["number"]
    text = f"{number} 有新消息，卡片未能显示。请发：/查询 {number}"
    return replace(
        letter, id=outbox.new_id(at), template="say", args={**letter.args, "text": text},
        created_at=at, next_at=at, once=f"plain:{letter.id}",
    )  # fmt: skip


async def _alarm(person: Person, why: str, now: datetime) -> None:
    """Nobody reaches this person: the administrators are told, once a day for each; the centre where there
    are no others."""
    others = [one for one in await notify.administrators(now) if one.id != person.id]
    others = others or [one for one in await notify.center(now) if one.id != person.id]
    waiting = (await outbox.counts()).get(LetterState.DEAD.value, 0)
    args = {"person": person.id, "why": why, "waiting": waiting}
    await notify.tell(others, "dead", args, now, once=f"dead:{person.id}:{now:%Y%m%d}")
