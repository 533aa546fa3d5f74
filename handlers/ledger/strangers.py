"""How often an account that is not on the books has asked about the ledger, remembered for a day."""

import hashlib
from datetime import UTC, datetime

from handlers.events import Message
from handlers.rules import quota
from storage import marks

_MARK = "official:"


async def too_often(event: Message) -> str:
    """Why an account that is not on the books may not ask now; else that it did is remembered for a day, by
    a hash of the account."""
    account = hashlib.sha256(f"{event.platform}:{event.accounts[0]}".encode()).hexdigest()[:32]
    known = await marks.get(_MARK + account)
    asked = [datetime.fromtimestamp(one, UTC) for one in known.value] if known else []
    if refused := quota.too_often(asked, event.at):
        return refused
    counted = [*quota.remembered(asked, event.at), event.at]
    await marks.put(_MARK + account, [one.timestamp() for one in counted], event.at)
    return ""


async def forget(at: datetime) -> None:
    """Who asked is forgotten with the day."""
    for mark in await marks.named(_MARK):
        if not quota.remembered([mark.at], at):
            await marks.drop(mark)
