"""Who may stand in for an approver: people of the same level, by their post (form F15)."""

from datetime import datetime

from handlers.rules.articles import ART_5_2
from handlers.rules.permits import APPROVING, serves
from storage import people, proxies
from storage.proxies import Proxy
from storage.records import Person

NAMED = 3
"""How many who may are named to whoever chose somebody who may not."""


async def refusal(person: Person, delegate: Person, at: datetime) -> str:
    """Why `delegate` may not stand in, and who may; empty where they may."""
    posts, allowed = await _circle(person)
    if delegate.id in allowed:
        return ""
    known = await people.several(allowed)
    serving = [known[one].name for one in allowed if one in known and serves(known[one], at)]
    named = f"可请：{'、'.join(serving[:NAMED])}{' 等' if serving[NAMED:] else ''}。" if serving else ""
    return f"{delegate.name} 不能代您审批，代理人须是{'，或'.join(posts)}（{ART_5_2}）。{named}"


async def proxies_of(person: str, at: datetime) -> list[Proxy]:
    """By what somebody stands in at that instant: whoever lost the level that it takes, by nothing."""
    given = await proxies.given_to(person, at)
    known = await people.several([person, *(one.principal for one in given)])
    delegate = known.pop(person, None)
    if delegate is None or not serves(delegate, at):
        return []
    fit = {one.id for one in known.values() if await fits(one, delegate)}
    return [one for one in given if one.principal in fit]


async def approves(person: Person, at: datetime) -> bool:
    """Whether somebody has a post or role in which they are stood in for."""
    posted = bool(person.roles & APPROVING) or await people.is_first_responsible(person.id)
    return posted and serves(person, at)


async def fits(person: Person, delegate: Person) -> bool:
    """Whether `delegate` is of the level that may stand in, as posts and roles are now."""
    return delegate.id in (await _circle(person))[1]


async def _circle(person: Person) -> tuple[list[str], list[str]]:
    """The posts that may stand in for this person's, and who has them, the nearest first."""
    units = await people.all_units()
    own = [unit for unit in units if unit.first_responsible == person.id]
    posts = ["本单位副职或其他第一责任人"] if own else []
    allowed = [deputy for unit in own for deputy in unit.deputies]
    allowed += [unit.first_responsible for unit in units if own]
    for role in sorted(person.roles & APPROVING):
        posts.append(f"其他{role.value}")
        others = await people.with_role(role)
        allowed += [one.id for one in sorted(others, key=lambda one: one.unit != person.unit)]
    return posts, [one for one in dict.fromkeys(allowed) if one and one != person.id]
