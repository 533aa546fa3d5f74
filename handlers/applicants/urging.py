"""催办: those who hold the waiting step are asked once more, at most once an hour."""

from collections.abc import Iterable
from datetime import timedelta

from cards.times import span
from handlers.applicants.doing import Acting, Event, done
from handlers.cases import progress
from handlers.chain.operate import Urge
from handlers.events import Click, Reply
from handlers.letters import notify
from storage import people, requests, trail
from storage.records import Act, Platform, Request

URGE_EVERY = timedelta(hours=1)


async def urge(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    """Ask those who hold it once more, at most once an hour."""
    last = await trail.last(request.number, Act.URGE)
    if last and event.at - last.at < URGE_EVERY:
        wait = span(last.at + URGE_EVERY - event.at)
        return Reply(f"一小时内已催办过，请 {wait}后再催。", ok=False)
    after = await done(event, acting, request, Urge(), Act.URGE)
    await requests.save(after)
    holders = await notify.ask(after, event.at, once=f"urge:{request.id}:{after.trail_seq}", urged=True)
    await progress.held_by(after, holders, event.at)
    if not holders:
        return Reply("这一步暂缺办理人，已再次告知全媒体中心和系统管理员。", ok=False)
    text = f"已催办 {request.number}，请{await _names(holders)}尽快办理。"
    if isinstance(event, Click) and event.platform is Platform.WECOM:
        await notify.answer(event, acting.person, "say", {"text": text})
    return Reply(text)


async def _names(persons: Iterable[str]) -> str:
    known = await people.several(list(persons))
    return "、".join(person.name for person in known.values())
