"""确认提交: a draft becomes a request, or the next version of one that was returned."""

from dataclasses import replace

from cards.acts import AGAIN
from handlers.cases import casework, opening, progress, record
from handlers.chain.digest import digest
from handlers.chain.operate import Revise, data_of
from handlers.drafts import checking, joining, preview
from handlers.drafts.ended import leave, submitted
from handlers.drafts.leaving import leave_rivals
from handlers.events import Click, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import behalf
from handlers.rules import editions
from handlers.rules.lifecycle import can_follow
from storage import outbox, requests
from storage.held import held
from storage.records import Act, Draft, Person, Request


async def confirm(event: Click, person: Person, draft: Draft) -> Reply:
    """确认提交: check everything again as it is now, then the request exists and has its number."""
    process = PROCESSES[draft.kind]
    if refusal := await process.refuses(person, event.at):
        return Reply(str(refusal), ok=False)
    old = await _returned(draft)
    first = await joining.first(draft, event.at)
    before = await process.writes(old.form) if old else ()
    media = [*await process.writes(draft.form), *before]
    await held(request=await requests.open_posts(media), medium=media)
    ready = await checking.ready(event, person, draft)
    if isinstance(ready, Reply):
        return ready
    draft = ready
    if first:
        return await joining.join(event, person, draft, first)
    if draft.revises is not None and (old is None or await behalf.principal(old, person, event.at) is None):
        await leave(draft, event.at, event.card)
        return Reply("原申请已不能修改，不能再提交。", ok=False, template="preview", args={"draft": draft.id})
    request = await (_resubmit(event, person, draft, old) if old else _submit(event, person, draft))
    await process.submitted(request, event.at)
    shown = event.card
    if old:
        await notify.leave_behind(request, event.at, await notify.on_screens(request))
    await submitted(draft, event.at, shown)
    told = (
        f"{person.name} 已修改并重新提交 {request.number}《{request.title}》（第 {request.version} 版）。"
        "您没有提交的那份修改不再需要，已放弃。"
    )
    await leave_rivals(draft.kind, request, "已重新提交", told, event.at)
    args = {"request": request.id, "number": request.number}
    card = await outbox.get(shown) if shown else None
    if card and card.person == person.id:
        await outbox.retitle(shown, "status", args, request.id)
    await progress.settle(request, event.at, shown=shown)
    return Reply(f"已提交，编号 {request.number}", template="status", args=args)


async def _submit(event: Click, person: Person, draft: Draft) -> Request:
    planned = await preview.planned(draft, event.at)
    note, article = PROCESSES[planned.kind].declares(planned)
    note = editions.noted(event.at, note)
    note = f"{AGAIN}{draft.talk.again}；{note}" if draft.talk.again else note
    by = record.By.event(event, person.id)
    return await opening.begun(planned, by, article=article, note=note, draft=draft.id)


async def _returned(draft: Draft) -> Request | None:
    """The request that a draft revises, held; None where that can be revised no more."""
    old = (await held(request=draft.revises)).request if draft.revises else None
    return old if old and Act.REVISE in can_follow(old) else None


async def _resubmit(event: Click, person: Person, draft: Draft, old: Request) -> Request:
    """A returned request, revised: a new version with a new digest, and the chain from its start."""
    planned = await preview.planned(draft, event.at)
    by = record.By.event(event, person.id, await behalf.principal(old, person, event.at) or "")
    op = Revise(planned.chain, digest(planned.kind, planned.form))
    worded = replace(
        old, title=planned.title, form=planned.form, facts=planned.facts, urgency=planned.urgency
    )
    request = await casework.operated(worded, op, by, behalf.law(by.actor, by.principal))
    assert isinstance(request, Request), request
    request = replace(request, base=request.version)
    place = record.place(old)
    note, article = PROCESSES[request.kind].declares(request)
    request = await record.keep(
        request,
        Act.REVISE.value,
        by,
        before=place,
        after=record.place(request),
        article=article,
        note=editions.noted(event.at, note),
        data=data_of(op, old.step),
    )
    await requests.revise(request, event.at, draft.id)
    return request
