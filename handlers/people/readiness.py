"""Who would get a post of a unit today, and what would keep it: found before somebody waits for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import troubles
from cards.delivery import PLATFORMS
from cards.readiness import Readiness
from handlers.people import standing_in, whose
from handlers.people.whose import Applicant
from handlers.rules.chain import center_step, publication_chain
from storage import people, proxies, reads
from storage.records import Medium, MediumState, Person
from storage.steps import Step, StepRole

NOBODY = Applicant("")
"""Somebody who is none of those who decide: what holds for most applicants."""


@dataclass(frozen=True, slots=True)
class _Step:
    step: Step
    holders: tuple[Person, ...]


async def of_units(media: Iterable[Medium], at: datetime) -> list[Readiness]:
    """For each unit that has media in use, those with something wrong first."""
    codes = sorted({medium.unit for medium in media if medium.state is MediumState.ACTIVE})
    found = [await of_unit(code, at) for code in codes]
    return sorted(found, key=lambda one: not one.wrong)


async def of_unit(code: str, at: datetime) -> Readiness:
    """Whom each step of a post of this unit would be put to, and what is wrong with that."""
    chain = publication_chain(await whose.facts(code, NOBODY, (), at))
    steps = [step for step in chain if step.role is not StepRole.MEDIA_CENTER]
    steps.append(center_step(("必要时",)))
    held = [_Step(step, await _holders(step, at)) for step in steps]
    unit = await people.unit(code)
    wrong = [*_empty(held), *await _unreached(held), *await _unfit(held, at)]
    asked = [(one.step, tuple(person.name for person in one.holders)) for one in held]
    return Readiness(unit.name if unit else code, tuple(asked), tuple(dict.fromkeys(wrong)))


async def _holders(step: Step, at: datetime) -> tuple[Person, ...]:
    return tuple((await people.several(list(await whose.owners(step, NOBODY, at)))).values())


def _empty(held: Sequence[_Step]) -> list[str]:
    return [f"{one.step.role.value}暂缺，申请会一直等待" for one in held if not one.holders]


async def _unreached(held: Sequence[_Step]) -> list[str]:
    """Who has no account, and whom the last message did not reach on any platform they are on."""
    people_ = {person.id: person for one in held for person in one.holders}
    refused = await reads.refused(list(people_))
    wrong = [f"{one.name} 没有绑定账号，收不到卡片" for one in people_.values() if not one.accounts()]
    for one in people_.values():
        whys = {name: troubles.why(error) for (person, name), error in refused.items() if person == one.id}
        if whys and all(name in whys for name, _ in one.accounts()):
            told = "；".join(f"{PLATFORMS[name]}：{why}" for name, why in whys.items())
            wrong.append(f"上一条消息没有送到 {one.name}（{told}）")
    return wrong


async def _unfit(held: Sequence[_Step], at: datetime) -> list[str]:
    """Proxies that were given and whose bearer may stand in no more."""
    ids = [person.id for one in held for person in one.holders]
    wrong = []
    for proxy in await proxies.active(ids, at):
        known = await people.several([proxy.principal, proxy.delegate])
        principal, delegate = known.get(proxy.principal), known.get(proxy.delegate)
        if principal and delegate and not await standing_in.fits(principal, delegate):
            wrong.append(f"{delegate.name} 已不能代 {principal.name}，外出代理不起作用")
    return wrong
