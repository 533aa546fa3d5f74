"""/发布: fill in a post, look at what will be sent, declare, submit (Article 6(3)1, 8, 9)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cards.form import PUBLISH, SECRECY_QUESTIONS
from cards.post import form_names
from cards.wecom import UNCHOSEN
from handlers import drafting, notify, preview, progress
from handlers.commands import Line, fields_in
from handlers.events import Click, Message, Reply
from handlers.rules import lifecycle
from handlers.rules.articles import ART_8, RULE_VERSION
from handlers.rules.digest import digest
from handlers.rules.permits import SHANGHAI, may_apply
from handlers.rules.workdays import Calendar
from storage import drafts, duties, outbox, requests
from storage.records import Act, Draft, Kind, Person, Platform, Request, State

USAGE = "/发布"
SHOWN = ("draft", "draft_text", "form", "preview")
"""Templates that show a draft's words."""

_SECRECY = "保密"
_CLEARED = ("", "否", "无", "均为否", "均不涉及", "不涉及", "不涉密", "不涉密可公开")
TITLES = (*PUBLISH.titles(), _SECRECY)


async def command(event: Message, person: Person, line: Line) -> Reply:
    """Start a post from text lines, or open the form or the dialogue."""
    if refusal := may_apply(person, event.at):
        return Reply(str(refusal), ok=False)
    found, rest = fields_in(line.text, TITLES)
    if _says_secret(found):
        return await _stop_before_start(event, person)
    waiting = await drafts.open_of(person.id)
    if not found and not rest and waiting and waiting[0].form.get("title"):
        return Reply(template="unfinished")
    if rest:
        found.setdefault(PUBLISH.field("title").title, rest)
    if not found:
        draft = await _reuse(waiting, event) or await _new(person, event)
        return await go_on(draft)
    raw = drafting.raw_titles({title: text for title, text in found.items() if title != _SECRECY})
    draft = await drafts.add(person.id, Kind.PUBLISH, event.platform, {}, event.at)
    draft = await drafting.merge(draft, person, raw, event.at)
    await _replace_unfinished(waiting, raw)
    return await go_on(draft)


async def _new(person: Person, event: Message | Click) -> Draft:
    form = drafting.guided(event.platform)
    return await drafts.add(person.id, Kind.PUBLISH, event.platform, form, event.at)


async def _reuse(waiting: list[Draft], event: Message) -> Draft | None:
    """An empty draft of before is taken again rather than a second one opened."""
    empty = [draft for draft in waiting if not draft.form.get("title") and not draft.form.get("media")]
    if not empty:
        return None
    return replace(empty[0], platform=event.platform, form=drafting.guided(event.platform))


async def _replace_unfinished(waiting: list[Draft], raw: Mapping[str, Any]) -> None:
    """A draft that was never complete, and all of whose fields are given anew, is not kept twice."""
    for old in waiting:
        given = {k for k, v in old.form.items() if v and not k.startswith("_") and k != "copyright"}
        given |= set(old.form.get("_wrong") or {})
        if drafting.missing(old.form, await drafts.uploads(old.id)) and given <= set(raw):
            await _end(old, "discarded")


async def _end(draft: Draft, state: str) -> None:
    await drafts.save(replace(draft, state=state, asking=""))
    await duties.close_draft(draft.id)


async def go_on(draft: Draft) -> Reply:
    """Show the next thing: mistakes, the next question, the form, or the preview."""
    uploads = await drafts.uploads(draft.id)
    asking = drafting.next_question(draft, uploads)
    if draft.platform is Platform.FEISHU and asking != drafting.ASSETS_PAGE[Platform.FEISHU]:
        asking = ""
    if drafting.standing(draft.form) and not draft.asking and not draft.form.get("_guided"):
        asking = ""
    draft = await drafting.keep(replace(draft, asking=asking))
    return Reply(template="draft", args={"draft": draft.id})


def _says_secret(found: Mapping[str, str]) -> bool:
    return found.get(_SECRECY, "").strip(" 。") not in _CLEARED


async def _stop_before_start(event: Message, person: Person) -> Reply:
    """A yes to a secrecy question in the very command: nothing of it is kept."""
    await progress.note_stop(progress.By.event(event, person.id))
    return Reply(template="stopped")


