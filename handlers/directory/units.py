"""Units renamed, merged and split, from a day on: what was theirs follows, and the history stays.

`by` is the system account that does it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.cases import record, rerouting
from handlers.ledger import change_ledger, moving
from handlers.people import whose
from handlers.rules.articles import ART_5_2
from handlers.rules.authority import Difference, differences, entry
from handlers.rules.import_rows import Existing
from handlers.rules.permits import SHANGHAI, Refusal
from storage import departures, ledger, media, people, requests, trail, units
from storage.held import held
from storage.records import Medium, Unit

ACT = "unit"
"""What the trail calls it where something goes from one unit to another."""


async def rename(code: str, name: str, on: date, at: datetime, by: str) -> Refusal | None:
    """Give a unit another name, or say why that cannot be."""
    unit = await people.unit(code)
    if unit is None:
        return _unknown(code)
    if refusal := await _not_yet(on, at, code):
        return refusal
    taken = [other.code for other in await people.all_units() if other.name == name]
    if taken:
        return Refusal(f"“{name}”已是单位 {taken[0]} 的名称")
    await units.rename(code, name)
    await _note(unit, units.RENAMED, unit.name, name, on, at, by)
    return None


async def merge(code: str, into: str, on: date, at: datetime, by: str) -> Refusal | None:
    """Make one unit part of another: people, media, inner units and open requests follow."""
    unit, successor = await people.unit(code), await people.unit(into)
    if unit is None or successor is None:
        return _unknown(code if unit is None else into)
    if code == into:
        return Refusal("不能并入自己")
    if refusal := await _not_yet(on, at, code, into):
        return refusal
    hosted = await media.of_units([code])
    before = await _books()
    apart = await whose.managing_unit(code) != await whose.managing_unit(into)
    led = await whose.responsible_for(code, at) if apart else None
    moved = await units.open_requests(code)
    await held(request=[*moved, *await departures.open_steps()], medium=[medium.no for medium in hosted])
    for number in moved:
        await _move_request(number, code, into, record.By(by, at))
    await units.put_into(code, into, at)
    for medium in hosted:
        await _moved(medium, into, on, at)
    await _note(unit, units.MERGED, unit.name, into, on, at, by)
    await _record(before, f"{code} merged into {into} on {on}", at, by)
    if led is not None:
        await moving.tell([medium.no for medium in hosted], at, merged=led)
    await rerouting.all_open(f"unit {code} merged into {into}", at, by)
    return None


async def split(code: str, parts: Sequence[str], on: date, at: datetime, by: str) -> Refusal | None:
    """Note which units came out of one; who and what goes where is for an import to say."""
    unit = await people.unit(code)
    if unit is None:
        return _unknown(code)
    for part in parts:
        if part == code or await people.unit(part) is None:
            return _unknown(part) if part != code else Refusal("拆分后的单位不能是它自己")
    if refusal := await _not_yet(on, at, code, *parts):
        return refusal
    for part in parts:
        await _note(unit, units.SPLIT, unit.name, part, on, at, by)
    return None


def _unknown(code: str) -> Refusal:
    return Refusal(f"没有代码为 {code} 的单位")


async def _not_yet(on: date, at: datetime, *codes: str) -> Refusal | None:
    """A day still to come is entered when it comes; a unit that is no more cannot change."""
    if on > at.astimezone(SHANGHAI).date():
        return Refusal(f"{on} 还没有到，请在当天或之后登记")
    merged = await units.merged()
    gone = [code for code in codes if code in merged]
    return Refusal(f"{gone[0]} 已并入 {merged[gone[0]]}") if gone else None


async def _books() -> Existing:
    return Existing(
        {unit.code: unit for unit in await people.all_units()},
        {person.id: person for person in await people.everybody()},
        {medium.no: medium for medium in await media.ledger()},
    )


async def _record(before: Existing, because: str, at: datetime, by: str) -> None:
    """Each thing that carries authority and is otherwise since `before`, in the trail."""
    now = await _books()
    changed = differences(before, now.units.values(), now.people.values(), now.media.values())
    await trail.note(*(entry(change, ACT, by, at, because) for change in changed))


async def _move_request(number: str, code: str, into: str, by: record.By) -> None:
    request = (await held(request=number)).request
    assert request is not None
    stands = record.place(request)
    note = f"unit {code} → {into}"
    after = await record.keep(request, ACT, by, before=stands, after=stands, article=ART_5_2, note=note)
    await requests.save(after)


async def _moved(medium: Medium, into: str, on: date, at: datetime) -> None:
    """A medium that came to the unit after that day is the successor's from the day it came."""
    history = await ledger.history(medium.no)
    came = [c.effective_on for c in history if c.item == "host_unit" and c.recorded_at]
    day = max([on, *came])
    entry = change_ledger.recorded(medium.no, "host_unit", medium.unit, into, day, at, "unit")
    await change_ledger.lay_in(medium, [entry])


async def _note(unit: Unit, kind: str, before: str, after: str, on: date, at: datetime, by: str) -> None:
    await units.note(unit.code, kind, before, after, on, at)
    await trail.note(entry(Difference(f"unit:{unit.code}", "", before, after), kind, by, at, on.isoformat()))
