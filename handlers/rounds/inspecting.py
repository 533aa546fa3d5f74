"""/督查: the account of a year, the records behind its figures, or what is open of one unit."""

import re

from cards.view import Sight
from handlers.commands import Line, number_in
from handlers.digits import whole_number
from handlers.events import Click, Message, Reply
from handlers.letters import documents, notify
from handlers.people import whose
from handlers.processes import inspection
from handlers.rounds import beginning, yearly
from storage import requests, rounds
from storage.records import Person, Platform, Request

RESULT, FILES, DECLINED = "汇总", "文件", "不开展"
_YEAR = re.compile(r"(20[0-9]{2})\s*年?(?:度)?(?:\s+(\S+)(?:\s+(.+))?)?", re.DOTALL)


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/督查 2026 [汇总 | 不开展 理由]`, `/督查 DC-2026-0001 [项 [页] | 文件]`, `/督查 单位`."""
    words = line.words.strip()
    if not words:
        usage = "请写年份或单位，例如：/督查 2026，/督查 机电学院党委"
        return Reply(usage, ok=False, title="还差内容")
    if year := _YEAR.fullmatch(words):
        return await _year(event, person, int(year[1]), year[2] or "", year[3] or "")
    number, rest = number_in(line.text)
    if number and number.startswith(f"{inspection.PROCESS.kind}-"):
        request = await requests.get(number)
        if request is None:
            return Reply(f"没有 {number} 这件督查材料。", ok=False)
        if rest.strip() == FILES:
            return await _files(event, person, request)
        item, page = [*(whole_number(word) or 0 for word in rest.split()[:2]), 0, 0][:2]
        return Reply(template="figures", args={"request": request.id, "item": item, "page": max(1, page)})
    return Reply(template="inspect", args={"unit": words})


async def _year(event: Message, person: Person, year: int, word: str, why: str) -> Reply:
    """The whole account for whoever may open it, which also opens it; one's own unit's pack for others."""
    begun = await rounds.of_year(year)
    if not await inspection.may_open(person, event.at):
        return await _own(person, year)
    if begun is None and word == DECLINED:
        return await yearly.declined(event, person, year, why.strip())
    if begun is None:
        return await beginning.shown(event, person, yearly.ROUND, str(year))
    if word == RESULT:
        await documents.send(event, person, "account", f"{begun.name}汇总.xlsx", {"round": begun.id})
        return Reply(f"{begun.name}汇总表正在发给您，含截至此刻的各单位情况。")
    return Reply(template="account", args={"round": begun.id})


async def _own(person: Person, year: int) -> Reply:
    begun, unit = await rounds.of_year(year), await whose.managing_unit(person.unit)
    found = await rounds.returns(begun.id) if begun else []
    mine = next((one for one in found if one.unit == unit and one.request), None)
    if mine is None:
        return Reply(
            f"{yearly.named(year)}没有本单位的材料，或还没有开启（由全媒体中心或学校党委开启）。", ok=False
        )
    return Reply(template="show", args={"request": mine.request, "number": mine.number})


async def _files(event: Message, person: Person, request: Request) -> Reply:
    """The workbook and the paper of one unit, for whoever reads its account."""
    if await inspection.sight(request, person) < Sight.FILES:
        return Reply(f"{request.number} 由该单位第一责任人、全媒体中心和学校党委查看。", ok=False)
    for document, name in inspection.files(request):
        await documents.send(event, person, document, name, {"request": request.id})
    return Reply(f"{request.number} 的表格和文件正在发给您。")


async def look(event: Click, person: Person) -> Reply:
    """看记录: the figures come as a message of their own, the card stays."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件督查材料。", ok=False)
    await notify.answer(event, person, "figures", {"request": request.id, "item": 0, "page": 1})
    return Reply("各项数据已发到对话里。")


async def turn(event: Click, person: Person) -> Reply:
    """The records behind the next figure, or more of this one."""
    request = await requests.get(event.ref)
    if request is None:
        return Reply("没有这件督查材料。", ok=False)
    item, _, page = event.step.partition(".")
    args = {"item": whole_number(item) or 0, "page": max(1, whole_number(page) or 1)}
    args = {"request": request.id, **args}
    if event.platform is Platform.FEISHU:
        return Reply(template="figures", args=args)
    await notify.answer(event, person, "figures", args)  # a repainted WeCom card has no room for a list
    return Reply("已发到对话里。")