async def line_for_draft(event: Message, person: Person, draft: Draft) -> Reply | None:
    """A plain line while a draft is open: fields, the answer to the question, or None for neither."""
    if event.text.strip() in ("放弃", "取消"):
        await _end(draft, "discarded")
        return Reply(template="say", args={"text": "草稿已放弃，没有提交任何内容。"})
    found, rest = fields_in(event.text, TITLES)
    if _says_secret(found):
        return await _stop(draft, event, person)
    raw: dict[str, str] = drafting.raw_titles({t: v for t, v in found.items() if t != _SECRECY})
    if rest and draft.asking in {field.name for field in PUBLISH.fields}:
        is_link = draft.asking == "body" and rest.startswith(("http://", "https://")) and "\n" not in rest
        raw.setdefault("link" if is_link else draft.asking, rest)
        if draft.asking == "body" and "link" in (draft.form.get("_wrong") or {}):
            raw.setdefault("link", "")
    if not raw:
        return None
    moved = replace(draft, platform=event.platform)
    draft = await drafting.merge(moved, person, raw, event.at)
    return await go_on(draft)


async def click(event: Click, person: Person) -> Reply:
    """A button or form of a draft; the draft must be this person's own and still open."""
    draft = await drafts.get(int(event.ref)) if event.ref.isdigit() else None
    if draft is None or draft.person != person.id:
        return Reply("没有这份草稿。", ok=False)
    if draft.state != "open":
        return Reply("这份草稿已不能再用。", ok=False, template="preview", args={"draft": draft.id})
    moved = replace(draft, platform=event.platform)
    return await _CLICKS[event.act](event, person, moved)


async def _fill(event: Click, person: Person, draft: Draft) -> Reply:
    """The Feishu form, sent: what it showed and now comes empty was cleared."""
    raw = {name: event.fields.get(name, "") for name in form_names(draft.form)}
    draft = await drafting.merge(draft, person, raw, event.at)
    return await go_on(draft)


async def _answer(event: Click, person: Person, draft: Draft) -> Reply:
    """A choice card of the dialogue, sent."""
    names = {field.name for field in PUBLISH.fields}
    raw: dict[str, str | tuple[str, ...]] = {
        k: v for k, v in event.fields.items() if k in names and v != UNCHOSEN
    }
    if draft.asking == "involves":
        raw.setdefault("involves", ())
    if draft.asking:
        form = dict(draft.form)
        form["_asked"] = [*(form.get("_asked") or []), draft.asking]
        draft = replace(draft, form=form)
    draft = await drafting.merge(draft, person, raw, event.at)
    if event.act == "answer" and draft.asking == "assets1":
        draft = await drafting.keep(replace(draft, asking="assets2"))
        return Reply(template="draft", args={"draft": draft.id})
    return await go_on(draft)


async def _edit(event: Click, person: Person, draft: Draft) -> Reply:
    """Change something: the form in Feishu, a choice of pages in WeCom."""
    if event.platform is Platform.FEISHU:
        return Reply(template="form", args={"draft": draft.id})
    return Reply(template="options", args={"draft": draft.id})


async def _edit_page(event: Click, person: Person, draft: Draft) -> Reply:
    page = event.act.removeprefix("edit_")
    page = drafting.ASSETS_PAGE[draft.platform] if page == "assets" else page
    draft = await drafting.keep(replace(draft, asking=page, updated_at=event.at))
    return Reply(template="draft", args={"draft": draft.id})


async def _resume(event: Click, person: Person, draft: Draft) -> Reply:
    return await go_on(replace(draft, updated_at=event.at))


async def _fresh(event: Click, person: Person, draft: Draft) -> Reply:
    return await go_on(await _new(person, event))


async def _discard(event: Click, person: Person, draft: Draft) -> Reply:
    await _end(draft, "discarded")
    return Reply("已放弃，没有提交任何内容。", template="preview", args={"draft": draft.id})


async def _view(event: Click, person: Person, draft: Draft) -> Reply:
    await notify.answer(event, person, "draft_text", {"draft": draft.id})
    return Reply("全文已发到对话里。")


async def _stop(draft: Draft, event: Message | Click, person: Person) -> Reply:
    await notify.take_back(person, draft.id, SHOWN, event)
    await drafts.erase(draft.id)
    await duties.close_draft(draft.id)
    await progress.note_stop(progress.By.event(event, person.id))
    return Reply("已停止，草稿已删除。", template="stopped")


async def _secret(event: Click, person: Person, draft: Draft) -> Reply:
    return await _stop(draft, event, person)


