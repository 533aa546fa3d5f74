"""A platform reports what somebody has read: whoever was given a copy of a request has seen it then."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.events import Reply, Seen
from storage import outbox, people, reads, requests
from storage.held import held
from storage.letters import Letter
from storage.records import Platform, Request

CC = "cc"
"""Of what came of a request: who was given a copy, with when they read it, empty until then."""

_SHOWING = ("cc", "show", "full")
"""Templates of what shows somebody the request they were given a copy of."""

TOLD_FOR = timedelta(days=7)
"""How long after it was sent Feishu says who has read a message (page im-v1/message/read_users)."""

_MARGIN = timedelta(minutes=10)


async def reported(event: Seen) -> Reply:
    """Only the reader's own letters count; where they read is not where they use the bot."""
    person = await people.by_account(event.platform, event.accounts)
    if person is None:
        return Reply()
    await reads.mark(person.id, event.platform, event.messages, event.said_at)
    about = await outbox.about_which(person.id, event.platform, event.messages, _SHOWING)
    for request in about:
        if found := await requests.by_id(request):
            await read(found, person.id, event.said_at)
    return Reply()


async def missing(platform: Platform, at: datetime, after: str, limit: int) -> list[Letter]:
    """Letters that the platform may be asked about, behind `after` in their order."""
    return await reads.unread(platform, at - TOLD_FOR + _MARGIN, after, limit)


async def read(request: Request, person: str, at: datetime) -> None:
    """Whoever opened a request here has read what was sent to them of it; of a copy that is kept, once."""
    await reads.opened(person, request.id, at)
    if (request.outcome.get(CC) or {}).get(person) != "":
        return
    now = (await held(request=request.number)).request
    if now is not None:
        copied = {**now.outcome[CC], person: at.isoformat()}
        await requests.conclude(replace(now, outcome={**now.outcome, CC: copied}))
