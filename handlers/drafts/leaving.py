"""A draft is left, of which nothing was submitted; for a day it can be had again."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.cases.outlived import outlived
from handlers.commands import Line
from handlers.drafts import drafting
from handlers.drafts.ended import leave
from handlers.drafts.flow import go_on
from handlers.events import Click, Message, Reply
from handlers.kinds.process import FILLINGS, SUPPLEMENTS
from handlers.letters import notify
from storage import db, drafts, holds, requests
from storage.held import held
from storage.holds import Row
from storage.records import Draft, Person, Request

RESTORED_WITHIN = timedelta(days=1)
BACK = "24 小时内发“恢复”可以取回。"


async def leave_rivals(kind: str, request: Request, title: str, text: str, at: datetime) -> None:
    """What others had begun of what is submitted now counts no more, and they are told."""
    for other in await drafts.revising(request.id):
        if other.kind != kind:
            continue
        if not holds.holding(Row.DRAFT, other.id):
            raise db.Conflict(f"draft {other.id} was begun meanwhile")
        await leave(other, at)
        await notify.words([other.person], title, text, at, request=request)


async def _over(draft: Draft) -> str:
    """Why a revision, or answers to be added, are not to be had again; empty where they still count."""
    request = await requests.by_id(draft.revises) if draft.revises else None
    if request is None or not outlived(draft.kind, request):
        return ""
    number, title = request.number, FILLINGS[draft.kind].form.title
    what = f"“{title}”，现在已不需要" if draft.kind in SUPPLEMENTS else "修改，它已不能修改"
    return f"上次放弃的是 {number} 的{what}，不能恢复。看进度请发：/查询 {number}"


async def give_up(event: Message, person: Person, line: Line) -> Reply:
    """`/放弃`: the draft touched last is left, and nothing of it was submitted."""
    waiting = await drafting.open_drafts(person.id)
    if not waiting:
        return Reply("您没有正在填写的草稿。要撤回已提交的申请，请发：/撤回 编号", ok=False)
    await leave(waiting[0], event.at)
    more = f"另有 {len(waiting) - 1} 份草稿，见 /我的。" if waiting[1:] else ""
    return Reply(f"草稿已放弃，没有提交任何内容。{BACK}{more}")


async def discard(event: Click, person: Person, draft: Draft) -> Reply:
    await leave(draft, event.at, event.card)
    return Reply(f"已放弃，没有提交任何内容。{BACK}", template="preview", args={"draft": draft.id})


def asks_back(text: str) -> bool:
    """Whether a plain line asks for the draft that was left last."""
    return text.strip().rstrip("。！!.~～") == "恢复"


async def restore(event: Message, person: Person, line: Line) -> Reply:
    """`恢复`: the draft that was left last goes on where it was, with its files."""
    last = await drafts.given_up(person.id, event.at - RESTORED_WITHIN)
    # Of a revision begun anew since then only one is open: that one is left for this.
    waiting = (await held(draft=await drafts.rivals(last))).drafts if last else ()
    known = next((draft for draft in waiting if draft.id == last), None)
    if known is None or known.state != "discarded":
        return Reply("24 小时内没有放弃过草稿，没有可恢复的。", ok=False)
    if over := await _over(known):
        return Reply(over, ok=False)
    for other in waiting:
        if other.id != known.id and other.person == person.id:
            await leave(other, event.at)
    await drafts.reopen(known.id)
    return await go_on(replace(known, state="open", platform=event.platform, updated_at=event.at))
