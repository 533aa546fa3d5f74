"""/公文: a request as an official paper, for whoever may read its text; each asking is on the trail."""

from cards import papers as cards
from cards import replies
from handlers.cases import record
from handlers.commands import Line, number_in
from handlers.composing import papers
from handlers.events import Click, Message, Reply
from handlers.letters import documents, may_read, notify
from handlers.letters.views import load
from handlers.rules.articles import ART_5_3
from storage import requests
from storage.records import Person, Request

USAGE = "请写明编号，例如：/公文 FB-2026-0001。发 /待办 或 /我的 看编号。"
REFUSED = "公文只给申请人和办理这件申请的人。"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/公文 编号 [哪一份]`."""
    number, rest = number_in(line.text)
    if not number:
        return Reply(USAGE, ok=False, title="还差编号")
    request = await requests.get(number)
    if request is None:
        return Reply(f"没有 {number} 这件申请，请核对编号。", ok=False)
    found = await _of(request, person, event)
    if isinstance(found, Reply):
        return found
    wanted = rest.strip()
    meant = [one for one in found if not wanted or wanted in one[1]]
    if len(meant) == 1:
        return await _send(event, person, request, *meant[0])
    args = {"request": request.id, "number": number, "title": request.title}
    return Reply(template=cards.ASK, args={**args, "papers": [list(one) for one in found]})


async def asked(event: Click, person: Person) -> Reply:
    """One of several, by its button."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    found = await _of(request, person, event)
    if isinstance(found, Reply):
        return found
    meant = next((one for one in found if one[0] == event.step), None)
    if meant is None:
        return Reply("这份公文现在没有了，请重新发 /公文 编号。", ok=False)
    reply = await _send(event, person, request, *meant)
    await notify.answer(event, person, reply.template, reply.args)
    return Reply("随后发来。")


async def _of(request: Request, person: Person, event: Message | Click) -> list[tuple[str, str]] | Reply:
    """The papers there are for this reader, or why none is."""
    view = await load(request, person.id, event.at)
    if refusal := await may_read.may_see(person, view):
        return Reply(str(refusal), ok=False)
    if not await may_read.may_have_text(person, view):
        return Reply(REFUSED, ok=False)
    return papers.of(view, person) if request.form else Reply(replies.erased(request), ok=False)


async def _send(event: Message | Click, person: Person, request: Request, code: str, name: str) -> Reply:
    by, number = record.By.event(event, person.id), request.number
    await record.noted(f"paper:{person.id}", "paper", by, ART_5_3, f"{number}；{name}")
    args = {"request": request.id, "number": number, "paper": code}
    await documents.send(event, person, papers.DOCUMENT, f"{number} {name}.docx", args)
    return Reply(template="say", args={"text": cards.coming(number, name), "title": f"公文 {number}"})
