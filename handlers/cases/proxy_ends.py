"""A 代理 that ends before its time: whoever was stood in for and whoever stood in are told, once, and why."""

from datetime import datetime

from cards import proxies as cards
from handlers.cases import record
from handlers.letters import notify
from handlers.people import standing_in
from handlers.rules.articles import ART_5_2
from handlers.rules.permits import in_service, serves
from storage import people, proxies
from storage.proxies import Proxy
from storage.records import Person


async def review(at: datetime, by: str = "") -> None:
    """End what posts and roles no longer allow, as it would be refused if it were asked for now; `by` ran
    what brought that about."""
    standing = await proxies.standing(at)
    known = await people.several([who for one in standing for who in (one.principal, one.delegate)])
    for one in standing:
        principal, delegate = known.get(one.principal), known.get(one.delegate)
        why = await _unfit(principal, delegate, at) if principal and delegate else ""
        if why and await proxies.end(one.id, at):
            await ended(one, why, at, by=by)


async def _unfit(principal: Person, delegate: Person, at: datetime) -> str:
    """Why one may not stand in for the other any more; leaving is told by itself, when its day has come."""
    if not (in_service(principal, at) and in_service(delegate, at)):
        return ""
    if not await standing_in.approves(principal, at):
        return cards.no_post(principal.name)
    if not serves(delegate, at) or not await standing_in.fits(principal, delegate):
        return cards.unfit(delegate.name)
    return ""


async def ended(given: Proxy, why: str, at: datetime, *, by: str = "") -> None:
    """Note that a proxy ended because of `why` and tell both who are in service."""
    note = f"{given.principal} → {given.delegate}; {why}"
    await record.noted(f"proxy:{given.principal}", "proxy_end", record.By(by, at), ART_5_2, note)
    await told(given, why, at)


async def told(given: Proxy, why: str, at: datetime, *, but: str = "") -> None:
    """Tell both, each in their words; `but` is who ended it and reads so in the answer."""
    known = await people.several([given.principal, given.delegate])
    principal, delegate = known.get(given.principal), known.get(given.delegate)
    if principal is None or delegate is None:
        return
    span = cards.span(given.starts_at, given.ends_at, at)
    back = await standing_in.approves(principal, at)
    texts = (
        (principal, cards.ended_for(delegate.name, span, why, at, back=back)),
        (delegate, cards.ended_by(principal.name, span, why, at)),
    )
    for person, text in texts:
        if person.id != but and in_service(person, at):
            args = {"title": cards.ENDED, "text": text}
            await notify.tell([person], "say", args, at, once=f"proxy_end:{given.id}", urgent=True)
