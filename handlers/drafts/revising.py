"""/修改: the next version of a request is begun, filled in as the last."""

from handlers.cases import stopping
from handlers.commands import Line, fields_of
from handlers.drafts import drafting, secrecy
from handlers.drafts.flow import go_on
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES, SUPPLEMENTS
from handlers.letters import notify
from handlers.rules.lifecycle import can_follow
from storage import drafts, people
from storage.records import Act, Draft, Person, Request, Talk


async def revision(event: Message | Click, person: Person, request: Request, text: str = "") -> Reply:
    """/修改: the returned request's form again, filled in, with the fields that were sent along in it; the
    first line of `text` is the command's own."""
    if Act.REVISE not in can_follow(request):
        return Reply(f"{request.number} 没有被退回，不需要修改。", ok=False)
    form = PROCESSES[request.kind].form
    own, _, further = text.partition("\n")
    found, rest = fields_of(Line("", own, further), secrecy.titles(form))
    raw = drafting.named(form, found)
    draft = await drafting.already(event, person, request, request.kind)
    if draft is None:
        await _tell_of_others(event, person, request)
        draft = await filled_in(event, person, request, revises=request.id)
    if secrecy.says_secret(found, raw):
        return await stopping.stop(draft, event, person)
    if raw:
        draft = await drafting.merge(draft, person, raw, event.at)
    if rest:
        example = form.field(form.named_by).example
        told = f"编号后面有话没写明是改哪一项，没有改进去。要改请发“字段：值”，例如：{example}"
        await notify.answer(event, person, "refused", {"text": told, "title": "请写明字段"})
    return await go_on(draft)


async def _tell_of_others(event: Message | Click, person: Person, request: Request) -> None:
    """Somebody else revises it too: only what is submitted first counts."""
    begun = [draft for draft in await drafts.revising(request.id) if draft.kind == request.kind]
    others = await people.several([draft.person for draft in begun])
    if names := "、".join(other.name for other in others.values()):
        text = f"{names} 也在修改 {request.number}，先提交的一份算数。"
        await notify.answer(event, person, "say", {"text": text, "title": "已有人在修改"})


async def filled_in(
    event: Message | Click, person: Person, request: Request, *, revises: int | None = None, again: str = ""
) -> Draft:
    """What was submitted, to be changed, without what steps have supplied since; what it had nothing of is
    not asked for anew."""
    apart = {"files", *(one.key for one in SUPPLEMENTS.values() if one.of == request.kind)}
    form = {key: value for key, value in request.form.items() if key not in apart}
    empty = [f.name for f in PROCESSES[request.kind].form.fields if f.none and not form.get(f.name)]
    told = {"": f"照 {again} 另拟的一份，提交后用新编号。"} if again else {}
    talk = Talk(asked=tuple(empty), again=again, remarks=told)
    draft = await drafts.add(
        person.id, request.kind, event.platform, form, event.at, revises=revises, talk=talk
    )
    await drafts.copy_files(draft.id, request.form.get("files") or [])
    return draft
