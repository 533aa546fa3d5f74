"""From the first word to 确认提交: the dialogue in which a draft of any process is filled in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cards.card import Input
from cards.draft import SELECTORS, form_names
from cards.form import Form
from cards.wecom import UNCHOSEN
from handlers.cases import casework, progress, record, stopping
from handlers.chain.digest import digest
from handlers.chain.operate import Law, Revise
from handlers.chain.replay import data_of
from handlers.commands import Line, fields_in, gives_up
from handlers.drafts import drafting, preview
from handlers.drafts.fields import SEPARATORS
from handlers.duties import follow
from handlers.events import Click, Message, Reply
from handlers.letters import attachments, notify
from handlers.processes.process import PROCESSES
from handlers.rules.permits import SHANGHAI
from storage import db, drafts, holds, outbox, requests
from storage.held import held
from storage.holds import Row
from storage.records import Act, Draft, Person, Platform, Request, State

CHANGED = "内容已有改动，请核对最新的预览。"
_SECRECY = ("保密", "涉密", "是否涉密", "是否保密", "有无涉密", "保密审查", "保密情况", "涉密情况")
"""Titles under which people answer the questions of form F4 in a line of their own."""

_TITLED = re.compile(r"([^\s：:=＝，。/]{1,10})\s*[：:=＝](?!//)")
_CLEARED = (
    *("", "否", "无", "没有", "不是", "均为否", "均否", "均不涉及", "都不涉及", "不涉及", "不涉密", "未涉密"),
    *("非涉密", "不涉密可公开", "通过", "已通过", "审查通过"),
)
_SECRET = frozenset(
    {"涉密", "保密", "秘密", "机密", "绝密", "国家秘密", "工作秘密", "商业秘密", "涉密内容", "涉密信息"}
)
"""What somebody writes under 涉及 instead of answering the question of secrecy."""


def _titles(form: Form) -> tuple[str, ...]:
    return (*form.titles(), *_SECRECY)


def _raw(form: Form, found: Mapping[str, str]) -> dict[str, str]:
    """Typed titles and aliases to field names."""
    titles = form.titles()
    return {titles[title].name: text for title, text in found.items() if title in titles}


async def command(event: Message, person: Person, line: Line, kind: str) -> Reply:
    """Start a draft from text lines, or open the form or the dialogue."""
    process = PROCESSES[kind]
    if refusal := process.may_apply(person, event.at):
        return Reply(str(refusal), ok=False)
    found, rest = fields_in(line.text, _titles(process.form))
    if _says_secret(found, _raw(process.form, found)):
        return await stopping.before_start(event, person)
    waiting = [draft for draft in await drafting.open_drafts(person.id) if draft.kind == kind]
    if not found and not rest and waiting and waiting[0].form.get(process.form.named_by):
        return Reply(template="unfinished", args={"kind": kind})
    if not found and not rest:
        draft = await _reuse(waiting, event) or await _new(person, event, kind)
        return await go_on(draft)
    raw = await process.behind(process.form, _raw(process.form, found), rest)
    draft = await drafts.add(person.id, kind, event.platform, {}, event.at)
    draft = await drafting.merge(draft, person, raw, event.at)
    await _replace_unfinished(waiting, raw)
    return await go_on(draft)


async def _new(person: Person, event: Message | Click, kind: str) -> Draft:
    talk = drafting.begun(event.platform)
    return await drafts.add(person.id, kind, event.platform, {}, event.at, talk=talk)


async def _reuse(waiting: list[Draft], event: Message) -> Draft | None:
    """An empty draft of before is taken again rather than a second one opened."""
    empty = [draft for draft in waiting if not any(draft.form.values())]
    if not empty:
        return None
    talk = drafting.begun(event.platform)
    return replace(empty[0], platform=event.platform, form={}, talk=talk)


async def _replace_unfinished(waiting: list[Draft], raw: Mapping[str, Any]) -> None:
    """A draft that was never complete, and all of whose fields are given anew, is not kept twice."""
    for old in waiting:
        given = {k for k, v in old.form.items() if v and k != "copyright"} | set(old.talk.wrong)
        if drafting.missing(old, await drafts.uploads(old.id)) and given <= set(raw):
            await _leave(old)


async def _leave(draft: Draft) -> None:
    await drafts.give_up(draft.id)
    await follow.draft(replace(draft, state="discarded"))


async def go_on(draft: Draft) -> Reply:
    """Show the next thing: mistakes, the next question, the form, or the preview."""
    uploads = await drafts.uploads(draft.id)
    draft = await drafting.noted(draft, draft.updated_at)
    asking = drafting.next_question(draft, uploads)
    if drafting.standing(draft) and not draft.asking and not draft.talk.guided:
        asking = ""
    draft = await drafting.keep(replace(draft, asking=asking))
    return Reply(template="draft", args={"draft": draft.id})


def _says_secret(found: Mapping[str, str], raw: Mapping[str, str]) -> bool:
    """A yes to a question of secrecy, or secrets named as what a post involves."""
    answers = [found.get(title, "").strip(" 。，,") for title in _SECRECY]
    named = SEPARATORS.split(raw.get("involves", "").strip(" 。"))
    return any(answer not in _CLEARED for answer in answers) or not _SECRET.isdisjoint(named)


async def line_for_draft(event: Message, person: Person, draft: Draft) -> Reply | None:
    """A plain line while a draft is open: fields, the answer to the question, or None for neither."""
    if gives_up(event.text):
        return await give_up(event, person, Line("放弃"))
    form = PROCESSES[draft.kind].form
    found, rest = fields_in(event.text, _titles(form))
    raw = _raw(form, found)
    if rest and draft.asking in {field.name for field in form.fields}:
        is_link = draft.asking == "body" and rest.startswith(("http://", "https://")) and "\n" not in rest
        raw.setdefault("link" if is_link else draft.asking, rest)
        if draft.asking == "body" and "link" in draft.talk.wrong:
            raw.setdefault("link", "")
    if _says_secret(found, raw):
        return await stopping.stop(draft, event, person)
    if not raw:
        return None
    moved = replace(draft, platform=event.platform)
    draft = await drafting.merge(moved, person, raw, event.at)
    return await go_on(draft)


def unclear(event: Message, draft: Draft) -> Reply:
    """A line that fits nowhere in the draft that is open."""
    titled = _TITLED.match(event.text.strip())
    return Reply(template="unclear", args={"draft": draft.id, "title": titled[1] if titled else ""})


async def give_up(event: Message, person: Person, line: Line) -> Reply:
    """`/放弃`: the draft touched last is left, and nothing of it was submitted."""
    waiting = await drafting.open_drafts(person.id)
    if not waiting:
        return Reply("您没有正在填写的草稿。要撤回已提交的申请，请发：/撤回 编号", ok=False)
    await _leave(waiting[0])
    more = f"另有 {len(waiting) - 1} 份草稿，见 /我的。" if waiting[1:] else ""
    return Reply(f"草稿已放弃，没有提交任何内容。{more}")


async def click(event: Click, person: Person) -> Reply:
    """A button or form of a draft; the draft must be this person's own and still open."""
    draft = (await held(draft=int(event.ref))).draft if event.ref.isdigit() else None
    if draft is None or draft.person != person.id:
        return Reply("没有这份草稿。", ok=False)
    if draft.state != "open":
        return await _ended(draft)
    moved = replace(draft, platform=event.platform)
    return await _CLICKS[event.act](event, person, moved)


