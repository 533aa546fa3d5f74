"""回执 of what is published already: a link that was wrong is put right; the record keeps the old one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cards import receipt_replies
from handlers.applicants import receipt
from handlers.cases import record
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.typed.moments import Wrong
from storage import drafts, media, requests
from storage.records import Medium, Person, Request

CORRECTED = "relink"
"""The act of the trail: a link that was registered is another, and which it was."""


async def correct(
    event: Message | Click, person: Person, request: Request, text: str, stands_for: str
) -> Reply:
    """Links that are otherwise than registered; what is the same, or of no medium, changes nothing."""
    on = await media.several(request.form["media"])
    try:
        found = receipt.understood(text, on, ())
    except Wrong as why:
        return Reply(f"{why}。", ok=False)
    if found.doubtful or found.unclear:
        await receipt.expect(event, person, request)
        odd, names = receipt.doubts(found, on), [medium.name for medium in on]
        asked = receipt_replies.links_doubtful(odd) if odd else receipt_replies.links_unclear(request, names)
        return Reply(asked, ok=False, title="请核对链接")
    links = _registered(request, on)
    new = {no: link for no, said in found.known.items() if (link := " ".join(said)) != links.get(no)}
    if not new:
        return Reply(f"与 {request.number} 已登记的链接相同，没有改动。")
    if new.keys() - links and (barrier := await PROCESSES[request.kind].obstacle(request, event.at)):
        return Reply(barrier, ok=False)
    await _keep(event, request, links, new, record.By.event(event, person.id, stands_for))
    changed = [(medium.name, links.get(medium.no, ""), new[medium.no]) for medium in on if medium.no in new]
    return Reply(receipt_replies.link_corrected(request.number, changed))


def _registered(request: Request, on: Sequence[Medium]) -> dict[str, str]:
    """By 备案号 the links on record; before they were kept by medium there was one of the post."""
    links = dict(request.outcome.get("links") or {})
    return links or ({} if on[1:] else {on[0].no: request.outcome["published_url"]})


async def _keep(
    event: Message | Click, request: Request, links: Mapping[str, str], new: Mapping[str, str], by: record.By
) -> None:
    """The new links stand, and the record has both."""
    stands, article = record.place(request), PROCESSES[request.kind].form.article
    note = "；".join(f"{no} {links.get(no) or '未发布'} → {link}" for no, link in new.items())
    noted = await record.keep(request, CORRECTED, by, before=stands, after=stands, article=article, note=note)
    now = {**links, **new}
    out = {"links": now, "published_url": " ".join(now.values())}
    after = replace(noted, outcome={**request.outcome, **out})
    await drafts.expect_no_more(by.actor, request.number)
    await requests.conclude(after)
    if added := [no for no in new if no not in links]:
        await requests.mark_published(request.id, added, event.at)
    await notify.repaint(after, event.at)
