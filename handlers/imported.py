"""What follows from an import: its trail, the history of media, and who left or moved (Article 6(2))."""

from collections.abc import Mapping
from datetime import date, datetime

from cards.form_media import ITEMS
from cards.ledger import LEFT
from handlers import departures, reaching
from handlers.rules.authority import differences, entry
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.import_cells import TableKind
from handlers.rules.import_rows import Existing
from handlers.rules.imports import Plan
from storage import departures as held
from storage import ledger, trail
from storage.records import Medium, MediumChange, Person, TrailEntry

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
            await ledger.enter(changes(old, medium, today, at))
    for person in decided.people:
        if known := before.people.get(person.id):
            await _person(known, person, today, by, at)


def changes(old: Medium, new: Medium, today: date, at: datetime) -> list[MediumChange]:
    """What is different of a line of the ledger, recorded at once: the import is the centre's."""
    values = {item: (ledger.current(old, item), ledger.current(new, item)) for item in ITEMS}
    return [_entry(new, item, was, now, today, at) for item, (was, now) in values.items() if was != now]


def _entry(medium: Medium, item: str, was: str, now: str, day: date, at: datetime) -> MediumChange:
    return MediumChange(
        medium=medium.no,
        item=item,
        before=was,
        after=now,
        effective_on=day,
        entered_at=at,
        recorded_at=at,
        source=SOURCE,
    )


async def _person(old: Person, new: Person, today: date, by: str, at: datetime) -> None:
    """A leaving date that has come, or another unit; a date still to come is for its own day."""
    if new.left_on and new.left_on <= today:
        if old.left_on != new.left_on:
            run = await held.media_of(new.id)
            await ledger.enter([_entry(medium, LEFT, new.id, "", new.left_on, at) for medium in run])
            await departures.gone(new, at, SOURCE, by)
        return
    await reaching.moved(old, new, at)
    if old.unit != new.unit:
        await departures.moved(old, new, at, SOURCE, by)
