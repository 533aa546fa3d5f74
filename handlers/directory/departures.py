"""Somebody left or moved: what follows at once, whoever or whatever said so (Articles 5(2), 6(2))."""

from collections.abc import Iterable
from datetime import date, datetime

from cards import directory as cards
from cards import proxies as proxy_words
from handlers.cases import proxy_ends, rerouting
from handlers.duties.begin import change_happened
from handlers.events import Reply, Tick
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.articles import ART_6_2
from handlers.rules.permits import OF_A_UNIT, SHANGHAI, in_service
from handlers.rules.posts import led_by
from storage import departures, duties, media, people, proxies, trail
from storage.held import held
from storage.records import Medium, MediumState, Person, Post, Role, TrailEntry

FIRST_RESPONSIBLE = "first_responsible"
RETURN = "return"
"""The trail's word for somebody who had left and is in service again."""


async def handle(event: Tick) -> Reply:
    """Leaving dates that have come, whether an import or a directory gave them."""
    leavers = await departures.not_carried_out(event.at.astimezone(SHANGHAI).date())
    steps = [number for person in leavers for number in await departures.concerned(person)]
    await held(request=steps, person=leavers)
    for person in leavers:
        if left := await people.get(person):
            await gone(left, event.at, "date")
    return Reply()


async def gone(person: Person, at: datetime, source: str, by: str = "") -> None:
    """Carry out that somebody has left (`left_on` is their first day away), once for each such day.

    `by` is the account that ran what says so; empty for the bot itself.
    """
    assert person.left_on is not None
    day = person.left_on.isoformat()
    last = await trail.last(trail.about(person.id), "leave", RETURN)
    if last is not None and last.act == "leave" and last.after == day:
        return
    await trail.note(_entry(person, day, by, at, departures.told_by(source)))
    held = await _held(person.id)
    await departures.end_posts(person.id, at)
    await _end_proxies(person, by, at)
    for medium, item in held:
        await change_happened(medium, item, person.id, person.left_on, at, source)
    await rerouting.held_by(person.id, f"{person.id} left on {day}", at, by)
    await _tell_of_vacancies(person, at)
    await _tell_of_requests(person, at)


async def returned(before: Person, after: Person, at: datetime, source: str, by: str = "") -> None:
    """Carry out that somebody who had left is in service again: what began with the leaving ends, and their
    posts and what waits are theirs again. Who stands in for whom has to be said anew.
    """
    assert before.left_on is not None
    day = before.left_on.isoformat()
    note = departures.told_by(source)
    await trail.note(
        TrailEntry(trail.about(after.id), 0, at, by, RETURN, day, "", article=ART_6_2, note=note)
    )
    for duty in await duties.changes_by(after.id):
        if duty.changed_on == before.left_on:
            await duties.drop(duty.id)
    units = await people.all_units()
    posts = [(unit.code, Post.FIRST_RESPONSIBLE) for unit in units if unit.first_responsible == after.id]
    posts += [(unit.code, Post.DEPUTY) for unit in units if after.id in unit.deputies]
    await departures.resume_posts(after.id, posts, at)
    await rerouting.all_open(f"{after.id} is in service again", at, by)
    names = {unit.code: unit.name for unit in units}
    text = cards.returned(before, [names[code] for code, _ in posts], at)
    await _say(await notify.administrators(at), cards.RETURNED, text, at)


async def moved(before: Person, after: Person, at: datetime, source: str, by: str = "") -> None:
    """Carry out that somebody is in another unit: what they held elsewhere must be filed anew."""
    own = await whose.managing_unit(after.unit)
    if own == await whose.managing_unit(before.unit):
        return
    day = at.astimezone(SHANGHAI).date()
    for medium, item in await _held(after.id):
        if await whose.managing_unit(medium.unit) != own:
            await change_happened(medium, item, after.id, day, at, source)
    if after.roles & OF_A_UNIT:
        await rerouting.all_open(f"{after.id} moved from {before.unit} to {after.unit}", at, by)
    await _tell_to_check(before, after, at)


async def _held(person: str) -> list[tuple[Medium, str]]:
    """Each medium somebody answers for, with the item of the filing they stand in."""
    run = await departures.media_of(person)
    found = [(medium, "operator") for medium in run if medium.operator == person]
    found += [(medium, "admins") for medium in run if person in medium.admins]
    led = led_by(person, await people.all_units())
    under = [m for m in await media.of_units(sorted(led)) if m.state is not MediumState.DEREGISTERED]
    return found + [(medium, FIRST_RESPONSIBLE) for medium in under]


async def _end_proxies(person: Person, by: str, at: datetime) -> None:
    why = proxy_words.has_left(person.name, cards.left(person, at))
    for given in await proxies.end_of(person.id, at):
        await proxy_ends.ended(given, why, at, by=by)
        absent = await people.get(given.principal)
        if given.delegate == person.id and absent and in_service(absent, at):
            await rerouting.held_by(absent.id, f"{person.id} left", at, by)


async def _tell_of_vacancies(person: Person, at: datetime) -> None:
    """The centre and the administrators learn at once that a unit lacks its first-responsible person."""
    for unit in await people.all_units():
        if unit.first_responsible == person.id:
            successor = await people.get(await whose.responsible_for(unit.code, at))
            text = cards.vacant(unit, person, successor, at)
            once = f"vacant:{unit.code}:{person.id}:{person.left_on}"
            await _say(await notify.stewards(at), cards.VACANT, text, at, once)


async def _tell_of_requests(person: Person, at: datetime) -> None:
    """What a leaver had asked for goes on; the first-responsible person of its unit learns of it."""
    asked: dict[str, list[tuple[str, str]]] = {}
    for number, title, unit in await departures.open_requests(person.id):
        asked.setdefault(await whose.responsible_for(unit, at), []).append((number, title))
    for responsible, numbers in asked.items():
        told = await people.get(responsible)
        once = f"left_open:{person.id}:{person.left_on}:{responsible}"
        receivers = [told] if told else await notify.stewards(at)
        await _say(receivers, cards.LEFT_OPEN, cards.left_open(person, numbers, at), at, once)


async def _tell_to_check(before: Person, after: Person, at: datetime) -> None:
    """Roles and posts are the import's: whoever keeps it is told that they may have ended."""
    known = {unit.code: unit for unit in await people.all_units()}
    posts = [unit.name for unit in known.values() if unit.first_responsible == after.id]
    roles = [role for role in Role if role in after.roles]
    if posts or roles:
        names = [known[code].name if code in known else code for code in (before.unit, after.unit)]
        text = cards.moved(after, names[0], names[1], roles, posts)
        await _say(await notify.administrators(at), cards.MOVED, text, at)


async def _say(
    receivers: Iterable[Person], title: str, text: str, at: datetime, once: str | None = None
) -> None:
    await notify.tell(receivers, "say", {"title": title, "text": text}, at, once=once, urgent=True)


def _entry(person: Person, day: str, by: str, at: datetime, note: str) -> TrailEntry:
    return TrailEntry(trail.about(person.id), 0, at, by, "leave", "", day, article=ART_6_2, note=note)


def first_day_away(at: datetime) -> date:
    """The day on which a directory said that somebody is gone."""
    return at.astimezone(SHANGHAI).date()
