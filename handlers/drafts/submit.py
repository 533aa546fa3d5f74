"""确认提交: a draft becomes a request, or the next version of one that was returned."""

from dataclasses import replace

from cards.acts import AGAIN
from handlers.cases import behalf, casework, progress, record
from handlers.chain.digest import digest
from handlers.chain.operate import Revise
from handlers.chain.replay import data_of
from handlers.drafts import asking, drafting, preview
from handlers.drafts.flow import CHANGED, go_on
from handlers.drafts.leaving import leave
from handlers.duties import follow
from handlers.events import Click, Reply
from handlers.letters import notify
from handlers.processes.process import PROCESSES
from handlers.rules.permits import SHANGHAI
from storage import drafts, outbox, requests
from storage.held import held
from storage.records import Act, Draft, Person, Request, State


async def confirm(event: Click, person: Person, draft: Draft) -> Reply:
    """确认提交: check everything again as it is now, then the request exists and has its number."""
    process = PROCESSES[draft.kind]
    if refusal := process.may_apply(person, event.at):
        return Reply(str(refusal), ok=False)
    old = await _returned(draft)
    before = await process.writes(old.form) if old else ()
    await held(medium=[*await process.writes(draft.form), *before])
    uploads = await drafts.uploads(draft.id)
    unfit = asking.missing(draft, uploads) or drafting.standing(draft)
    draft = await drafting.noted(draft, event.at)
    if asking.missing(draft, uploads) and not unfit:
        return replace(await go_on(replace(draft, updated_at=event.at)), toast=CHANGED, ok=False)
    if event.version != draft.rev or unfit:
        return Reply(CHANGED, ok=False, template="draft", args={"draft": draft.id})
    if any(upload.state == "fetching" for upload in uploads):
        return Reply("附件还在接收，请稍候几秒再提交。", ok=False)
    if why := await process.check(person, draft, event.at):
        return Reply(why, ok=False)
    if draft.revises is not None and (old is None or await behalf.principal(old, person, event.at) is None):
        await leave(draft, event.at)
        return Reply(
            "原申请已不在“退回”状态，不能再提交。", ok=False, template="preview", args={"draft": draft.id}
        )
    request = await (_resubmit(event, person, draft, old) if old else _submit(event, person, draft))
    await process.submitted(request, event.at)
    shown = event.card
    if old:
        await notify.leave_behind(request, event.at)
    await drafts.submit(draft.id)
    await follow.draft(replace(draft, state="submitted"))
    args = {"request": request.id, "number": request.number}
    card = await outbox.get(shown) if shown else None
    if card and card.person == person.id:
        await outbox.retitle(shown, "status", args, request.id)
    await progress.settle(request, event.at, shown=shown)
    return Reply(f"已提交，编号 {request.number}", template="status", args=args)


async def _submit(event: Click, person: Person, draft: Draft) -> Request:
    planned = await preview.planned(draft, event.at)
    year = event.at.astimezone(SHANGHAI).year
    serial = await requests.next_number(f"{draft.kind}-{year}")
    numbered = replace(
        planned, number=f"{draft.kind}-{year}-{serial:04d}", digest=digest(planned.kind, planned.form)
    )
    by = record.By.event(event, person.id)
    request, data = await casework.submitted(numbered, by)
    declared = await _declared(request, by, Act.SUBMIT, before="draft", data=data, again=draft.talk.again)
    return await requests.add(declared, draft.id)


async def _returned(draft: Draft) -> Request | None:
    """The request that a draft revises, held; None where it is no longer returned."""
    old = (await held(request=draft.revises)).request if draft.revises else None
    return old if old and old.state is State.RETURNED else None


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
    place = record.place(old)
    request = await _declared(request, by, Act.REVISE, before=place, data=data_of(op, old.step))
    await requests.revise(request, event.at, draft.id)
    return request


async def _declared(
    request: Request, by: record.By, act: Act, *, before: str, data: str, again: str = ""
) -> Request:
    """The trail says what was declared with the submission, and from what it was sent `again`."""
    note, article = PROCESSES[request.kind].declares(request)
    note = f"{AGAIN}{again}；{note}" if again else note
    return await record.keep(
        request,
        act.value,
        by,
        before=before,
        after=record.place(request),
        article=article,
        note=note,
        data=data,
    )