async def _ended(draft: Draft) -> Reply:
    """An old button of a draft answers with what became of it."""
    if request := await requests.of_draft(draft.id):
        args = {"request": request.id, "number": request.number}
        return Reply(f"这份草稿已提交，编号 {request.number}。", ok=False, template="status", args=args)
    return Reply("这份草稿已不能再用。", ok=False, template="preview", args={"draft": draft.id})


async def _fill(event: Click, person: Person, draft: Draft) -> Reply:
    """The Feishu form, sent: what it showed and now comes empty was cleared."""
    form = PROCESSES[draft.kind].form
    raw = {name: event.fields.get(name, "") for name in form_names(form, draft.form)}
    draft = await drafting.merge(draft, person, raw, event.at)
    return await go_on(draft)


async def _answer(event: Click, person: Person, draft: Draft) -> Reply:
    """A choice card of the dialogue, sent."""
    form = PROCESSES[draft.kind].form
    names = {field.name for field in form.fields}
    raw: dict[str, str | tuple[str, ...]] = {
        k: v for k, v in event.fields.items() if k in names and v != UNCHOSEN
    }
    page = form.pages.get(draft.asking)
    for field in (form.field(name) for name in page.fields) if page else ():
        if field.input is not Input.ONE:
            raw.setdefault(field.name, () if field.input is Input.MANY else "")
    if draft.asking:
        draft = replace(draft, talk=replace(draft.talk, asked=(*draft.talk.asked, draft.asking)))
    draft = await drafting.merge(draft, person, raw, event.at)
    lacking = drafting.missing(draft, await drafts.uploads(draft.id))
    if page and page.then and not set(page.fields) & set(lacking):
        draft = await drafting.keep(replace(draft, asking=page.then))
        return Reply(template="draft", args={"draft": draft.id})
    return await go_on(draft)


async def _edit(event: Click, person: Person, draft: Draft) -> Reply:
    """Change something: the form in Feishu, a choice of pages in WeCom."""
    if event.platform is Platform.FEISHU:
        return Reply(template="form", args={"draft": draft.id})
    return Reply(template="options", args={"draft": draft.id})


