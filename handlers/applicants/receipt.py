"""回执: it is out, and where; what is still missing is asked for, and the next line with a link is it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cards import receipt_replies
from handlers.cases import casework, progress, record
from handlers.chain.operate import Receipt
from handlers.commands import gives_up
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import behalf
from handlers.rules.link_platforms import platform_of
from handlers.rules.links import Places, links_in, places, rest_unpublished, says_out, with_links
from handlers.typed.fields import web_address
from handlers.typed.moments import Wrong
from storage import drafts, media, requests
from storage.drafts import Prompt
from storage.records import Act, Medium, Person, Request

LASTS = timedelta(hours=1)
"""How long the next line with a link is taken for the receipt that was begun."""

_ADDRESS = re.compile(r"[\w-]\.[a-z]{2}|:/|://|www", re.IGNORECASE | re.ASCII)
"""Something that was meant to be a link."""

ADDED = "link"
"""The act of the trail: the link of one medium of several, the others are still to come."""


@dataclass(frozen=True, slots=True)
class Said:
    """By 备案号 where a post came out, whose link is still missing, and what `found` leaves to be asked."""

    links: Mapping[str, str]
    missing: Sequence[Medium]
    found: Places


async def file(event: Message | Click, person: Person, request: Request, text: str, stands_for: str) -> Reply:
    """It is out: the links are kept; a text that was changed is a new request."""
    on = await media.several(request.form["media"])
    links, rest = links_in(text), rest_unpublished(text)
    if not links and not rest:
        return await _asked(event, person, request, on, text)
    try:
        found = understood(text, on, list(request.outcome.get("links") or {}))
    except Wrong as why:
        return _no_link(request, str(why))
    if barrier := await PROCESSES[request.kind].obstacle(request, event.at):
        return Reply(barrier, ok=False)
    have = dict(request.outcome.get("links") or {})
    have |= {no: " ".join(said) for no, said in found.known.items()}
    missing = [medium for medium in on if medium.no not in have]
    by = record.By.event(event, person.id, stands_for)
    if not found.doubtful and (not missing or (have and rest and not found.unclear)):
        return await _out(event, request, Said(have, (), found), by)
    return await _still_missing(event, person, request, Said(have, missing, found), by)


def understood(text: str, on: Sequence[Medium], have: Sequence[str]) -> Places:
    """Whose each link of a text is, without the marks behind it; raises `Wrong`."""
    return places(with_links(text, web_address), on, have)


async def _asked(
    event: Message | Click, person: Person, request: Request, on: Sequence[Medium], text: str
) -> Reply:
    """What is needed, where nothing of it was said yet; the next line with a link is it."""
    await expect(event, person, request)
    if _ADDRESS.search(text):
        return _no_link(request, "链接要以 http:// 或 https:// 开头，中间没有空格")
    have = request.outcome.get("links") or {}
    told = receipt_replies.need_link(request, [medium.name for medium in on if medium.no not in have])
    if isinstance(event, Click):
        await notify.answer(event, person, "say", {"text": told, "title": "请发链接"})
        return Reply("请把链接发来，说明在对话里。")
    return Reply(told, ok=False, title="还差链接")


def _no_link(request: Request, why: str) -> Reply:
    return Reply(f"{why}。例：/回执 {request.number} https://mp.weixin.qq.com/s/…", ok=False)


async def expect(event: Message | Click, person: Person, request: Request) -> None:
    """Take this person's next line with a link as the receipt."""
    until = event.at + LASTS
    await drafts.expect(Prompt(person.id, Act.RECEIPT, request.number, "", request.version, until))


def takes(prompt: Prompt, event: Message) -> bool:
    """Whether a plain line is the receipt that was begun, or leaves it; any other is something else."""
    text = event.text
    meant = links_in(text) or rest_unpublished(text) or gives_up(text) or says_out(text)
    return event.at <= prompt.expires_at and bool(meant)


async def _still_missing(
    event: Message | Click,
    person: Person,
    request: Request,
    said: Said,
    by: record.By,
) -> Reply:
    """What was said is kept; whose link is which, and which is missing, is said back."""
    known = request.outcome.get("links") or {}
    new = [f"{no} {link}" for no, link in said.links.items() if known.get(no) != link]
    if new:
        article = PROCESSES[request.kind].form.article
        noted = await record.kept_in_place(request, ADDED, by, article, "；".join(new))
        after = replace(noted, outcome={**request.outcome, "links": dict(said.links)})
        await requests.conclude(after)
        await notify.repaint(after, event.at)
    await expect(event, person, request)
    on = {medium.no: medium for medium in await media.several(request.form["media"])}
    whose = [(on[no].name if no in on else no, link) for no, link in said.links.items()]
    told = receipt_replies.links_missing(
        whose, [medium.name for medium in said.missing], said.found.unclear, doubts(said.found, on.values())
    )
    return Reply(told, ok=False, title="请核对链接" if said.found.doubtful else "还差链接")


def doubts(found: Places, on: Iterable[Medium]) -> list[tuple[Medium, str, str]]:
    """Each medium with the link that cannot well be its own, and the platform that one is of."""
    known = {medium.no: medium for medium in on}
    return [(known[no], link, platform_of(link)) for no, link in found.doubtful]


async def _out(event: Message | Click, request: Request, said: Said, by: record.By) -> Reply:
    links, more = said.links, said.found.unclear
    op = Receipt()
    after = await casework.operated(request, op, by, behalf.law(by.actor, by.principal))
    assert isinstance(after, Request), after
    article = PROCESSES[request.kind].form.article
    note = "；".join((*(f"{no} {link}" for no, link in links.items()), *more))
    after = await casework.recorded(request, after, op, Act.RECEIPT.value, by, article=article, note=note)
    url = " ".join([*links.values(), *more])
    out = {"links": dict(links), "published_url": url, "published_at": event.at.isoformat()}
    after = replace(after, outcome={**request.outcome, **out})
    await drafts.expect_no_more(by.actor, request.number)
    await requests.conclude(after)
    await requests.mark_published(request.id, list(links), event.at)
    await progress.settle(after, event.at, shown=event.card if isinstance(event, Click) else "")
    args = {"request": request.id, "number": request.number}
    return Reply(f"已登记发布，{request.number} 办结。", template="status", args=args)
