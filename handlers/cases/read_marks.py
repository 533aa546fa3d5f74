"""A platform reports what somebody has read: whoever was given a copy of a request has seen it then."""

from handlers.cases import saying
from handlers.events import Reply, Seen
from storage import outbox, people, requests

_SHOWING = ("cc", "show", "full")
"""Templates of what shows somebody the request they were given a copy of."""


async def reported(event: Seen) -> Reply:
    """Only the reader's own letters count; where they read is not where they use the bot."""
    person = await people.by_account(event.platform, event.accounts)
    if person is None:
        return Reply()
    about = await outbox.about_which(person.id, event.platform, event.messages, _SHOWING)
    for request in about:
        if found := await requests.by_id(request):
            await saying.read(found, person.id, event.said_at)
    return Reply()