async def _edit_page(event: Click, person: Person, draft: Draft) -> Reply:
    page = event.act.removeprefix("edit_")
    pages = PROCESSES[draft.kind].form.pages
    if event.platform is Platform.WECOM and len(pages[page].fields) > SELECTORS:
        page = f"{page}1"
        if page not in pages:
            return Reply(template="options", args={"draft": draft.id})
    draft = await drafting.keep(replace(draft, asking=page, updated_at=event.at))
    return Reply(template="draft", args={"draft": draft.id})


async def _resume(event: Click, person: Person, draft: Draft) -> Reply:
    return await go_on(replace(draft, updated_at=event.at))


async def _fresh(event: Click, person: Person, draft: Draft) -> Reply:
    return await go_on(await _new(person, event, draft.kind))


async def _discard(event: Click, person: Person, draft: Draft) -> Reply:
    await _leave(draft)
    return Reply("已放弃，没有提交任何内容。", template="preview", args={"draft": draft.id})


async def _view(event: Click, person: Person, draft: Draft) -> Reply:
    await notify.answer(event, person, "draft_text", {"draft": draft.id})
    await attachments.of_draft(event, person, draft)
    return Reply("全文已发到对话里。")


async def _secret(event: Click, person: Person, draft: Draft) -> Reply:
    return await stopping.stop(draft, event, person)


async def _confirm(event: Click, person: Person, draft: Draft) -> Reply:
    """确认提交: check everything again as it is now, then the request exists and has its number."""
    process = PROCESSES[draft.kind]
    if refusal := process.may_apply(person, event.at):
        return Reply(str(refusal), ok=False)
    old = await _returned(draft)
    before = await process.writes(old.form) if old else ()
    await held(medium=[*await process.writes(draft.form), *before])
    uploads = await drafts.uploads(draft.id)
    unfit = drafting.missing(draft, uploads) or drafting.standing(draft)
    draft = await drafting.noted(draft, event.at)
    if drafting.missing(draft, uploads) and not unfit:
        return replace(await go_on(replace(draft, updated_at=event.at)), toast=CHANGED, ok=False)
    if event.version != draft.rev or unfit:
        return Reply(CHANGED, ok=False, template="draft", args={"draft": draft.id})
    if any(upload.state == "fetching" for upload in uploads):
        return Reply("附件还在接收，请稍候几秒再提交。", ok=False)
    if why := await process.check(person, draft, event.at):
        return Reply(why, ok=False)
    if draft.revises is not None and old is None:
        await _leave(draft)
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
    declared = await _declared(request, by, Act.SUBMIT, before="draft", data=data)
    return await requests.add(declared, draft.id)


async def _returned(draft: Draft) -> Request | None:
    """The request that a draft revises, held; None where it is no longer returned."""
    old = (await held(request=draft.revises)).request if draft.revises else None
    return old if old and old.state is State.RETURNED else None


async def _resubmit(event: Click, person: Person, draft: Draft, old: Request) -> Request:
    """A returned request, revised: a new version with a new digest, and the chain from its start."""
    planned = await preview.planned(draft, event.at)
    by = record.By.event(event, person.id)
    op = Revise(planned.chain, digest(planned.kind, planned.form))
    worded = replace(
        old, title=planned.title, form=planned.form, facts=planned.facts, urgency=planned.urgency
    )
    request = await casework.operated(worded, op, by, Law())
    assert isinstance(request, Request), request
    place = record.place(old)
    request = await _declared(request, by, Act.REVISE, before=place, data=data_of(op, old.step))
    await requests.revise(request, event.at, draft.id)
    return request


async def _declared(request: Request, by: record.By, act: Act, *, before: str, data: str) -> Request:
    """The trail says what was declared with the submission."""
    note, article = PROCESSES[request.kind].declares(request)
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


async def begin_revision(event: Message | Click, person: Person, request: Request) -> Reply:
    """/修改: the returned request's form again, filled in."""
    if request.state is not State.RETURNED:
        return Reply(f"{request.number} 没有被退回，不需要修改。", ok=False)
    for old in await drafts.revising(request.id):
        if old.person == person.id:
            if not holds.holding(Row.DRAFT, old.id):
                raise db.Conflict(f"draft {old.id} was begun meanwhile")
            return await go_on(replace(old, platform=event.platform, updated_at=event.at))
    form = {key: value for key, value in request.form.items() if key != "files"}
    draft = await drafts.add(person.id, request.kind, event.platform, form, event.at, revises=request.id)
    await drafts.copy_files(draft.id, request.form.get("files") or [])
    return await go_on(draft)


_CLICKS = {
    "fill": _fill,
    "answer": _answer,
    "edit": _edit,
    **{f"edit_{page}": _edit_page for process in PROCESSES.values() for page in process.form.pages},
    "preview": _resume,
    "resume": _resume,
    "fresh": _fresh,
    "discard": _discard,
    "view_draft": _view,
    "secret": _secret,
    "confirm": _confirm,
}
ACTS = tuple(_CLICKS)
