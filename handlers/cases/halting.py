"""A medium's state or unit has changed: whoever has an open post on it, and both units, are told once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from cards import halting as cards
from handlers.cases import record
from handlers.ledger import moving
from handlers.ledger.standing import bars
from handlers.letters import notify
from handlers.rules.articles import ART_6_3
from storage import db, holds, media, people, requests, trail
from storage.held import held
from storage.holds import Row
from storage.records import Request

HALTED, SILENCED, RESUMED = "halted", "silenced", "resumed"
"""Acts of nobody, in the trail of the request."""


async def media_changed(numbers: Sequence[str], at: datetime, because: str) -> None:
    """Look at every open post on these media: what stands in its way now, and did not before, is told,
    and whose they are now.

    `because` stands in the trail: an import, the number of a recorded change or filing.
    """
    await moving.tell(numbers, at)
    await look_at(await _posts(numbers), at, because)


async def look_at(posts: Sequence[str], at: datetime, because: str) -> None:
    """These open posts, by number: what is true of each and was not when it was last told is told now."""
    said: dict[tuple[str, str], list[str]] = {}
    for number in posts:
        request = (await held(request=number)).request
        assert request is not None
        for person, title, text in await _look(request, at, because):
            said.setdefault((person, title), []).append(text)
    known = await people.several([person for person, _ in said])
    for (person, title), texts in said.items():
        if receiver := known.get(person):
            args = {"title": title, "text": "\n".join(texts)}
            await notify.tell([receiver], "say", args, at, urgent=True)


async def _posts(numbers: Sequence[str]) -> list[str]:
    """The open posts on these media. Whoever holds a medium took its posts before: one that was submitted
    since then is held first when all of it is done again."""
    posts = await requests.open_posts(numbers)
    if any(holds.holding(Row.MEDIUM, no) for no in numbers):
        for number in posts:
            known = await requests.get(number)
            if known and not holds.holding(Row.REQUEST, known.id):
                raise db.Conflict(f"{number} was submitted meanwhile")
    return posts


async def _look(request: Request, at: datetime, because: str) -> list[tuple[str, str, str]]:
    """What is to be told of one post: to whom, under which title, in which words."""
    bar = await bars(request, at)
    fact, before = str(bar.fact if bar else "").rstrip("。"), await _standing(request)
    if fact == before:
        return []
    reviewed = bar is not None and bar.reviewed
    act = (SILENCED if reviewed else HALTED) if fact else RESUMED
    after = await _noted(request, act, fact or before, at, because)
    await notify.repaint(after, at)
    holders = [person for person in await requests.holders(request.id) if person != request.applicant]
    if not fact:
        names = "、".join(medium.name for medium in await media.several(request.form["media"]))
        return _all([request.applicant, *holders], cards.RESUMED, cards.resumed(names, request, at))
    why = cards.obstacle(fact, request, reviewed=reviewed)
    return [
        (request.applicant, cards.HALTED, cards.to_applicant(why, request, reviewed=reviewed)),
        *_all(holders, cards.HALTED, cards.to_holder(why, request, reviewed=reviewed)),
    ]


async def _standing(request: Request) -> str:
    """What was said to stand in the way last; empty where nothing was or it has been lifted."""
    last = await trail.last(request.number, HALTED, SILENCED, RESUMED)
    return "" if last is None or last.act == RESUMED else last.note.rsplit("；", 1)[0]


async def _noted(request: Request, act: str, fact: str, at: datetime, because: str) -> Request:
    note = f"{fact}；{because}"
    after = await record.kept_in_place(request, act, record.By("", at), ART_6_3, note)
    await requests.save(after)
    return after


def _all(persons: Iterable[str], title: str, text: str) -> list[tuple[str, str, str]]:
    return [(person, title, text) for person in persons]
