"""The buttons and forms of a draft: only its own author's, and only while it is open."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from cards.card import Input
from cards.draft import SELECTORS, TAP, form_names
from cards.wecom import UNCHOSEN
from handlers.cases import outlived, stopping
from handlers.digits import whole_number
from handlers.drafts import asking, begin, drafting, offering, quota, supplying
from handlers.drafts.flow import CHANGED, go_on
from handlers.drafts.leaving import discard
from handlers.drafts.submit import confirm
from handlers.events import Click, Reply
from handlers.kinds.process import FILLINGS, SUPPLEMENTS
from handlers.letters import attachments, notify
from storage import drafts, requests
from storage.held import held
from storage.records import Draft, Person, Platform

OnDraft = Callable[[Click, Person, Draft], Awaitable[Reply]]


async def click(event: Click, person: Person) -> Reply:
    """A button or form of a draft; the draft must be this person's own and still open."""
    key = whole_number(event.ref)
    # With a revision goes what others have begun of the same: one of them counts.
    keys = await drafts.rivals(key) if key is not None else []
    draft = next((one for one in (await held(draft=keys)).drafts if one.id == key), None)
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
    about = await requests.by_id(draft.revises) if draft.revises else None
    over = outlived.why(draft.kind, about) if about and outlived.outlived(draft.kind, about) else ""
    return Reply(over or "这份草稿已不能再用。", ok=False, template="preview", args={"draft": draft.id})


async def _fill(event: Click, person: Person, draft: Draft) -> Reply:
    """The Feishu form, sent: what it showed and now comes empty was cleared."""
    form = FILLINGS[draft.kind].form
    shown = form_names(form, draft.form)
    if form.calls_for and event.version != draft.rev:
        shown = [name for name in shown if name in event.fields]  # it may have asked for less
    raw = {name: event.fields.get(name, "") for name in shown}
    draft = _left_empty(draft, raw)
    draft = await drafting.merge(draft, person, raw, event.at)
    return await go_on(draft)


def _left_empty(draft: Draft, raw: Mapping[str, str | tuple[str, ...]]) -> Draft:
    """A form on which nothing is written where files may stand for it says that there is nothing."""
    for field in FILLINGS[draft.kind].form.fields:
        if field.none and field.name in raw and not raw[field.name]:
            draft = asking.without(draft, field.name)
    return draft


async def _offer(event: Click, person: Person, draft: Draft) -> Reply:
    """A suggestion, pressed: it is the answer now; what stands in the form beside it is taken too."""
    offers = [(name, text) for name, _, text in offering.offers(draft)]
    place = whole_number(event.step)
    if event.version != draft.rev or place is None or place >= len(offers):
        return Reply(CHANGED, ok=False, template="draft", args={"draft": draft.id})
    form = FILLINGS[draft.kind].form
    shown = {name: event.fields[name] for name in form_names(form, draft.form) if name in event.fields}
    name, text = offers[place]
    draft = await drafting.merge(draft, person, {**shown, name: text}, event.at)
    return await go_on(draft)


async def _nothing(event: Click, person: Person, draft: Draft) -> Reply:
    """没有正文: the files stand for it."""
    asked = next((f for f in FILLINGS[draft.kind].form.fields if f.none and f.name == draft.asking), None)
    draft = asking.without(draft, asked.name) if asked else draft
    return await go_on(replace(draft, updated_at=event.at))


async def _answer(event: Click, person: Person, draft: Draft) -> Reply:
    """A choice card of the dialogue, sent."""
    form = FILLINGS[draft.kind].form
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
    lacking = asking.missing(draft, await drafts.uploads(draft.id))
    if page and page.then and not set(page.fields) & set(lacking):
        draft = await drafting.keep(replace(draft, asking=page.then))
        return Reply(template="draft", args={"draft": draft.id})
    return await go_on(draft)


async def _tap(event: Click, person: Person, draft: Draft) -> Reply:
    """An option with a button of its own, of the question that the card shows."""
    form = FILLINGS[draft.kind].form
    place = whole_number(event.step)
    options = form.field(draft.asking).options if draft.asking in form.tapped else ()
    if event.version != draft.rev or place is None or place >= len(options):
        return Reply(CHANGED, ok=False, template="draft", args={"draft": draft.id})
    return await go_on(await drafting.merge(draft, person, {draft.asking: options[place]}, event.at))


async def _edit(event: Click, person: Person, draft: Draft) -> Reply:
    """Change something: the form in Feishu, a choice of pages in WeCom."""
    if event.platform is Platform.FEISHU:
        return Reply(template="form", args={"draft": draft.id})
    return Reply(template="options", args={"draft": draft.id})


async def _edit_page(event: Click, person: Person, draft: Draft) -> Reply:
    page = event.act.removeprefix("edit_")
    pages = FILLINGS[draft.kind].form.pages
    if event.platform is Platform.WECOM and len(pages[page].fields) > SELECTORS:
        page = f"{page}1"
        if page not in pages:
            return Reply(template="options", args={"draft": draft.id})
    draft = await drafting.keep(replace(draft, asking=page, updated_at=event.at))
    return Reply(template="draft", args={"draft": draft.id})


async def _resume(event: Click, person: Person, draft: Draft) -> Reply:
    return await go_on(replace(draft, updated_at=event.at))


async def _fresh(event: Click, person: Person, draft: Draft) -> Reply:
    if full := await quota.another_draft(event, person):
        return Reply(full, ok=False)
    return await go_on(await begin.new(person, event, draft.kind))


async def _view(event: Click, person: Person, draft: Draft) -> Reply:
    await notify.answer(event, person, "draft_text", {"draft": draft.id})
    await attachments.of_draft(event, person, draft)
    return Reply("全文已发到对话里。")


async def _secret(event: Click, person: Person, draft: Draft) -> Reply:
    return await stopping.stop(draft, event, person)


async def _confirm(event: Click, person: Person, draft: Draft) -> Reply:
    """确认提交: a request of its own, or what is added to one."""
    added = SUPPLEMENTS.get(draft.kind)
    return await (supplying.confirm(event, person, draft, added) if added else confirm(event, person, draft))


_CLICKS: Mapping[str, OnDraft] = {
    "fill": _fill,
    "answer": _answer,
    "offer": _offer,
    TAP: _tap,
    "nothing": _nothing,
    "edit": _edit,
    **{f"edit_{page}": _edit_page for filling in FILLINGS.values() for page in filling.form.pages},
    "preview": _resume,
    "resume": _resume,
    "fresh": _fresh,
    "discard": discard,
    "view_draft": _view,
    "secret": _secret,
    "confirm": _confirm,
}
ACTS = tuple(_CLICKS)
