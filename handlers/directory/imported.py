"""What follows from an import: its trail, the history of media, and who left or moved (Article 6(2))."""

from collections.abc import Mapping
from datetime import date, datetime

from cards.ledger import LEFT
from handlers.cases import halting, reaching, rerouting
from handlers.directory import departures
from handlers.ledger import change_ledger
from handlers.rules.authority import differences, entry
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.import_cells import TableKind
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan
from storage import departures as held
from storage import ledger, media, trail
from storage.records import Medium, MediumChange, Person, TrailEntry, Unit

SOURCE = "import"


async def record(
    before: Existing, decided: Plan, sources: Mapping[TableKind, str], by: str, at: datetime
) -> None:
    """Leave in the trail who ran the import, out of which files (`sources`), and every thing that carries
    authority and is otherwise now; of the rest, which is private, the counts."""
    counted = [f"{kind} +{count.added} ~{count.changed}" for kind, count in decided.counts.items()]
    note = "; ".join([*counted, *dict.fromkeys(sources.values())])
    matter = f"import:{at.isoformat(timespec='milliseconds')}"
    told = [
        *((TableKind.UNITS, change) for change in differences(before, units=decided.units)),
        *((TableKind.PEOPLE, change) for change in differences(before, people=decided.people)),
        *((TableKind.MEDIA, change) for change in differences(before, media=decided.media)),
    ]
    await trail.note(
        TrailEntry(matter, 0, at, by, SOURCE, note=note),
        *(entry(change, SOURCE, by, at, sources.get(kind, "")) for kind, change in told),
    )


async def follow(before: Existing, decided: Plan, by: str, at: datetime) -> None:
    """Enter what the import changed of media, and begin the clocks of whoever it says left or moved.

    Everything is written already: who was replaced by the same import holds nothing any more. Who
    had left before the import first named them is for the clock's tick.
    """
    today = at.astimezone(SHANGHAI).date()
    for medium in decided.media:
        if old := before.media.get(medium.no):
            await change_ledger.lay_in(old, change_ledger.differences(old, medium, today, at, SOURCE))
    await halting.media_changed(await _elsewhere(before, decided), at, SOURCE)
    for person in decided.people:
        if known := before.people.get(person.id):
            await _person(known, person, today, by, at)
    if _decides_otherwise(before, decided):
        await rerouting.all_open("the import says who decides", at, by)


def _decides_otherwise(before: Existing, decided: Plan) -> bool:
    """Whether posts of units, their place in the tree, or roles are another now."""
    units = [(before.units.get(one.code), one) for one in decided.units]
    people = [(before.people.get(one.id), one) for one in decided.people]
    return any(_post(was) != _post(now) for was, now in units) or any(
        (was.roles, was.identity) != (now.roles, now.identity) if was else bool(now.roles)
        for was, now in people
    )


def _post(unit: Unit | None) -> tuple[object, ...]:
    return (unit.first_responsible, unit.deputies, unit.parent, unit.kind) if unit else ()


async def _elsewhere(before: Existing, decided: Plan) -> list[str]:
    """The media whose state or unit is another now, those included whose unit has moved in the tree."""
    old = [(before.media[medium.no], medium) for medium in decided.media if medium.no in before.media]
    changed = [new.no for was, new in old if (was.state, was.unit) != (new.state, new.unit)]
    units = [(before.units[unit.code], unit) for unit in decided.units if unit.code in before.units]
    moved = [new.code for was, new in units if (was.parent, was.kind) != (new.parent, new.kind)]
    return [*changed, *(medium.no for medium in await media.of_units(moved))]


async def _person(old: Person, new: Person, today: date, by: str, at: datetime) -> None:
    """A leaving date that has come or is taken back, or another unit; a date to come is for its own day."""
    if new.left_on and new.left_on <= today:
        if old.left_on != new.left_on:
            run = await held.media_of(new.id)
            await ledger.enter([_left(medium, new.id, new.left_on, at) for medium in run])
            await departures.gone(new, at, SOURCE, by)
        return
    if old.left_on and old.left_on <= today:
        await departures.returned(old, new, at, SOURCE, by)
    await reaching.moved(old, new, at)
    if old.unit != new.unit:
        await departures.moved(old, new, at, SOURCE, by)


def _left(medium: Medium, person: str, day: date, at: datetime) -> MediumChange:
    return change_ledger.recorded(medium.no, LEFT, person, "", day, at, SOURCE)
