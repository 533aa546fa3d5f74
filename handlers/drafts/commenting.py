"""已查看，正常 and 有情况: what whoever keeps the comments of a post says of them (Article 12)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import comments as cards
from cards.form_violation import VIOLATION
from cards.times import when
from handlers.cases.acting import Asked, Operation
from handlers.drafts import drafting, quota
from handlers.drafts.flow import go_on
from handlers.events import Click, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import keepers, rostered
from handlers.rules.articles import ART_12
from handlers.rules.permits import SHANGHAI
from storage import drafts, duties, requests
from storage.duty_records import DutyKind
from storage.records import Act, Draft, Person, Request, State

ALERT = "comments_alert"
"""The template of what the centre is told at once."""

TROUBLE = "comments_trouble"


async def _not_theirs(request: Request, person: Person, at: datetime) -> Reply | None:
    if request.state is not State.PUBLISHED or not cards.opened(request):
        return Reply(f"{request.number} 没有登记发布，或没有开放评论。", ok=False)
    if await keepers.may_look(request, person, at):
        return None
    return Reply(f"{request.number} 的评论不由您值守。", ok=False)


async def _pressed(event: Click, person: Person) -> Request | Reply:
    """The post whose card was pressed, or why nothing of it is for this person."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    return await _not_theirs(request, person, event.at) or request


async def _fine(asked: Asked) -> Reply:
    request, at = asked.request, asked.event.at
    if refused := await _not_theirs(request, asked.person, at):
        return refused
    duty = await duties.open_for(request.id, DutyKind.KEEPING)
    if duty is None:
        return Reply(f"{request.number} 的评论值守期已过，不用再记。", ok=False)
    shown: dict[str, Any] = (
        {"template": "duty", "args": {"duty": duty.id}} if isinstance(asked.event, Click) else {}
    )
    if cards.looked(request, duty.rung):
        return Reply("这一次已记过，谢谢。", **shown)
    entry = {"by": asked.person.id, "at": at.isoformat(), "rung": duty.rung}
    kept = {**(request.outcome.get(cards.KEPT) or {}), "log": [*cards.log(request), entry]}
    after = await asked.kept(Act.COMMENTS_FINE, ART_12, asked.words)
    await requests.conclude(replace(after, outcome={**after.outcome, cards.KEPT: kept}))
    return Reply(f"已记下：{when(at, at)} 看过，正常。", **shown)


async def _alert(asked: Asked) -> Reply:
    """The centre, and who is on duty for it, are told at once and called where the platform can."""
    request, at = asked.request, asked.event.at
    if refused := await _not_theirs(request, asked.person, at):
        return refused
    after = await asked.kept(Act.COMMENTS_ALERT, ART_12, asked.words)
    await requests.save(after)
    there = {one.id: one for one in (*await notify.center(at), *await rostered.of_centre(at))}
    there.pop(asked.person.id, None)
    args = {"request": request.id, "by": asked.person.id, "words": asked.words}
    await notify.tell(there.values(), ALERT, args, at, request=request, urgent=True)
    names = "、".join(one.name for one in there.values())
    return Reply(f"已马上告诉全媒体中心：{names}。情况记在 {request.number} 上。")


async def bad(event: Click, person: Person) -> Reply:
    """有情况: which of the two is meant is asked on a card of its own."""
    request = await _pressed(event, person)
    if isinstance(request, Reply):
        return request
    await notify.answer(event, person, TROUBLE, {"request": request.id})
    return Reply("请看新消息，选怎样处理。")


async def lead(event: Click, person: Person) -> Reply:
    """反映违规: a report begins as a draft, with medium and link in it; nothing on the post says so."""
    request = await _pressed(event, person)
    if isinstance(request, Reply):
        return request
    if refusal := await PROCESSES[VIOLATION.kind].refuses(person, event.at):
        return Reply(str(refusal), ok=False)
    links = request.outcome.get("links") or {}
    form = {
        "media": list(links) or list(request.form["media"]),
        "link": next(iter(links.values()), str(request.outcome.get("published_url", ""))),
        "found_on": event.at.astimezone(SHANGHAI).date().isoformat(),
    }
    for old in await drafting.open_drafts(person.id):
        if old.kind == VIOLATION.kind and old.form.get("link") == form["link"]:
            return await _shown(event, person, replace(old, platform=event.platform, updated_at=event.at))
    if full := await quota.another_draft(event, person):
        return Reply(full, ok=False)
    talk = drafting.begun(event.platform)
    draft = await drafts.add(person.id, VIOLATION.kind, event.platform, form, event.at, talk=talk)
    return await _shown(event, person, draft)


async def _shown(event: Click, person: Person, draft: Draft) -> Reply:
    reply = await go_on(draft)
    await notify.answer(event, person, reply.template, reply.args)
    return Reply("情况反映已打开，请看新消息。")


FINE = Operation(
    Act.COMMENTS_FINE,
    "评论正常",
    "comments_fine",
    "/评论正常 编号",
    "看过评论，没有问题（第十二条）",
    "staff",
    _fine,
)
BAD = Operation(
    Act.COMMENTS_ALERT, "评论有情况", "comments_alert", "/评论有情况 编号 一句话",
    "评论有情况，马上告诉全媒体中心", "staff", _alert, "请用一句话写明情况",
)  # fmt: skip
COMMENTING = (FINE, BAD)
