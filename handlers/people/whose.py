"""Who may decide a step at this moment: roles looked up in the directory, proxies included."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers import workyear
from handlers.chain.quorum import Result, asked, own, own_turn
from handlers.people import standing_in
from handlers.rules.chain import Facts
from handlers.rules.deadlines import working_hours
from handlers.rules.different import first_of
from handlers.rules.joined import reporters
from handlers.rules.permits import is_center, managing, serves
from storage import media, on_call, people, proxies
from storage.records import Person, Request, Role, Unit, UnitKind, Urgency
from storage.steps import OWN, READERS, SeatState, Step, StepRole, Verb, Way

OPEN, DECIDED = SeatState.OPEN, SeatState.DECIDED

_SCHOOL_WIDE = {
    StepRole.MEDIA_CENTER: Role.CENTER_APPROVER,
    StepRole.PROPAGANDA: Role.PROPAGANDA_REVIEWER,
}
"""Steps that any holder of a role may decide, whatever their unit."""

_READ_BY = dict(zip(READERS, (Role.FIRST_READER, Role.SECOND_READER, Role.LAST_READER), strict=True))
"""The three reviews of the press, each by those of the press who have its role."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, and the 工号 of the authors: none of them answers for the secrecy of the text.

    `names` are the authors of a request of before their 工号 were kept: they are compared as typed. `kind`
    is that of the request, for which not every proxy need be; `urgent` whether 值班 takes its steps.
    `joined` are those who brought the same, and `concerned` those whom it is about: who decide none of it;
    `judged` those who decided what a review looks at again, or spoke for their unit before it is settled.
    `read` is who has read it for the press, and at which step.
    """

    id: str
    authors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    kind: str = ""
    urgent: bool = False
    joined: frozenset[str] = frozenset()
    concerned: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()
    read: frozenset[tuple[str, str]] = frozenset()

    @property
    def parties(self) -> frozenset[str]:
        """Whose matter it is: who asked for it or brought it too, and whom it is about. Nobody judges what is
        theirs, gives an opinion on it, or says who does."""
        return frozenset({self.id} - {""}) | self.joined | self.concerned

    def wrote(self, person: Person) -> bool:
        return person.id in (self.id, *self.authors) or person.name in self.names

    def keeps_from(self, step: Step, person: Person) -> bool:
        """Whether somebody must not decide a step: who brought it none that judges, an author no review; whom
        it is about none, and whoever decided not what is looked at again, nor reads for the press twice."""
        judging = step.verb in (Verb.REVIEW_AGAIN, Verb.SETTLE)
        if person.id in self.concerned or (judging and person.id in self.judged):
            return True
        if step.role in READERS and self.has_read(person.id, step):
            return True
        if step.role in (StepRole.SECRECY_REVIEWER, *READERS):
            return self.wrote(person)
        own = person.id in (self.id, *self.joined) and not step.own
        return own or (step.carries_review and person.id in self.authors)

    def has_read(self, person: str, step: Step) -> bool:
        """Whether somebody decided another of the three reviews than this step's."""
        return any(reader == person and at != step.name for reader, at in self.read)


def applicant_of(request: Request) -> Applicant:
    kept = request.facts.get("authors")
    decided = [(step, seat) for step in request.chain for seat in step.seats if seat.state is DECIDED]
    return Applicant(
        request.applicant,
        tuple(kept or ()),
        names=_names(str(request.form.get("author") or "")) if kept is None else (),
        kind=request.kind,
        urgent=request.urgency is not Urgency.NORMAL,
        joined=frozenset(reporters(request.applicant, request.form)[1:]),
        concerned=frozenset(
            (*request.facts.get("concerned", ()), *request.outcome.get("hearing", {}).get("concerned", ()))
        ),
        judged=frozenset(
            one
            for step, seat in decided
            if step.verb in (Verb.DISPOSE, Verb.SPEAK)
            for one in (seat.person, seat.principal)
        ),
        read=frozenset(
            (one, step.name)
            for step, seat in decided
            if step.role in READERS and seat.how in OWN
            for one in (seat.person, seat.principal)
            if one
        ),
    )


def _names(text: str) -> tuple[str, ...]:
    for mark in "、，,;；/":
        text = text.replace(mark, " ")
    return tuple(text.split())


async def turns(request: Request, at: datetime) -> dict[str, str]:
    """Whose turn it is at the open step of a request, as `holders` has them; nobody where none waits."""
    step = request.current
    return await holders(step, applicant_of(request), at) if step else {}


