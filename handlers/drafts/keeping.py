"""Once a day: what is past its keeping time goes, of which its owner was told before; no record does."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from cards.times import when
from handlers.duties import follow
from handlers.events import Reply, Tick
from handlers.kinds.process import FILLINGS
from handlers.ledger import strangers
from handlers.letters import notify
from storage import drafts, inbox, keeping, people
from storage.held import held
from storage.keeping import Left

OPEN = timedelta(days=90)
"""How long a draft may lie untouched before it is given up by itself."""

TOLD_BEFORE = timedelta(days=7)
GIVEN_UP = timedelta(days=30)
"""How long the words and files of a draft that was given up are kept."""

LETTERS = timedelta(days=180)
"""How long letters are kept that left, those about an open request aside."""


class Dropped(NamedTuple):
    """How many of each kind went."""

    claims: int = 0
    drafts: int = 0
    files: int = 0
    letters: int = 0


async def forget(event: Tick) -> Reply:
    """Claims, letters, drafts and their files; requests, their versions, files and trail stay for ever."""
    for left in await keeping.left_open(event.at - OPEN + TOLD_BEFORE):
        await _left(left, event.at)
    await drop(event.at)
    await strangers.forget(event.at)
    return Reply()


async def drop(now: datetime) -> Dropped:
    """Let go of what is past its keeping time, so many of a kind at once."""
    return Dropped(
        claims=await inbox.forget(now),
        drafts=await keeping.empty_drafts(now - GIVEN_UP),
        files=await keeping.drop_files(now - GIVEN_UP),
        letters=await keeping.drop_letters(now - LETTERS),
    )


async def _left(left: Left, now: datetime) -> None:
    """Its owner hears a week before; where nobody can, it goes all the same."""
    once = f"left:{left.id}:{left.touched:%Y%m%d}"
    owner = await people.get(left.person)
    told = await keeping.told_at(once)
    if owner and owner.accounts() and told is None:
        ends = max(left.touched + OPEN, now + TOLD_BEFORE)
        await notify.tell(
            [owner], "say", {"title": "草稿将到期", "text": _words(left, ends, now)}, now, once=once
        )
    elif max(left.touched + OPEN, (told or left.touched) + TOLD_BEFORE) <= now:
        draft = (await held(draft=left.id)).draft
        if draft and draft.state == "open" and draft.updated_at == left.touched:
            await drafts.give_up(draft.id)
            await keeping.touch(draft.id, now)
            await follow.draft(replace(draft, state="discarded"))


def _words(left: Left, ends: datetime, now: datetime) -> str:
    title = FILLINGS[left.kind].form.title
    return (
        f"您有一份没提交的{title}草稿，{when(left.touched, now)} 之后没有动过，"
        f"将于 {when(ends, now)} 自动放弃，"
        f"再过 {GIVEN_UP.days} 天删除其内容和附件。要保留请发 /我的 打开它继续填写；已提交的申请不受影响。"
    )
