"""Who keeps the comments of a post: whoever it names, and who does so where they cannot."""

from datetime import datetime

from cards.comments import WATCHER
from handlers.people import whose
from handlers.rules.permits import in_service, serves
from storage import media, people, proxies
from storage.records import Person, Request


async def keepers(request: Request, at: datetime) -> list[Person]:
    """The one it names; where they have left or are away its applicant, then those who run the media, then
    the first-responsible person of the unit."""
    for named in (str(request.facts.get(WATCHER) or ""), request.applicant):
        person = await people.get(named) if named else None
        if person and in_service(person, at) and not await _away(named, request.kind, at):
            return [person]
    if running := await operators(request, at):
        return running
    on = await media.several(list(request.form.get("media") or ()))
    head = await people.get(await whose.responsible_for(on[0].unit if on else request.unit, at))
    return [head] if head else []


async def _away(person: str, kind: str, at: datetime) -> bool:
    """Whether somebody stands in for them in such requests."""
    return any(proxy.covers(kind) for proxy in await proxies.active([person], at))


async def operators(request: Request, at: datetime) -> list[Person]:
    """Those who run the media on which it is out, each once."""
    on = await media.several(list(request.form.get("media") or ()))
    known = await people.several(list(dict.fromkeys(medium.operator for medium in on)))
    return [one for one in known.values() if serves(one, at)]


async def may_look(request: Request, person: Person, at: datetime) -> bool:
    """Whether somebody may say that they looked: who keeps them, who asked, who runs the media."""
    there = [*await keepers(request, at), *await operators(request, at)]
    return person.id == request.applicant or person.id in {one.id for one in there}
