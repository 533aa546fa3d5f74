"""Who runs a medium at this moment, and who may answer for it."""

from datetime import datetime

from handlers.people import whose
from handlers.rules.permits import serves
from storage import people
from storage.records import Medium, Person


async def operators(medium: Medium, at: datetime) -> list[Person]:
    """The operator and the administrators of the staff in service; where there are none, the head."""
    known = await people.several(list(dict.fromkeys((medium.operator, *medium.admins))))
    return [one for one in known.values() if serves(one, at)] or await head(medium, at)


async def head(medium: Medium, at: datetime) -> list[Person]:
    """The first-responsible person of its unit, or of the nearest upwards that has one."""
    person = await people.get(await whose.responsible_for(medium.unit, at))
    return [person] if person else []


async def answers_for(person: Person, medium: Medium, at: datetime) -> bool:
    """Whether somebody may say what a medium has done: who runs it, and the head of its unit."""
    may = [*await operators(medium, at), *await head(medium, at)]
    return person.id in {one.id for one in may}
