"""/溯源: by number, link or text, who wrote, saw, decided and published it; the look-up is on the trail."""

import re
from hashlib import sha256

from handlers.cases import record
from handlers.commands import Line, fields_of, number_in
from handlers.events import Message, Reply
from handlers.letters import documents, may_read, views
from handlers.rules.articles import ART_5_3
from handlers.rules.likeness import NEAR, likeness, pieces
from handlers.rules.permits import is_auditor
from storage import requests, tracing
from storage.records import Person, Request

REASON = "理由"
LONGEST = 100
"""Characters of a reason: it stays on the trail for ever."""

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
UNSEARCHED = (
    f"查的是最近 {tracing.WITHIN} 个版本里填写的文字；附件、图片、没提交的草稿和因涉密删除的内容不在其中。"
)


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/溯源 编号、链接或文字`, with a line `理由：…`."""
    if not is_auditor(person):
        return Reply(f"溯源只由实名审计员使用（{ART_5_3}）。", ok=False)
    given, asked = fields_of(line, (REASON,))
    reason = " ".join(given.get(REASON, "").split())
    if not asked:
        return Reply(
            "请写编号、链接或一段原文，例如：/溯源 FB-2026-0001 理由：核查投诉", ok=False, title="还差内容"
        )
    if not reason or len(reason) > LONGEST:
        told = f"每次溯源都记录理由（{ART_5_3}），{LONGEST} 字以内，不写涉密内容。请在后面加一行：\n理由：……"
        return Reply(told, ok=False, title="还差理由")
    found, how = await _found(asked)
    seen = [one for one in found if not await _refused(one[0], person, event)]
    by, numbers = record.By.event(event, person.id), "、".join(one.number for one, _ in seen) or "没有找到"
    await record.noted(f"trace:{person.id}", "trace", by, ART_5_3, f"{how}；{numbers}；{REASON}：{reason}")
    if len(seen) != 1:
        return _list(seen)
    return await _one(event, person, seen[0][0])


async def _refused(request: Request, person: Person, event: Message) -> bool:
    return bool(await may_read.may_see(person, await views.load(request, person.id, event.at)))


async def _found(asked: str) -> tuple[list[tuple[Request, str]], str]:
    """Requests with how near they are, and what the trail says of the look-up: of a text only its hash."""
    number, _ = number_in(asked)
    if number:
        request = await requests.get(number)
        return ([(request, "编号")] if request else []), f"编号 {number}"
    if link := _LINK.search(asked):
        linked = [await requests.by_id(one) for one in await tracing.linked(link[0])]
        return [(one, "链接") for one in linked if one], f"链接 {link[0][:200]}"
    near: dict[int, float] = {}
    for one in await tracing.holding(pieces(asked)):
        share = max((likeness(asked, text) for text in _texts(one.form)), default=0.0)
        near[one.request] = max(near.get(one.request, 0.0), share)
    ordered = sorted((-share, one) for one, share in near.items() if share >= NEAR)
    known = [(await requests.by_id(one), _share(-share)) for share, one in ordered]
    digest = sha256(asked.encode()).hexdigest()[:16]
    return [(one, share) for one, share in known if one], f"文字 {len(asked)} 字 {digest}"


def _share(share: float) -> str:
    return "相同" if share == 1 else f"相近 {share:.0%}"


def _texts(value: object) -> list[str]:
    """Every text in a form's answers."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]


def _list(found: list[tuple[Request, str]]) -> Reply:
    if not found:
        return Reply(template="say", args={"text": f"没有找到。{UNSEARCHED}", "title": "溯源"})
    lines = [f"{one.number} {one.title}（{how}）" for one, how in found[:20]]
    text = "\n".join([f"找到 {len(found)} 件，请按编号再查一件：", *lines, "", UNSEARCHED])
    return Reply(template="say", args={"text": text, "title": "溯源"})


async def _one(event: Message, person: Person, request: Request) -> Reply:
    """The card, and all of it as a workbook."""
    args = {"request": request.id, "number": request.number}
    await documents.send(event, person, "trace", f"{request.number} 溯源.xlsx", args)
    return Reply(template="trace", args=args)
