"""How much one person may have open, and send in a day: said before it bites."""

from datetime import datetime, time

from cards.phrases import size
from handlers.events import Click, Message
from handlers.letters import notify
from handlers.rules.permits import SHANGHAI
from storage import drafts
from storage.records import Person

MOST_OPEN, NEARLY_OPEN = 20, 17
"""Drafts of one person that are open, those of returned requests aside; from how many on they are told."""

MOST_A_DAY, NEARLY_A_DAY = 200 * 1024 * 1024, 160 * 1024 * 1024
"""Bytes of files that one person may send in a day: ten of the largest."""


async def another_draft(event: Message | Click, person: Person) -> str:
    """Why this person may not begin another draft; empty where they may, who are told when few are left."""
    begun = await drafts.count_open(person.id)
    if begun >= MOST_OPEN:
        return (
            f"您有 {begun} 份没提交的草稿，最多 {MOST_OPEN} 份，这一份没有开始，您发的内容请留着。"
            "请先提交或放弃几份（发 /我的 看草稿，/放弃 放弃最近的一份），再发一次。"
        )
    if begun + 1 >= NEARLY_OPEN:
        left = MOST_OPEN - begun - 1
        more = f"还能再开 {left} 份" if left else "请先提交或放弃几份，再开新的"
        text = f"您有 {begun + 1} 份没提交的草稿，最多 {MOST_OPEN} 份，{more}。"
        await notify.answer(event, person, "say", {"text": text})
    return ""


async def more_files(event: Message, person: Person) -> str:
    """Why this person's files are not taken today; empty where they are, who are told when little is left."""
    begins = datetime.combine(event.at.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    sent = await drafts.received_since(person.id, begins)
    if sent >= MOST_A_DAY:
        return (
            f"您今天发来的文件已有 {size(sent)}，每天最多 {size(MOST_A_DAY)}，这次的没有收下。"
            "请明天再发；大的视频可以只写链接。"
        )
    if sent >= NEARLY_A_DAY:
        text = f"您今天发来的文件已有 {size(sent)}，每天最多 {size(MOST_A_DAY)}，超过后请明天再发。"
        once = f"files:{begins:%Y%m%d}"
        await notify.tell([person], "say", {"text": text}, event.at, once=once)
    return ""
