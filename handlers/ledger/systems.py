"""The systems and trainings of the units that run media, as they stand on record (Articles 7 to 9)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from cards.form_systems import SYSTEMS
from cards.form_training import TRAINING
from handlers.ledger import own_media
from handlers.people import whose
from handlers.rules import training
from handlers.rules.permits import managed_by, serves
from handlers.rules.systems import Account, Entry, Held, Stands, account
from storage import media, people, registers, trainings
from storage.records import MediumState, Person, Request, Role


async def standing(unit: str, year: int, today: date) -> Account:
    """What a unit has of a year, as it is known today; a training counts once somebody was there."""
    running = await run_by([unit])
    return (await _accounts([unit], running, year, today))[0]


async def of_all(year: int, today: date) -> list[Account]:
    """The accounts of all units that run media, in the order of their codes."""
    running = await run_by([])
    return await _accounts(sorted(running), running, year, today)


async def run_by(units: Collection[str]) -> dict[str, date | None]:
    """Since when units run media that have not ended, if it is known: of those named, else of all."""
    known = {unit.code: unit for unit in await people.all_units()}
    begun: dict[str, list[date | None]] = {}
    for medium in await media.ledger():
        unit = managed_by(medium.unit, known)
        if medium.state is not MediumState.DEREGISTERED and (unit in units or not units):
            begun.setdefault(unit, []).append(medium.filed_on)
    return {unit: min(filter(None, days), default=None) for unit, days in begun.items()}


async def _accounts(
    units: Collection[str], running: dict[str, date | None], year: int, today: date
) -> list[Account]:
    entries: dict[str, list[Entry]] = {}
    for one in await registers.of_units(SYSTEMS.kind, units):
        entries.setdefault(one.unit, []).append(entry(one))
    there, held = await trainings.counted(), await registers.all_of(TRAINING.kind)
    return [
        account(unit, year, entries.get(unit, ()), _held(unit, held, there, today), running.get(unit))
        for unit in units
    ]


def _held(
    unit: str, held: Sequence[Request], there: Mapping[tuple[int, str], int], today: date
) -> list[Held]:
    """The trainings that have begun, with how many of the unit were there; what its organiser counted where
    it was held without signing."""
    found = []
    for one in held:
        form, on = one.form, training.day(one.form)
        attended = there.get((one.id, unit), 0)
        if one.unit == unit and isinstance(form.get("people"), str):
            attended = max(attended, training.many(form["people"]) or 0)
        if attended and on <= today:
            found.append(Held(one.number, form["kind"], on, attended, training.long(form), one.unit == unit))
    return found


def entry(request: Request) -> Entry:
    form = request.form
    on = date.fromisoformat(str(form["held_on"]))
    return Entry(request.number, form["kind"], on, form["title"], str(form.get("replaces") or ""))


async def keeps(person: Person, unit: str, at: datetime) -> bool:
    """Whether somebody puts on record what a unit has: who acts for it, or runs its media."""
    if await acts_for(person, unit, at):
        return True
    running = await own_media.own_media(unit) if serves(person, at) else ()
    return any(medium.operator == person.id for medium in running)


async def acts_for(person: Person, unit: str, at: datetime) -> bool:
    """Whether somebody is the first-responsible person of a unit or its 内勤; of the centre, one of it."""
    if not serves(person, at):
        return False
    if person.id == await whose.responsible_for(unit, at):
        return True
    clerk = Role.CLERK in person.roles or await whose.of_centre(person, at)
    return clerk and await whose.managing_unit(person.unit) == unit


def said(one: Stands) -> str:
    """责任体系：ZD-2026-0001（2026-03-01）; 警示教育：缺，上次 2025-11-20."""
    if one.number:
        return f"{one.item.name}：{one.number}（{one.on}）"
    last = f"，上次 {one.last}" if one.last else ""
    since = f"，自 {one.since} 起" if one.since else ""
    return f"{one.item.name}：缺{since}{last}（{one.item.article}）"
