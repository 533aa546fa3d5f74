"""回复整改, 上传证明, 申辩: answers are filled in like a form and added to the request they belong to."""

from dataclasses import replace

from cards import operations, phrases
from handlers.cases import carrying, casework, guard, progress, record
from handlers.chain.digest import digest
from handlers.chain.law import Law
from handlers.chain.operate import Refusal, Supply, Why
from handlers.commands import Line, fields_in, numbers_in
from handlers.drafts import checking, drafting, preview, secrecy
from handlers.drafts.ended import leave, submitted
from handlers.drafts.flow import go_on
from handlers.drafts.leaving import leave_rivals
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES, SUPPLEMENTS, Supplement, supplement_at
from handlers.letters import notify
from handlers.people import whose
from storage import drafts, outbox, requests
from storage.held import held
from storage.records import Act, Draft, Person, Request

Event = Message | Click


async def command(event: Message, person: Person, line: Line, kind: str) -> Reply:
    """`/回复整改 编号`, with fields in lines of their own."""
    added = SUPPLEMENTS[kind]
    numbers, rest = numbers_in(line.text)
    begun = [] if numbers else [one for one in await drafting.open_drafts(person.id) if one.kind == kind]
    if begun and not rest.strip():
        return await go_on(replace(begun[0], platform=event.platform, updated_at=event.at))
    if len(numbers) != 1:
        return Reply(f"请这样写：/{added.form.command} 编号", ok=False, title="还差编号")
    request = await requests.get(numbers[0])
    if request is None or request.kind != added.of:
        return Reply(f"没有 {numbers[0]} 这件{PROCESSES[added.of].form.title}。", ok=False)
    return await begin(event, person, request, added, rest)


async def click(event: Click, person: Person) -> Reply:
    """The button of a step that asks for answers, or of whom is to be heard beside it."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    added = SUPPLEMENTS.get(event.step) or supplement_at(request.kind, request.step)
    if (
        added is None
        or added.of != request.kind
        or (added.step and event.step not in (added.step, added.kind))
    ):
        return await guard.moved_on(event, person, request, (event.step, event.version))
    reply = await begin(event, person, request, added, "")
    if reply.template:
        await notify.answer(event, person, reply.template, reply.args)
        return Reply("请在新消息里填写。")
    return reply


async def begin(event: Event, person: Person, known: Request, added: Supplement, text: str) -> Reply:
    """The draft of the answers, begun or gone on with; not for whom they are none of."""
    await drafting.open_drafts(person.id)
    request = (await held(request=known.number)).request
    assert request is not None, "no request is ever deleted"
    if refusal := await _not_theirs(event, person, request, added):
        return refusal
    if added.step and await _shown(event, person, request) != (request.step, request.version):
        # Whoever stands in since has not been asked: they answer what they have read.
        await notify.answer(event, person, "approval", notify.asking(request))
    found, rest = fields_in(text, secrecy.titles(added.form))
    raw = drafting.named(added.form, found)
    if rest and not raw:
        raw = {added.form.named_by: rest}
    draft = await drafting.already(event, person, request, added.kind)
    if draft is None:
        talk = drafting.begun(event.platform)
        draft = await drafts.add(
            person.id, added.kind, event.platform, {}, event.at, revises=request.id, talk=talk
        )
    return await go_on(await drafting.merge(draft, person, raw, event.at) if raw else draft)


async def _not_theirs(event: Event, person: Person, request: Request, added: Supplement) -> Reply | None:
    step = request.current
    if not added.step:
        heard = (step or added.after) and person.id in await added.heard(request, event.at)
        return None if heard else await guard.nothing_to_do(event, person, request, added.form.command)
    if (
        step
        and step.name == added.step
        and person.id in await whose.owners(step, whose.applicant_of(request), event.at)
    ):
        return None
    if step and added.step in {one.name for one in phrases.following(request.chain, step.name)}:
        return await guard.nothing_to_do(event, person, request, added.form.command, yet=True)
    return await guard.moved_on(event, person, request, None)


async def confirm(event: Click, person: Person, draft: Draft, added: Supplement) -> Reply:
    """确认提交: the answers become part of the request, and at a step that asks for them its decision."""
    request = (await held(request=draft.revises or 0)).request
    ready = await checking.ready(event, person, draft)
    if isinstance(ready, Reply):
        return ready
    if request is None or (refusal := await _not_theirs(event, person, request, added)):
        await leave(draft, event.at, event.card)
        told = refusal if request else None
        return replace(
            told or Reply("没有这件申请。", ok=False), template="preview", args={"draft": draft.id}
        )
    planned = await preview.planned(ready, event.at)
    op = Supply(digest(request.kind, planned.form), beside=not added.step)
    worded = replace(request, form=planned.form, facts=planned.facts)
    law = await _law(event, person, worded, added)
    by = record.By.event(event, person.id, law.holders.get(person.id, ""))
    after = await casework.operated(worded, op, by, law)
    if isinstance(after, Refusal):
        return await _refused(event, person, request, after, law)
    return await _carry_out(event, person, ready, request, after, op, by, added)


async def _law(event: Click, person: Person, request: Request, added: Supplement) -> Law:
    """At a step as for any decision; beside it, only that they are to be heard."""
    if not added.step:
        return Law(heard=await added.heard(request, event.at), after=added.after)
    shown = await _shown(event, person, request)
    return await casework.law(request, event.at, shown=shown, passing=True)


async def _shown(event: Event, person: Person, request: Request) -> casework.Shown:
    return await outbox.last_shown(person.id, request.id, event.said_at)


async def _refused(event: Click, person: Person, request: Request, refusal: Refusal, law: Law) -> Reply:
    if text := refusal.text or operations.REFUSED.get(refusal.why, ""):
        return Reply(text.format(number=request.number), ok=False)
    if refusal.why is Why.NOT_SHOWN:
        await notify.answer(event, person, "approval", notify.asking(request))
        return Reply(f"{request.number} 现在的内容您还没有看过，请看新的卡片后再按“确认提交”。", ok=False)
    return await guard.refused(event, person, request, refusal.why, law.shown)


async def _carry_out(
    event: Click, person: Person, draft: Draft, request: Request, after: Request, op: Supply,
    by: record.By, added: Supplement,
) -> Reply:  # fmt: skip
    step = request.current
    act = Act.SUPPLY.value if added.step else added.word
    if added.step and step:
        await record.decided(after, Act.SUPPLY, by, "", step=step.name)
    after = await casework.recorded(request, after, op, act, by, article=added.form.article)
    await requests.revise(after, event.at, draft.id)
    await submitted(draft, event.at, event.card)
    if added.step and step:
        told = f"{person.name} 已{phrases.done(Act.SUPPLY, step)} {request.number}《{request.title}》。"
        told += "您没有提交的那份不再需要，已放弃。"
        await leave_rivals(added.kind, after, f"已{phrases.done(Act.SUPPLY, step)}", told, event.at)
        after = await carrying.on(request, after, Act.SUPPLY, event.at)
    else:
        await progress.settle(after, event.at, before=request, by=person.id)
    await added.added(after, event.at)
    word = phrases.done(Act.SUPPLY, step) if added.step else added.form.command
    await notify.principal(by.principal, f"{person.name} 已代您{word} {request.number}。", request, event.at)
    args = {"draft": draft.id}
    return Reply(f"已{word} {request.number}", template="preview", args=args)
