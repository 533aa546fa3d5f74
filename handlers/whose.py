"""Who may decide a step at this moment: roles looked up in the directory, proxies included."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import standing_in
from handlers.rules.chain import Facts
from handlers.rules.permits import in_service, managing
from storage import people, proxies
from storage.records import Person, Request, Role, Step, StepRole, Unit

_SCHOOL_WIDE = {
    StepRole.MEDIA_CENTER: Role.CENTER_APPROVER,
    StepRole.PROPAGANDA: Role.PROPAGANDA_REVIEWER,
}
"""Steps that any holder of a role may decide, whatever their unit."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, and the names that stand as authors: none of them reviews secrecy."""

    id: str
    authors: tuple[str, ...] = ()


def applicant_of(request: Request) -> Applicant:
    return Applicant(request.applicant, authors(str(request.form.get("author") or "")))


def authors(text: str) -> tuple[str, ...]:
    """The names in 作者."""
    for mark in "、，,;；/":
        text = text.replace(mark, " ")
    return tuple(text.split())


async def holders(step: Step, applicant: Applicant, at: datetime) -> dict[str, str]:
    """Who may decide this step now: person -> the principal they stand in for, or empty.

    Never the applicant; nobody where nobody is there, and then the request waits.
    """
    principals = await _principals(step, applicant, at)
    found = dict.fromkeys(principals, "")
    for proxy in await proxies.active(principals, at):
        delegate, principal = await people.get(proxy.delegate), await people.get(proxy.principal)
        if delegate and principal and await _may_stand_in(delegate, principal, step, applicant, at):
            found.setdefault(delegate.id, proxy.principal)
    return found


async def _may_stand_in(
    delegate: Person, principal: Person, step: Step, applicant: Applicant, at: datetime
) -> bool:
    """Checked when somebody stands in, as the principal is: a post lost since then ends it."""
    reviews = step.role is StepRole.SECRECY_REVIEWER
    wrote = delegate.id == applicant.id or (reviews and delegate.name in applicant.authors)
    return in_service(delegate, at) and not wrote and await standing_in.fits(principal, delegate)


async def _principals(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    if (seat := step.given) and seat.person in await peers(step, applicant, at):
        return [seat.person]
    if role := _SCHOOL_WIDE.get(step.role):
        return _serving(await people.with_role(role), applicant, at)
    upwards = await people.units_upwards(step.unit)
    if step.role is StepRole.SECRECY_REVIEWER:
        return (await _reviewers(upwards, applicant, at))[1]
    responsible = await _responsible(upwards, at)
    return [responsible.id] if responsible and responsible.id != applicant.id else []


def _serving(found: Iterable[Person], applicant: Applicant, at: datetime) -> list[str]:
    return [person.id for person in found if in_service(person, at) and person.id != applicant.id]


async def _reviewers(upwards: list[Unit], applicant: Applicant, at: datetime) -> tuple[str, list[str]]:
    """The nearest unit upwards with a reviewer who wrote nothing of this, and its reviewers."""
    for unit in upwards:
        found = await people.with_role(Role.SECRECY_REVIEWER, unit.code)
        others = [person for person in found if person.name not in applicant.authors]
        if serving := _serving(others, applicant, at):
            return unit.code, serving
    return "", []


async def _responsible(upwards: list[Unit], at: datetime) -> Person | None:
    """The first-responsible person of the nearest unit upwards that has one in service."""
    for unit in upwards:
        person = await people.get(unit.first_responsible) if unit.first_responsible else None
        if person and in_service(person, at):
            return person
    return None


async def facts(unit: str, applicant: Applicant, necessary: tuple[str, ...], at: datetime) -> Facts:
    """What the chain of a post on media of `unit` depends on."""
    upwards = await people.units_upwards(unit)
    responsible = await _responsible(upwards, at)
    review_unit, _ = await _reviewers(upwards, applicant, at)
    own = responsible is not None and responsible.id == applicant.id
    return Facts(unit, review_unit, own, necessary)


async def managing_unit(unit: str) -> str:
    return managing(await people.units_upwards(unit))


async def unit_of(person: str) -> str:
    """The code of the unit somebody belongs to; empty for whom the directory does not know."""
    known = await people.get(person)
    return known.unit if known else ""


async def responsible_for(unit: str, at: datetime) -> str:
    """The first-responsible person's id for a unit, empty where nobody upwards is one."""
    person = await _responsible(await people.units_upwards(unit), at)
    return person.id if person else ""


async def peers(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    """To whom the holder of a step may hand it: those of the same unit who may decide such a step."""
    if step.role is StepRole.FIRST_RESPONSIBLE:
        for unit in await people.units_upwards(step.unit):
            if unit.first_responsible:
                known = await people.several((unit.first_responsible, *unit.deputies))
                return _serving(known.values(), applicant, at)
        return []
    return await _principals(replace(step, seats=()), applicant, at)
