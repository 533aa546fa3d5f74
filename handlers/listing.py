"""/待办 and /我的: what waits for a person, and what became of what they sent."""

from datetime import datetime

from cards import notices
from cards.card import Card
from handlers import views
from storage import drafts, requests


async def inbox(person: str, page: int, at: datetime) -> Card:
    """What this person may decide, oldest due first, a page at a time."""
    found = await requests.waiting_for(person, at, notices.PAGE, (page - 1) * notices.PAGE)
    shown = [await views.load(request, person, at) for request in found]
    return notices.inbox(shown, await requests.count_waiting(person, at), page)


async def mine(person: str, page: int, at: datetime) -> Card:
    """What this person asked for, newest first, a page at a time."""
    found = await requests.sent_by(person, notices.PAGE, (page - 1) * notices.PAGE)
    shown = [await views.load(request, person, at) for request in found]
    waiting = await drafts.open_of(person)
    return notices.mine(shown, await requests.count_sent_by(person), page, waiting)
