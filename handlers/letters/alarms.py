"""Alarms of a platform that takes nothing, or too slowly: told to the administrators once, and when over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cards import alarms as cards
from cards import troubles
from cards.card import Card
from handlers.letters import notify
from handlers.rules.alarms import Alarm, Line, quiet_since, sounds
from storage import db, marks, queues
from storage.queues import Queue
from storage.records import Person, Platform

TEMPLATE, OVER = "alarm", "alarm_over"


@dataclass(frozen=True, slots=True)
class State:
    """How a platform stands: the alarm that holds, since when and why; how many letters wait, the oldest
    since when; and the alarm that was told last, if its end was not, and since when that held."""

    platform: Platform
    alarm: Alarm | None
    since: datetime | None = None
    why: str = ""
    letters: int = 0
    oldest: datetime | None = None
    old: Alarm | None = None
    begun: datetime | None = None

    @property
    def news(self) -> bool:
        return self.alarm is not self.old


async def states(platforms: Collection[Platform], now: datetime) -> list[State]:
    """How each platform stands; nothing is written."""
    waiting = {queue.platform: queue for queue in await queues.waiting(platforms, now)}
    return [await _state(name, waiting.get(name), now) for name in platforms]


async def _state(name: Platform, queue: Queue | None, now: datetime) -> State:
    mark = await marks.get(_title(name))
    old = Alarm(mark.value["alarm"]) if mark and mark.value["alarm"] else None
    last = (mark.at, old is Alarm.DOWN) if mark and mark.value["down"] else None
    sent_at = queue.sent_at if queue else await queues.last_sent(name, now)
    line = Line(name, queue.since if queue else None, sent_at)
    alarm = sounds(line, now, last)
    begun = db.from_ms(mark.value["since"]) if mark and old else None
    since = begun if alarm is old and begun else quiet_since(line) if alarm is Alarm.DOWN else line.since
    why = troubles.why(queue.error) if queue else ""
    return State(name, alarm, since, why, queue.letters if queue else 0, line.since, old, begun)


async def tell(found: Collection[State], now: datetime) -> None:
    """Tell the administrators what is new, on a platform that works where they are on one.

    Runs in a transaction.
    """
    down = {state.platform for state in found if state.alarm is Alarm.DOWN}
    for state in found:
        if state.news:
            await _tell(state, down, now)
            since = db.to_ms(state.since) if state.since else 0
            value = {
                "alarm": state.alarm or "",
                "since": since,
                "down": Alarm.DOWN in (state.alarm, state.old),
            }
            await marks.put(_title(state.platform), value, now)


async def _tell(state: State, down: Collection[Platform], now: datetime) -> None:
    people = [_elsewhere(one, down) for one in await _hearers(down, now)]
    begun = state.since if state.alarm else state.begun
    args = {
        "platform": state.platform.value, "alarm": state.alarm or "",
        "why": state.why, "letters": state.letters,
        "since": db.to_ms(begun or now), "until": db.to_ms(now),
    }  # fmt: skip
    template = TEMPLATE if state.alarm else OVER
    once = f"{template}:{state.platform}:{state.alarm or state.old}:{args['since']}"
    await notify.tell(people, template, args, now, once=once, urgent=True)


async def _hearers(down: Collection[Platform], now: datetime) -> list[Person]:
    """The administrators; the centre as well where none of them is on a platform that works."""
    admins = await notify.administrators(now)
    if any(name not in down for one in admins for name, _ in one.accounts()):
        return admins
    return await notify.stewards(now)


def _elsewhere(person: Person, down: Collection[Platform]) -> Person:
    """The person on the platforms that work alone, where there is one of theirs."""
    works = [name for name, _ in person.accounts() if name not in down]
    if not works:
        return person
    return replace(
        person,
        wecom=person.wecom if Platform.WECOM in works else "",
        feishu=person.feishu if Platform.FEISHU in works else "",
    )


def _title(name: Platform) -> str:
    return f"alarm:{name}"


async def card(args: Mapping[str, Any], _reader: str, at: datetime) -> Card | None:
    """The alarm while it holds: one that is over by then is told with its end."""
    platform, since = Platform(args["platform"]), db.from_ms(int(args["since"]))
    mark = await marks.get(_title(platform))
    if mark is None or mark.value["alarm"] != args["alarm"]:
        return None
    draw = cards.down if args["alarm"] == Alarm.DOWN else cards.slow
    return draw(platform, since, str(args["why"]), int(args["letters"]), at)


async def ended(args: Mapping[str, Any], _reader: str, at: datetime) -> Card | None:
    platform = Platform(args["platform"])
    since, until = db.from_ms(int(args["since"])), db.from_ms(int(args["until"]))
    return cards.over(platform, since, until, int(args["letters"]), at)