async def holders(step: Step, applicant: Applicant, at: datetime) -> dict[str, str]:
    """Whose turn it is at this step now: person -> the principal they stand in for, or empty.

    Never the applicant; nobody where nobody is there, and then the request waits.
    """
    return await with_added(step, await owners(step, applicant, at), at)


async def with_added(step: Step, owners: Mapping[str, str], at: datetime) -> dict[str, str]:
    """Who may decide a step for itself, and then those whose turn it is by 加签, in the order in which they
    were named, as long as they are 教职工 in service."""
    named = [seat.person for seat in asked(step)]
    known = await people.several(named)
    added = [one for one in named if one in known and serves(known[one], at)]
    return {**owners, **dict.fromkeys(added, "")}


async def owners(step: Step, applicant: Applicant, at: datetime) -> dict[str, str]:
    """Who may decide this step for itself, and give it to others, as `holders` has them."""
    if own(step) is Result.AGREED:
        return {}
    principals = await _principals(step, applicant, at)
    twice = {seat.person for seat in step.seats if seat.group and seat.state in (OPEN, DECIDED)}
    principals = [one for one in principals if one not in twice] or principals
    found = dict.fromkeys(principals, "")
    for proxy in await proxies.active(principals, at):
        if not proxy.covers(applicant.kind):
            continue
        delegate, principal = await people.get(proxy.delegate), await people.get(proxy.principal)
        if delegate and delegate.id in step.placed:
            continue  # one person has one place
        if delegate and principal and await _may_stand_in(delegate, principal, step, applicant, at):
            found.setdefault(delegate.id, proxy.principal)
    for person in await on_duty(step, applicant, at) if principals else ():
        if person not in step.placed:
            found.setdefault(person, principals[0])
    return found


