"""/台账: what is on the books, one medium, its history, what it was on a day, what needs attention."""

import re
from typing import Any

from cards.form_media import CHANGE
from handlers.commands import Line
from handlers.digits import whole_number
from handlers.drafts import begin
from handlers.events import Click, Message, Reply
from handlers.letters import notify
from handlers.rules.import_cells import read_day, said_number
from handlers.rules.text import plain
from storage.records import Person

ATTENTION, HISTORY = "关注", "历史"
LONGEST = 60
_PAGE = re.compile(r"第?([0-9]{1,3})页?")


def asked(words: str) -> dict[str, Any]:
    """The words behind the command as `words`, `page`, `on` (a day, ISO) and `history` (its page).

    机电 第2页; QM-0001 历史; QM-0001 2026-03-01. A number alone is a page of the whole list.
    """
    parts = words.replace("|", " ").split()
    page = 1
    if parts and (found := _PAGE.fullmatch(plain(parts[-1]))) and (len(parts) == 1 or "页" in parts[-1]):
        page = max(1, int(found[1]))
        parts.pop()
    args: dict[str, Any] = {"page": page}
    if len(parts) > 1 and parts[-1] == HISTORY:
        args |= {"history": page}
        parts.pop()
    elif len(parts) > 1 and (day := read_day(plain(parts[-1]))):
        args |= {"on": day.isoformat()}
        parts.pop()
    return args | {"words": said_number(" ".join(parts)[:LONGEST])}


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/台账 [词] [第2页]`, `/台账 QM-0001 [历史 | 2026-03-01]`, `/台账 关注`."""
    args = asked(line.text)
    if args["words"] == ATTENTION:
        if args["page"] == 1:
            await notify.answer(event, person, "readiness", {})
        return Reply(template="attention", args={"page": args["page"]})
    return Reply(template="ledger", args=args)


def _turned(event: Click) -> int:
    """The page a button leads to."""
    return max(1, whole_number(event.step) or 1)


async def turn(event: Click, person: Person) -> Reply:
    """下一页 of a list: the same card, turned."""
    return Reply(template="ledger", args={"words": event.ref, "page": _turned(event)})


async def turn_attention(event: Click, person: Person) -> Reply:
    return Reply(template="attention", args={"page": _turned(event)})


async def open_medium(event: Click, person: Person) -> Reply:
    """看: the medium's page comes as a new message, the list stays."""
    await notify.answer(event, person, "medium", {"medium": event.ref})
    return Reply("已发到对话里。")


async def open_history(event: Click, person: Person) -> Reply:
    await notify.answer(event, person, "medium", {"medium": event.ref, "history": _turned(event)})
    return Reply("历史已发到对话里。")


async def start_change(event: Click, person: Person) -> Reply:
    """变更: the dialogue of /变更 for this medium."""
    message = Message(
        key=event.key, platform=event.platform, accounts=event.accounts, at=event.at, said_at=event.said_at,
        message=event.message,
    )  # fmt: skip
    reply = await begin.command(message, person, Line("变更", event.ref), CHANGE.kind)
    if not reply.template:
        return reply
    await notify.answer(event, person, reply.template, reply.args)
    return Reply("变更申请已发到对话里。")
