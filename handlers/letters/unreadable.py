"""Rows of the outbox that cannot be read: they are dead, nothing waits for them, and somebody is told."""

from collections.abc import Sequence
from datetime import datetime

from handlers.letters import notify

NAMED = 5
"""Ids that the notice names; all stand in the list of dead letters."""


async def tell(letters: Sequence[str], now: datetime) -> None:
    """The administrators are told once of these letters, by id."""
    admins = await notify.administrators(now)
    named = "、".join(letters[:NAMED]) + ("等" if len(letters) > NAMED else "")
    text = (
        f"有 {len(letters)} 条待发消息的记录已损坏，读不出来，没有发出；其他消息照常发送。"
        f"编号：{named}。请在服务器上运行 quanmei letters dead 查看收件人，并另行告知。"
    )
    args = {"title": "有消息读不出来", "text": text}
    await notify.tell(admins, "say", args, now, once=f"unreadable:{letters[0]}")