async def on_duty(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    """值班: outside working hours an urgent step is theirs too whose turn it is and who could hold it."""
    if not applicant.urgent or working_hours(at, await workyear.current()):
        return []
    upwards = await people.units_upwards(step.unit)
    turns = await on_call.at([unit.code for unit in upwards], at)
    fit = await peers(step, applicant, at) if turns else ()
    return [person for person in turns if person in fit]


async def acts_on_duty(request: Request, person: str, principal: str, at: datetime) -> bool:
    """Whether somebody decides the waiting step because it is their turn, and by no proxy."""
    if not principal or (step := request.current) is None:
        return False
    applicant = applicant_of(request)
    if person not in await on_duty(step, applicant, at):
        return False
    given = await proxies.active([principal], at)
    return not any(one.delegate == person and one.covers(applicant.kind) for one in given)


async def _may_stand_in(
    delegate: Person, principal: Person, step: Step, applicant: Applicant, at: datetime
) -> bool:
    """Checked when somebody stands in, as the principal is: a post lost since then ends it."""
    fit = serves(delegate, at) and not applicant.keeps_from(step, delegate)
    return fit and await standing_in.fits(principal, delegate)


async def _principals(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    if named := [seat.person for seat in own_turn(step)]:
        fit = await peers(step, applicant, at)
        if there := [person for person in named if person in fit]:
            return there
    if step.way is not Way.ANY:
        return []  # only those who were convened decide it, and they together
    return await roll(step, applicant, at)


async def roll(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    """All whom a step is for by its role."""
    if role := _SCHOOL_WIDE.get(step.role):
        return _serving(await people.with_role(role), step, applicant, at)
    if step.role in READERS:
        return await _readers(step, applicant, at)
    if step.role is StepRole.OPERATORS:
        found = _serving(await _operators(step.unit), step, applicant, at)
        head = await _responsible(await people.units_upwards(step.unit), at)
        return found or _serving([head] if head else [], step, applicant, at)
    upwards = await people.units_upwards(step.unit)
    if step.role is StepRole.APPLICANT:
        own = _serving((await people.several([applicant.id])).values(), step, applicant, at)
        if own:
            return own
    if step.role is StepRole.SECRECY_REVIEWER:
        return (await _reviewers(upwards, applicant, at)).ids
    responsible = await _responsible(upwards, at)
    return _serving([responsible] if responsible else [], step, applicant, at)


def _serving(found: Iterable[Person], step: Step, applicant: Applicant, at: datetime) -> list[str]:
    return [one.id for one in found if serves(one, at) and not applicant.keeps_from(step, one)]


async def _readers(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    """Those of the press who may take this review and leave the later ones somebody else each."""
    steps = [replace(step, role=role) for role in READERS[READERS.index(step.role) :]]
    able = []
    for one in steps:
        known = await people.with_role(_READ_BY[one.role])
        here = [person for person in known if await managing_unit(person.unit) == step.unit]
        able.append(_serving(here, one, applicant, at))
    return first_of(able)


async def _operators(unit: str) -> list[Person]:
    """Those who run the media of a unit, and its 内勤."""
    running = await people.several([medium.operator for medium in await media.of_units([unit])])
    return [*running.values(), *await people.with_role(Role.CLERK, unit)]


@dataclass(frozen=True, slots=True)
class _Reviewers:
    """Who reviews, and of which unit; `wrote` where there are reviewers, and all of them wrote this."""

    unit: str = ""
    ids: list[str] = field(default_factory=list)
    wrote: bool = False


async def _reviewers(upwards: Sequence[Unit], applicant: Applicant, at: datetime) -> _Reviewers:
    """Those of the nearest unit upwards with a reviewer who wrote nothing of this."""
    wrote = False
    for unit in upwards:
        found = [one for one in await people.with_role(Role.SECRECY_REVIEWER, unit.code) if serves(one, at)]
        if others := [one.id for one in found if not applicant.wrote(one)]:
            return _Reviewers(unit.code, others)
        wrote = wrote or bool(found)
    return _Reviewers(wrote=wrote)


async def _responsible(upwards: Sequence[Unit], at: datetime) -> Person | None:
    """The first-responsible person of the nearest unit upwards that has one in service."""
    for unit in upwards:
        person = await people.get(unit.first_responsible) if unit.first_responsible else None
        if person and serves(person, at):
            return person
    return None


async def facts(unit: str, applicant: Applicant, necessary: tuple[str, ...], at: datetime) -> Facts:
    """What the chain of a post on media of `unit` depends on."""
    upwards = await people.units_upwards(unit)
    responsible = await _responsible(upwards, at)
    reviewers = await _reviewers(upwards, applicant, at)
    head = responsible.id if responsible else ""
    return Facts(
        unit=unit,
        review_unit=reviewers.unit,
        applicant_is_responsible=head == applicant.id,
        necessary=necessary,
        reviewers_wrote=reviewers.wrote,
        responsible_wrote=head != applicant.id and head in applicant.authors,
    )


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


async def has_responsible(unit: Unit, at: datetime) -> bool:
    """Whether the unit itself has a first-responsible person in service."""
    person = await people.get(unit.first_responsible) if unit.first_responsible else None
    return person is not None and serves(person, at)


async def peers(step: Step, applicant: Applicant, at: datetime) -> list[str]:
    """To whom the holder of a step may hand it: those of the same unit who may decide such a step; what asks
    its applicant for a proof, to who runs its media, its 内勤 and its head, for an applicant may be away."""
    if step.role is StepRole.FIRST_RESPONSIBLE:
        for unit in await people.units_upwards(step.unit):
            if unit.first_responsible:
                known = await people.several((unit.first_responsible, *unit.deputies))
                return _serving(known.values(), step, applicant, at)
        return []
    if step.role is StepRole.APPLICANT:
        head = await _responsible(await people.units_upwards(step.unit), at)
        of_the_unit = [*await _operators(step.unit), *([head] if head else [])]
        others = _serving(of_the_unit, step, applicant, at)
        return list(dict.fromkeys([*await roll(step, applicant, at), *others]))
    return await roll(step, applicant, at)


async def of_centre(person: Person, at: datetime) -> bool:
    """Whether somebody acts for the centre: 中心审批人, or its head."""
    return serves(person, at) and (is_center(person) or await heads_centre(person))


async def steward(person: Person, at: datetime) -> bool:
    """Whether somebody may move a matter that is stuck: 系统管理员, or the head of the centre."""
    return serves(person, at) and (Role.ADMIN in person.roles or await heads_centre(person))


async def heads_centre(person: Person) -> bool:
    """Whether somebody is the first-responsible person of the centre."""
    return person.id in {unit.first_responsible for unit in await people.units_of(UnitKind.MEDIA_CENTER)}


async def of_party(person: Person) -> bool:
    """Whether somebody is of 学校党委 itself."""
    unit = await people.unit(await managing_unit(person.unit)) if person.unit else None
    return unit is not None and unit.kind is UnitKind.PARTY_COMMITTEE
