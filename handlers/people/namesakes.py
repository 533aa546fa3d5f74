"""Whom a name means: people are told apart by number, unit and post wherever several have it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.rules.names import titled
from handlers.rules.permits import in_service
from storage import people
from storage.records import Person

MOST = 5
"""How many of a name are listed; as many fit a card as buttons."""


async def named(name: str, at: datetime) -> list[Person]:
    """Everybody with that name or 工号: those in service, or where none is, who left.

    A title behind the name tells namesakes apart, where one of them has it.
    """
    found = await people.called(name)
    bare, title = titled(name)
    if title and not found:
        found = await people.called(bare)
        found = [person for person in found if title in person.title] or found
    return [person for person in found if in_service(person, at)] or found


async def introduced(person: Person) -> str:
    """孙老师（2103，机电学院党委，保密秘书）"""
    return f"{person.name}（{person.id}，{await place(person)}）"


async def place(person: Person) -> str:
    """机电学院党委，保密秘书"""
    unit = await people.unit(person.unit)
    return "，".join(word for word in (unit.name if unit else person.unit, person.title) if word)


async def several(name: str, found: Sequence[Person]) -> str:
    """What is said where a name means more than one."""
    listed = "、".join([await introduced(person) for person in found[:MOST]])
    more = " 等" if found[MOST:] else ""
    return f"有 {len(found)} 位“{name}”：{listed}{more}。请写工号"
