"""Who may arrange for somebody else in a unit: its head, its 内勤, and for handing over 系统管理员."""

from datetime import datetime

from handlers.people import whose
from handlers.rules.permits import serves
from storage import people
from storage.records import Person, Role


async def clerk_for(person: Person, other: Person, at: datetime) -> bool:
    """Whether somebody is 内勤 in a unit in which the other works or has a post."""
    if Role.CLERK not in person.roles or not serves(person, at):
        return False
    posts = [
        unit.code for unit in await people.all_units() if other.id in (unit.first_responsible, *unit.deputies)
    ]
    theirs = {await whose.managing_unit(code) for code in (other.unit, *posts)}
    return await whose.managing_unit(person.unit) in theirs


async def may_hand_over(person: Person, other: Person, at: datetime) -> bool:
    """Whether somebody may move what the other holds: 系统管理员, or the head of the other's unit."""
    head = await whose.responsible_for(other.unit, at)
    return serves(person, at) and (Role.ADMIN in person.roles or person.id == head)


async def may_roster(person: Person, unit: str, at: datetime) -> bool:
    """Whether somebody may say who is on duty for a unit: its head, or its 内勤."""
    if not serves(person, at):
        return False
    clerk = Role.CLERK in person.roles
    theirs = clerk and await whose.managing_unit(person.unit) == await whose.managing_unit(unit)
    return theirs or person.id == await whose.responsible_for(unit, at)
