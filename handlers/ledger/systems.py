"""The systems and trainings of the units that run media, as they stand on record (Articles 7 to 9)."""

from collections.abc import Collection
from datetime import date, datetime

from cards.form_systems import SYSTEMS
from handlers.ledger import own_media
from handlers.people import whose
from handlers.rules.permits import managed_by, serves
from handlers.rules.systems import Account, Entry, account
from storage import media, people, registers
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
    return [account(unit, year, entries.get(unit, ()), (), running.get(unit)) for unit in units]


def entry(request: Request) -> Entry:
    form = request.form
    on = date.fromisoformat(str(form["held_on"]))
    return Entry(request.number, form["kind"], on, form["title"], str(form.get("replaces") or ""))


async def keeps(person: Person, unit: str, at: datetime) -> bool:
    """Whether somebody puts on record what a unit has: its first-responsible person, who runs its media, its
    内勤."""
    if not serves(person, at):
        return False
    if person.id == await whose.responsible_for(unit, at):
        return True
    own = await whose.managing_unit(person.unit) == unit
    if own and (Role.CLERK in person.roles or await whose.of_centre(person, at)):
        return True
    return any(medium.operator == person.id for medium in await own_media.own_media(unit))
