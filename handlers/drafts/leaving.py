"""A draft is left: nothing of it was submitted."""

from dataclasses import replace

from handlers.commands import Line
from handlers.drafts import drafting
from handlers.duties import follow
from handlers.events import Click, Message, Reply
from storage import drafts
from storage.records import Draft, Person


async def leave(draft: Draft) -> None:
    await drafts.give_up(draft.id)
    await follow.draft(replace(draft, state="discarded"))


async def give_up(event: Message, person: Person, line: Line) -> Reply:
    """`/放弃`: the draft touched last is left, and nothing of it was submitted."""
    waiting = await drafting.open_drafts(person.id)
    if not waiting:
        return Reply("您没有正在填写的草稿。要撤回已提交的申请，请发：/撤回 编号", ok=False)
    await leave(waiting[0])
    more = f"另有 {len(waiting) - 1} 份草稿，见 /我的。" if waiting[1:] else ""
    return Reply(f"草稿已放弃，没有提交任何内容。{more}")


async def discard(event: Click, person: Person, draft: Draft) -> Reply:
    await leave(draft)
    return Reply("已放弃，没有提交任何内容。", template="preview", args={"draft": draft.id})
