"""/待办, /我的, /查询 and the buttons 查看 and 办: look, without changing anything."""

import re

from cards.open_matters import OWN, SCHOOL
from handlers.cases import guard, read_marks
from handlers.commands import Line, number_in
from handlers.digits import whole_number
from handlers.events import Click, Message, Reply
from handlers.letters import attachments, notify
from handlers.people import whose
from handlers.rules.permits import is_center
from storage import drafts, requests
from storage.records import Person

WHOLE = "全文"
_PAGE = re.compile(r"第?[0-9]{1,4}页?")


def _page(words: str) -> int:
    found = "".join(char for char in words[-4:] if whole_number(char) is not None)
    return max(1, whole_number(found) or 1)


async def inbox(event: Message, person: Person, line: Line) -> Reply:
    """`/待办 [页]`; `/待办 本单位`, `/待办 全校` and, for the centre, `/待办 单位` what is open there."""
    words = " ".join(word for word in line.split() if not _PAGE.fullmatch(word))
    if words in (OWN, SCHOOL) or (words and is_center(person)):
        return Reply(template="open", args={"words": words, "page": _page(line.words)})
    return Reply(template="inbox", args={"page": _page(line.words)})


async def mine(event: Message, person: Person, line: Line) -> Reply:
    return Reply(template="mine", args={"page": _page(line.words)})


async def show(event: Message, person: Person, line: Line) -> Reply:
    """`/查询 编号 [全文 [页]]`."""
    number, rest = number_in(line.text)
    if not number and rest.startswith(WHOLE):
        return await _draft_text(person, _page(rest.removeprefix(WHOLE)))
    if not number:
        return Reply(
            "请写明编号，例如：/查询 FB-2026-0001。发 /待办 或 /我的 看编号。", ok=False, title="还差编号"
        )
    request = await requests.get(number)
    if request is None:
        return _no_such(number)
    await read_marks.read(request, person.id, event.at)
    args = {"request": request.id, "number": number}
    if rest.startswith(WHOLE):
        page = _page(rest.removeprefix(WHOLE))
        if page == 1:
            await attachments.of_request(event, person, request)
        return Reply(template="full", args={**args, "page": page})
    return Reply(template="show", args=args)


def _no_such(number: str) -> Reply:
    return Reply(f"没有 {number} 这件申请，请核对编号。", ok=False)


async def _draft_text(person: Person, page: int) -> Reply:
    """`/查询 全文 页`: what the draft holds that was touched last, for nothing has a number yet."""
    waiting = await drafts.open_of(person.id)
    if not waiting:
        return Reply("您没有正在填写的草稿。看申请的全文请发：/查询 编号 全文", ok=False, title="还差编号")
    return Reply(template="draft_text", args={"draft": waiting[0].id, "page": page})


async def view(event: Click, person: Person) -> Reply:
    """查看: state, text and files come as new messages, the card stays what it is."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    await read_marks.read(request, person.id, event.at)
    args = {"request": request.id, "number": request.number}
    await notify.answer(event, person, "show", args)
    await notify.answer(event, person, "full", args)
    await attachments.of_request(event, person, request)
    return Reply("详情已发到对话里。")


async def open_card(event: Click, person: Person) -> Reply:
    """办: the card to decide with, fresh."""
    request = await requests.get(event.ref)
    if request is None or request.current is None:
        return Reply("这件已不需要办理。", ok=False)
    if person.id not in await whose.turns(request, event.at):
        return await guard.moved_on(event, person, request, None)
    await notify.answer(event, person, "approval", notify.asking(request))
    return Reply("已打开，请看新卡片。")


async def more(event: Click, person: Person) -> Reply:
    """更多: what else may be done at the step, as a message of its own."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    await notify.answer(event, person, "more", {"request": request.id, "number": request.number})
    return Reply("已列出可用的操作，请看新消息。")


async def why(event: Message, person: Person, line: Line) -> Reply:
    """`/为什么 编号`: which rule put each step there, who could hold it, and what happens next."""
    number, _ = number_in(line.text)
    if not number:
        return Reply("请写明编号，例如：/为什么 FB-2026-0001。发 /我的 看编号。", ok=False, title="还差编号")
    request = await requests.get(number)
    if request is None:
        return _no_such(number)
    return Reply(template="why", args={"request": request.id, "number": request.number})
