"""/再发: a new draft from one's own request that has ended, filled in; its record names the old number."""

from dataclasses import replace

from cards import phrases, replies
from handlers.commands import Line, numbers_in
from handlers.drafts import drafting, quota, revising
from handlers.drafts.flow import go_on
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.rules.deadlines import planned
from storage import requests
from storage.records import SENT_AGAIN, Act, Draft, Person, Request, State

USAGE = "/再发 编号"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/再发 编号`."""
    numbers, _ = numbers_in(line.text)
    if not numbers:
        return Reply(
            f"请这样写：{USAGE}，例如：/再发 FB-2026-0001。发 /我的 看编号。", ok=False, title="还差编号"
        )
    if numbers[1:]:
        return Reply(replies.which_one("再发", numbers), ok=False, title=replies.WHICH)
    return await _again(event, person, numbers[0])


async def click(event: Click, person: Person) -> Reply:
    """再发一份: the draft comes as a message of its own, the card stays what it is."""
    reply = await _again(event, person, event.ref)
    if not reply.ok:
        return reply
    await notify.answer(event, person, reply.template, reply.args)
    return Reply("新的草稿已打开，请看新消息。")


async def _again(event: Message | Click, person: Person, number: str) -> Reply:
    request = await requests.get(number)
    if request is None:
        return Reply(f"没有 {number} 这件申请。发 /我的 看您提交的申请。", ok=False)
    if refusal := _refused(request, person) or await _may_not(request, person, event):
        return Reply(refusal, ok=False)
    if begun := await _begun(event, person, number):
        return await go_on(begun)
    if full := await quota.another_draft(event, person):
        return Reply(full, ok=False)
    draft = await revising.filled_in(event, person, request, again=number)
    return await go_on(_unplanned(draft))


def _refused(request: Request, person: Person) -> str:
    """Why this cannot be sent again; empty where it can."""
    number, state = request.number, request.state
    if request.applicant != person.id:
        return f"{number} 不是您提交的，只有申请人能再发。"
    if Act.AGAIN not in PROCESSES[request.kind].face.applicants:
        return f"{PROCESSES[request.kind].form.title}不能再发。"
    if state is State.STOPPED:
        return f"{number} 因可能涉密已停止，内容已删除，不能再发（第八条）。"
    if state not in SENT_AGAIN:
        now = phrases.standing(state, PROCESSES[request.kind].face)
        return f"{number} 现在是“{now}”，不用再发。看进度请发：/查询 {number}"
    return ""


async def _may_not(request: Request, person: Person, event: Message | Click) -> str:
    return str(await PROCESSES[request.kind].refuses(person, event.at) or "")


async def _begun(event: Message | Click, person: Person, number: str) -> Draft | None:
    """The draft that was begun from it already."""
    for old in await drafting.open_drafts(person.id):
        if old.talk.again == number:
            return replace(old, platform=event.platform, updated_at=event.at)
    return None


def _unplanned(draft: Draft) -> Draft:
    """A time that is over when it is sent again is none to plan for."""
    out = planned(draft.form)
    if out is None or out > draft.updated_at:
        return draft
    return replace(draft, form={name: value for name, value in draft.form.items() if name != "planned_at"})
