"""Whom a name, a 工号, a unit or a role means where somebody is to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards.namesakes import TEMPLATE
from handlers.events import Reply
from handlers.people import namesakes
from handlers.rules.names import name_first
from handlers.rules.permits import serves
from storage import people
from storage.records import Person, Role

MOST = 10


@dataclass(frozen=True, slots=True)
class Several:
    """People who were named, each once, in the order in which they were."""

    people: tuple[Person, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.people)


async def the_one(name: str, at: datetime, before: str, after: str = "") -> Person | Reply:
    """The one person of that name or 工号; of several, which is asked, to go on with the command that has
    their 工号 between `before` and `after`."""
    found = await namesakes.named(name.strip(), at)
    if not found:
        unknown = f"没有找到“{name.strip()}”。" if name.strip() else ""
        return Reply(f"{unknown}请写姓名或工号。", ok=False)
    if len(found) == 1:
        return found[0]
    args = {
        "name": name,
        "people": [person.id for person in found[: namesakes.MOST]],
        "count": len(found),
        "before": before,
        "after": after,
    }
    return Reply(template=TEMPLATE, args=args)


async def first_named(words: str, at: datetime, before: str) -> tuple[Person | Reply, str]:
    """The one person whom the words name first, and what else they say: `before` is the command up to
    the name."""
    name, rest = name_first(words)
    return await the_one(name, at, before, rest), rest


async def several(names: Sequence[str], at: datetime) -> Several | Reply:
    """The people meant: by name or 工号, by a role (all who have it), by a unit (its 第一责任人)."""
    found: dict[str, Person] = {}
    for name in names:
        meant = await _by_role(name, at) or await _by_unit(name, at) or await _by_name(name, at)
        if isinstance(meant, Reply):
            return meant
        for person in meant:
            found[person.id] = person
    if len(found) > MOST:
        return Reply(f"一次最多 {MOST} 人，现在是 {len(found)} 人。", ok=False)
    return Several(tuple(found.values()))


async def _by_role(name: str, at: datetime) -> list[Person]:
    role = next((role for role in Role if role.value == name), None)
    return [one for one in await people.with_role(role) if serves(one, at)] if role else []


async def _by_unit(name: str, at: datetime) -> list[Person]:
    for unit in await people.all_units():
        if unit.name == name and unit.first_responsible:
            head = await people.get(unit.first_responsible)
            return [head] if head and serves(head, at) else []
    return []


async def _by_name(name: str, at: datetime) -> list[Person] | Reply:
    found = [one for one in await namesakes.named(name, at) if serves(one, at)]
    if not found:
        return Reply(f"没有找到在职的教职工“{name}”。请写姓名或工号。", ok=False)
    if len(found) > 1:
        return Reply(f"{await namesakes.several(name, found)}。", ok=False)
    return found
