"""A draft about what is under way already becomes part of that: nothing of it is lost, nobody asks twice."""

from dataclasses import replace
from datetime import datetime

from handlers.cases import casework, progress, record, rerouting
from handlers.chain.digest import digest
from handlers.chain.law import Law
from handlers.chain.operate import Refusal, Supply
from handlers.drafts import preview
from handlers.drafts.ended import submitted
from handlers.events import Click, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.rules.joined import JOINED
from storage import outbox, requests, turns
from storage.held import held
from storage.records import Draft, Person, Request

WORD = "joined"


async def first(draft: Draft, at: datetime) -> Request | None:
    """The request that a new draft is about as well, held; None where it is over by now. Who submits another
    first one at the same moment waits, and joins this."""
    joins = PROCESSES[draft.kind].joins
    if joins is None or draft.revises is not None:
        return None
    await turns.take(f"{draft.kind}-join")
    known = await joins(draft, at)
    request = (await held(request=known.number)).request if known else None
    return request if request and request.current else None


async def join(event: Click, person: Person, draft: Draft, request: Request) -> Reply:
    """The answers and files of a draft beside those of the request: a version further, all in its digest."""
    planned = await preview.planned(draft, event.at)
    said = {"by": person.id, "at": event.at.isoformat(), **planned.form}
    worded = replace(request, form={**request.form, JOINED: [*(request.form.get(JOINED) or ()), said]})
    op = Supply(digest(request.kind, worded.form), beside=True)
    by = record.By.event(event, person.id)
    after = await casework.operated(worded, op, by, Law(heard=(person.id,)))
    assert not isinstance(after, Refusal), after
    article = PROCESSES[request.kind].form.article
    after = await casework.recorded(request, after, op, WORD, by, article=article)
    await requests.revise(after, event.at, draft.id)
    await submitted(draft, event.at, event.card)
    # Whoever brought it too judges it no more.
    if await rerouting.one(after.number, f"{person.id} reported it too", event.at):
        after = await _as_it_is(after)
    args = {"request": request.id, "number": request.number}
    card = await outbox.get(event.card) if event.card else None
    if card and card.person == person.id:
        await outbox.retitle(card.id, "status", args, request.id)
    await progress.settle(after, event.at, shown=event.card, before=request, by=person.id)
    toast = f"已有人上报，您的材料并入 {request.number}"
    told = f"这个账号已有人上报（{request.number}），您的内容和截图已并入，结果会告诉您。"
    await notify.answer(event, person, "say", {"title": "已并入", "text": told})
    return Reply(toast, template="status", args=args)


async def _as_it_is(request: Request) -> Request:
    known = await requests.by_id(request.id)
    assert known is not None, "no request is ever deleted"
    return known