async def _confirm(event: Click, person: Person, draft: Draft) -> Reply:
    """确认提交: check everything again as it is now, then the request exists and has its number."""
    if refusal := may_apply(person, event.at):
        return Reply(str(refusal), ok=False)
    uploads = await drafts.uploads(draft.id)
    unfit = drafting.missing(draft.form, uploads) or drafting.standing(draft.form)
    if event.version != draft.rev or unfit:
        return Reply("内容已有改动，请核对最新的预览。", ok=False, template="draft", args={"draft": draft.id})
    if any(upload.state == "fetching" for upload in uploads):
        return Reply("附件还在接收，请稍候几秒再提交。", ok=False)
    _, mistakes = await drafting.find_media(person, draft.form["media"])
    if mistakes:
        return Reply(mistakes[0].reason, ok=False)
    held = await _returned(draft)
    if draft.revises is not None and held is None:
        await _end(draft, "discarded")
        return Reply(
            "原申请已不在“退回”状态，不能再提交。", ok=False, template="preview", args={"draft": draft.id}
        )
    request = await (_resubmit(event, person, draft, held) if held else _submit(event, person, draft))
    shown = event.card
    if held:
        await notify.leave_behind(request, event.at)
    await _end(draft, "submitted")
    args = {"request": request.id, "number": request.number}
    card = await outbox.get(shown) if shown else None
    if card and card.person == person.id:
        await outbox.retitle(shown, "status", args, request.id)
    await progress.settle(request, event.at, shown=shown)
    return Reply(f"已提交，编号 {request.number}", template="status", args=args)


async def _submit(event: Click, person: Person, draft: Draft) -> Request:
    request, _ = await preview.planned(draft, event.at)
    year = event.at.astimezone(SHANGHAI).year
    serial = await requests.next_number(f"{Kind.PUBLISH}-{year}")
    request = replace(request, number=f"{Kind.PUBLISH}-{year}-{serial:04d}", digest=digest(request.form))
    request = lifecycle.begin(request, event.at, Calendar.default())
    request = await requests.add(await _declared(request, event, person, Act.SUBMIT, before="draft"))
    await requests.set_media(request.id, request.form["media"])
    return request


async def _returned(draft: Draft) -> Request | None:
    """The request that a draft revises, held; None where it is no longer returned."""
    old = await requests.by_id(draft.revises or 0)
    held = await requests.hold(old.number) if old else None
    return held if held and held.state is State.RETURNED else None


async def _resubmit(event: Click, person: Person, draft: Draft, held: Request) -> Request:
    """A returned request, revised: a new version with a new digest, and the chain from its start."""
    planned, steps = await preview.planned(draft, event.at)
    request = replace(
        held,
        title=planned.title,
        form=planned.form,
        digest=digest(planned.form),
        chain=steps,
        version=held.version + 1,
        urgency=planned.urgency,
    )
    request = lifecycle.begin(request, event.at, Calendar.default())
    await requests.set_media(request.id, request.form["media"])
    request = await _declared(request, event, person, Act.REVISE, before=progress.place(held))
    await requests.revise(request, event.at)
    return request


async def _declared(request: Request, event: Click, person: Person, act: Act, *, before: str) -> Request:
    """The trail says what was declared with the submission."""
    note = (
        f"{RULE_VERSION}；声明：保密 {len(SECRECY_QUESTIONS)} 项均不涉及；"
        f"版权 {'、'.join(f'{k}:{v}' for k, v in request.form['copyright'].items())}"
    )
    by = progress.By.event(event, person.id)
    after = progress.place(request)
    return await progress.record(request, act.value, by, before=before, after=after, article=ART_8, note=note)


async def begin_revision(event: Message | Click, person: Person, request: Request) -> Reply:
    """/修改: the returned request's form again, filled in."""
    if request.state is not State.RETURNED:
        return Reply(f"{request.number} 没有被退回，不需要修改。", ok=False)
    for old in await drafts.open_of(person.id):
        if old.revises == request.id:
            return await go_on(replace(old, platform=event.platform, updated_at=event.at))
    form = {key: value for key, value in request.form.items() if key != "files"}
    draft = await drafts.add(person.id, Kind.PUBLISH, event.platform, form, event.at, revises=request.id)
    await drafts.copy_files(draft.id, request.form.get("files") or [])
    return await go_on(draft)


_CLICKS = {
    "fill": _fill,
    "answer": _answer,
    "edit": _edit,
    "edit_basics": _edit_page,
    "edit_involves": _edit_page,
    "edit_assets": _edit_page,
    "preview": _resume,
    "resume": _resume,
    "fresh": _fresh,
    "discard": _discard,
    "view_draft": _view,
    "secret": _secret,
    "confirm": _confirm,
}
ACTS = tuple(_CLICKS)
