"""/查询: a request with its chain and decisions, and its whole text, for those who may see it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards import acts, notices, path, phrases, replies, status
from cards.card import Card
from cards.picture import svg
from cards.view import Sight, View
from handlers.letters import delivery, reach, views
from handlers.letters.may_read import loaded, may_have_text, may_see
from storage import people, requests, trail
from storage.records import Act, TrailEntry

_STANDING = (Act.APPROVE, Act.REJECT, Act.SUPPLY, Act.VOID, Act.PAUSE, Act.RESUME)
"""Acts that change where a request stands."""

PAGE = 1500
"""Characters of a body on one page: three WeCom texts of 2,048 bytes."""


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """State, chain and decisions as this reader may see them."""
    found = await loaded(args, reader, at)
    if found is None:
        return None
    person, view = found
    if refusal := await may_see(person, view):
        return notices.refused(str(refusal))
    view, entries = await recorded(await reached(view))
    return status.show(view, entries, body=await may_have_text(person, view))


async def reached(view: View) -> View:
    """With where the cards are that ask whoever it waits for, and whom no platform reaches."""
    unreached = await reach.unreached(view.request, view.holders)
    return replace(view, unreached=unreached, delivered=await delivery.of_step(view.request))


async def recorded(view: View) -> tuple[View, list[TrailEntry]]:
    """The record of a request, and the view with everybody whom it names."""
    entries = await trail.of(view.request.number)
    named = {one for entry in entries for one in acts.named_in(entry)} - set(view.people)
    known = {**view.people, **await people.several(sorted(named))}
    return replace(view, people=known), [entry for entry in entries if _may_hear(view, entry)]


def _may_hear(view: View, entry: TrailEntry) -> bool:
    """Whether an entry tells this reader nothing that is kept from them: neither the words of somebody whose
    name is, nor what others said where they may only see where it stands."""
    if view.sight is Sight.STANDING:
        return entry.actor == view.reader or entry.act in _STANDING
    secret = entry.actor in view.concealed and entry.act != Act.SUBMIT
    return not secret and not (view.concealed and entry.act in (Act.ASK, Act.REPLY))


async def picture(number: str, width: int, at: datetime) -> str | None:
    """The way of a request as an SVG picture, for whoever may see everything: the sandbox's page."""
    request = await requests.get(number)
    if request is None:
        return None
    view, entries = await recorded(await views.load(request, request.applicant, at))
    step, due = request.current, phrases.due(view)
    now = [*path.waits(view, step), *([f"请于 {due}"] if due else [])] if step else ()
    title = phrases.heading(phrases.state(view), request)
    return svg(title, path.stops(view, entries, now), width)


async def full_text(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """One page of the text that is asked to be passed."""
    found = await loaded(args, reader, at)
    if found is None:
        return None
    person, view = found
    if not await may_have_text(person, view):
        return notices.refused("正文只给申请人和办理这件申请的人看。")
    if not view.request.form:
        return notices.refused(replies.erased(view.request))
    number = view.request.number
    shown = page_of(view.face.whole(view), int(args.get("page", 1)), f"/查询 {number} 全文")
    told = notices.say(shown, f"{number} 全文（{phrases.edition(view.request)}）")
    return replace(told, shows=phrases.shows(view))


def page_of(text: str, page: int, command: str) -> str:
    """One page of a text; `command` with the next page's number brings what follows."""
    pages = max(1, -(-len(text) // PAGE))
    page = min(max(1, page), pages)
    more = f"\n（第 {page}/{pages} 页，下一页：{command} {page + 1}）" if page < pages else ""
    return text[(page - 1) * PAGE : page * PAGE] + more
