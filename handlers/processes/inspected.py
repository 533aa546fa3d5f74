"""What the records say of a unit's year: everything that its figures are counted from (Article 12)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from cards.duties import item_name
from cards.form import PUBLISH
from cards.form_inventory import RETURN
from cards.form_media import CHANGE, FILING, LATE
from cards.form_personal import PERSONAL
from cards.form_rectify import RECTIFY
from cards.form_violation import VIOLATION
from cards.processes.rectify import REPLYING, due_on
from handlers.ledger import own_media, systems
from handlers.ledger import powers as four_powers
from handlers.rules.deadlines import ends
from handlers.rules.editions import EDITIONS
from handlers.rules.hearing import in_force, upheld
from handlers.rules.inspection import Found, Record, Records
from handlers.rules.permits import SHANGHAI, managed_by
from storage import inspections, ledger_facts, people, requests
from storage.records import OPEN, Act, Medium, MediumState, Request, State
from storage.vocabulary import SEVERITIES

EVER = datetime.fromtimestamp(0, UTC)
FILINGS = (FILING.kind, CHANGE.kind)
Kept = tuple[Records, Records, Records]
"""Of what has a last day: answered in time, late, and those that still have time."""


async def found(unit: str, year: int, since: datetime, until: datetime) -> Found:
    """What the records of a managing unit say of that time, and of that year what it has on record."""
    media = [one for one in await own_media.own_media(unit) if one.state is not MediumState.DEREGISTERED]
    filings = await inspections.submitted(unit, FILINGS, since, until)
    late = [(one, said) for one in filings if (said := lateness(one))]
    slow = {one.number for one, _ in late}
    posts = await inspections.posts(unit, since, until)
    cases = await _closed(unit, since, until)
    rectified, rectified_late, rectifying = await _notices(unit, since, until)
    reported, reported_late, unreported, reporting = await _returns(unit, since, until)
    back = await inspections.returned(unit, (PUBLISH.kind, *FILINGS), since, until)
    account = await systems.standing(unit, year, until.astimezone(SHANGHAI).date())
    standing = [one for one in account.stands if one.number and not one.item.yearly]
    publishes, powers = await _powers(unit, year)
    return Found(
        filed=tuple(_named(one) for one in media if one.filed_on),
        unfiled=(*(_named(one) for one in media if not one.filed_on), *_under_way(filings)),
        in_time=tuple(Record(one.number) for one in filings if one.number not in slow),
        late=tuple(Record(one.number, said) for one, said in late),
        owed=await _owed([one.no for one in media], until),
        posts=tuple(Record(one.number) for one in posts),
        hours=tuple((one.number, one.hours) for one in posts if one.hours is not None),
        returned=tuple(Record(number, f"退回 {times} 次") for number, times in back),
        upheld=tuple((one.number, _severity(one)) for one in cases if upheld(one.form)),
        unfounded=tuple(Record(one.number, "不属实") for one in cases if not upheld(one.form)),
        rectified=rectified,
        rectified_late=rectified_late,
        rectifying=rectifying,
        reported=reported,
        reported_late=reported_late,
        unreported=unreported,
        reporting=reporting,
        systems=tuple(Record(one.number, one.item.name) for one in standing) or None,
        trainings=tuple(Record(one.number, one.kind) for one in account.trainings) or None,
        powers=powers,
        publishes=publishes,
        personal=await _personal(unit),
    )


async def _powers(unit: str, year: int) -> tuple[bool, Records | None]:
    """Whether the unit is asked for the four powers of Article 10, and those it holds, once it has spoken."""
    said = await four_powers.powers(unit, year)
    if said is None or not said.said:
        return said is not None or unit in await four_powers.publishers(), None
    return True, tuple(Record(said.number, power) for power in said.held)


def _named(medium: Medium) -> Record:
    return Record(medium.no, medium.name)


def _under_way(filings: Sequence[Request]) -> Records:
    """Media that run and whose filing has not passed yet."""
    waits = [one for one in filings if one.kind == FILING.kind and one.state in OPEN]
    return tuple(Record(one.number, "补备案未办结") for one in waits if one.form["filing_kind"] == LATE)


def lateness(filing: Request) -> str:
    """How late a filing was begun, as its record has it; empty where it was in time. What was opened before
    the Measures were issued is late of nothing (Article 17)."""
    if filing.kind == CHANGE.kind:
        days = int(filing.facts.get("delay") or 0)
        return f"逾期 {days} 个工作日" if filing.facts.get("late") else ""
    since = EDITIONS[0].since.isoformat()
    late = filing.form["filing_kind"] == LATE and filing.form["opened_on"] >= since
    return f"补备案，{filing.form['opened_on']} 已开通" if late else ""


async def _owed(numbers: Sequence[str], until: datetime) -> Records:
    """Changes that nobody has filed in their time."""
    owed = await ledger_facts.changes_owed(numbers)
    return tuple(
        Record(one.medium, f"{item_name(one.item)}变更未备案") for one in owed if one.due_at <= until
    )


async def _closed(unit: str, since: datetime, until: datetime) -> list[Request]:
    """The cases that were decided in that time, as they stand."""
    begun = await inspections.submitted(unit, (VIOLATION.kind,), EVER, until)
    closed = [one for one in begun if one.state is State.RECORDED]
    times = [(await requests.decisions(one.id))[-1].at for one in closed]
    return [one for one, at in zip(closed, times, strict=True) if since <= at < until]


def _severity(case: Request) -> str:
    return str(in_force(case.form).get("severity") or SEVERITIES[0])


async def _notices(unit: str, since: datetime, until: datetime) -> Kept:
    """Answered by the last day that stands, or not; what was raised to the next measure is among them."""
    kept, late, waits = [], [], []
    taken_back = (State.WITHDRAWN, State.VOIDED)
    for one in await inspections.submitted(unit, (RECTIFY.kind,), since, until, taken_back):
        given = await _at(one, Act.SUPPLY) if one.step != REPLYING else None
        if (given or until) >= ends(due_on(one)):
            late.append(Record(one.number, "逾期回复" if given else "逾期未回复"))
        elif given:
            kept.append(Record(one.number))
        else:
            waits.append(Record(one.number, "限期未到"))
    return tuple(kept), tuple(late), tuple(waits)


async def _returns(unit: str, since: datetime, until: datetime) -> tuple[Records, Records, Records, Records]:
    kept, late, missing, waits = [], [], [], []
    for one in await inspections.submitted(unit, (RETURN.kind,), since, until):
        over, name = ends(date.fromisoformat(one.form["due_on"])), str(one.form["round"])
        given = await _at(one, Act.APPROVE) if one.state is State.RECORDED else None
        if given and given < over:
            kept.append(Record(one.number, name))
        elif given:
            late.append(Record(one.number, f"{name}，逾期上报"))
        elif over <= until:
            missing.append(Record(one.number, f"{name}，未上报"))
        else:
            waits.append(Record(one.number, f"{name}，限期未到"))
    return tuple(kept), tuple(late), tuple(missing), tuple(waits)


async def _at(request: Request, act: Act) -> datetime | None:
    """When that was done last, if ever."""
    done = [one.at for one in await requests.decisions(request.id) if one.act is act]
    return done[-1] if done else None


async def _personal(unit: str) -> int:
    """How many accounts its people have registered; which, is theirs, their head's and the centre's."""
    units = {one.code: one for one in await people.all_units()}
    codes = [code for code in units if managed_by(code, units) == unit]
    return await inspections.registered(PERSONAL.kind, codes)
