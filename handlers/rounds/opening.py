"""A round begins: the centre names its days and units, and the returns are opened in slices."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from cards.times import day
from handlers import workyear
from handlers.cases import opening, record
from handlers.events import Click, Reply, Tick
from handlers.ledger import own_media, pages
from handlers.people import whose
from handlers.processes import inventory
from handlers.rounds import beginning, powers, yearly
from handlers.rounds.beginning import Event, Plan
from handlers.rules.articles import ART_11
from handlers.rules.attention import Concern
from handlers.rules.deadlines import SHANGHAI, at_work
from handlers.rules.vacancies import must_have_responsible
from handlers.typed.moments import Wrong, calendar_day
from storage import people, rounds, trail
from storage.records import Person, TrailEntry, Unit
from storage.rounds import Round

SLICE = 1
"""Returns opened in one transaction: others get their turn between two slices."""

SCHOOL = "全校"
USAGE = "请这样写：/摸底 开始 12-01 12-31；只摸底几个单位的，在后面写单位名，用顿号隔开"


async def planned(event: Event, person: Person, words: str) -> Plan | Reply:
    """`/摸底 开始 起 止 [范围]`: what the centre may open, or why it may not."""
    if not await whose.of_centre(person, event.at):
        return Reply(f"摸底由全媒体中心发起（{ART_11}）。看本单位的请发：/摸底", ok=False)
    first, last, *scope = [*words.split(maxsplit=2), "", ""][:3]
    if not last:
        return Reply(USAGE, ok=False, title="还差日期")
    try:
        starts, due = _days(first, last, event.at)
    except Wrong as why:
        return Reply(f"{why}。{USAGE}", ok=False)
    units = await _units("".join(scope))
    if isinstance(units, Reply):
        return units
    current = await rounds.latest()
    if current and current.due_on >= _today(event.at) and await _waits(current):
        return Reply(f"{current.name}还没有结束。看进度请发：/摸底 进度", ok=False)
    return Plan(
        Round(0, named(due), starts, due, person.id, event.at),
        [unit.code for unit in units],
        "摸底表发给各单位的媒体运营人填报，由第一责任人确认上报",
        ART_11,
        f"{day(starts, event.at)}至 {day(due, event.at)}",
        f"{starts} {due} {'、'.join(unit.name for unit in units)}",
    )


async def _begun(event: Click, person: Person, plan: Plan) -> str:
    """Each unit gets its return within minutes."""
    kept = await rounds.add(plan.of, plan.units)
    await _noted(event, person, kept, len(plan.units))
    told = f"已发起 {kept.name}，{len(plan.units)} 个单位，{day(kept.due_on, event.at)}前上报。"
    return f"{told}摸底表会陆续发给各单位；看进度请发：/摸底 进度"


def _days(first: str, last: str, at: datetime) -> tuple[date, date]:
    """Both days, the last not before the first and not over."""
    starts, due = (date.fromisoformat(calendar_day(one, at)) for one in (first, last))
    if due < starts or due < _today(at):
        raise Wrong("截止日期不能早于开始日期和今天")
    return starts, due


def named(due: date) -> str:
    """2026 年下半年摸底"""
    return f"{due.year} 年{'上' if due.month <= 7 else '下'}半年摸底"


async def _units(scope: str) -> list[Unit] | Reply:
    """The units that answer for themselves, all of them or those named."""
    known = [unit for unit in await people.all_units() if must_have_responsible(unit)]
    if scope in ("", SCHOOL):
        return known
    found = []
    for name in filter(None, scope.replace("，", "、").split("、")):
        unit = next((one for one in known if name in (one.code, one.name)), None)
        if unit is None:
            return Reply(f"没有找到单位“{name}”。请写单位全称，用顿号隔开，或写“{SCHOOL}”。", ok=False)
        found.append(unit)
    return list(dict.fromkeys(found))


async def _waits(current: Round) -> bool:
    return any(one.state in ("", "in_review", "paused") for one in await rounds.returns(current.id))


async def _noted(event: Click, person: Person, opened: Round, count: int) -> None:
    note = f"{opened.name}，{opened.starts_on} 至 {opened.due_on}，{count} 个单位"
    await trail.note(
        TrailEntry(
            matter=f"round:{opened.id}", seq=0, at=event.at, actor=person.id, act="round",
            platform=event.platform, message=event.message or event.key, article=ART_11, note=note,
        )
    )  # fmt: skip


async def open_some(event: Tick) -> Reply:
    """The next few requests of rounds that have begun; each is asked for as soon as it is there, and of one
    that was planned ahead within working hours."""
    today = _today(event.at)
    working = at_work(event.at, await workyear.current())
    since = None if working else datetime.combine(today, time(), SHANGHAI)
    found = await rounds.unopened(today, SLICE, since)
    for opened, unit in found:
        await _OPENS[opened.kind](opened, unit, event.at)
    return Reply(left=event.after if len(found) == SLICE else None)


async def _open(opened: Round, unit: str, at: datetime) -> None:
    listed = await _listed(unit, at)
    plan = inventory.planned(opened.name, opened.id, unit, opened.due_on, listed, at)
    by = record.By("", at)
    request = await opening.opened(plan, by, article=ART_11, note=f"{opened.name}，{len(listed)} 个媒体")
    await rounds.opened(opened.id, unit, request.id)


async def _listed(unit: str, at: datetime) -> Sequence[Mapping[str, Any]]:
    """What the ledger has of the unit's media, with what needs a look."""
    media = await own_media.own_media(unit)
    noticed = {medium.no: facts for medium, facts in await pages.concerns(media, at)}
    return [
        {
            "no": medium.no,
            "name": medium.name,
            "platform": medium.platform_type,
            "state": medium.state.value,
            "facts": [pages.said(fact) for fact in noticed.get(medium.no, ())],
            "left": any(fact.concern is Concern.NOBODY for fact in noticed.get(medium.no, ())),
        }
        for medium in media
        if medium.state.value != "注销"
    ]


_OPENS = {
    rounds.INVENTORY: _open,
    rounds.INSPECTION: yearly.open_one,
    rounds.POWERS: powers.open_one,
}
"""How the request of a unit is opened, by the kind of the round."""


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


ROUND = beginning.Kind(rounds.INVENTORY, planned, _begun)
