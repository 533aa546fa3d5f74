"""The account of a year: the centre or 学校党委 opens a pack for each unit that runs media (Article 12)."""

from datetime import date, datetime

from handlers.cases import opening, record
from handlers.events import Click, Message, Reply
from handlers.processes import inspection
from handlers.reminders import due_account
from handlers.rounds import beginning
from handlers.rounds.beginning import Event, Plan
from handlers.rules.articles import ART_12
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.inspection import too_early
from handlers.rules.permits import managed_by
from storage import duties, media, people, rounds, trail
from storage.duty_records import DutyKind
from storage.records import MediumState, Person, TrailEntry
from storage.rounds import INSPECTION, Round

REASON = 200
"""Characters of the reason why a year goes without its account."""


def named(year: int) -> str:
    """2026 年度督查"""
    return f"{year} 年度督查"


async def planned(event: Event, person: Person, words: str) -> Plan | Reply:
    """The account of the year in `words` that may be opened, or why it may not; of one that is, itself."""
    year, today = int(words), event.at.astimezone(SHANGHAI).date()
    if not await inspection.may_open(person, event.at):
        return Reply(f"年度督查由全媒体中心或学校党委开启（{ART_12}）。", ok=False)
    if why := too_early(year, today):
        return Reply(f"{why}。看一个单位现在的情况请发：/督查 单位", ok=False)
    if begun := await rounds.of_year(year):
        return Reply(template="account", args={"round": begun.id})
    units = await running()
    if not units:
        return Reply("台账里没有在用的媒体，没有需要督查的单位。", ok=False)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Plan(
        Round(0, named(year), first, last, person.id, event.at, INSPECTION),
        units,
        "材料按记录核算，送各有媒体单位的第一责任人提意见",
        ART_12,
        f"{year} 年的记录，{inspection.OPINION_DAYS} 个工作日内提意见",
        words,
    )


async def _begun(event: Click, person: Person, plan: Plan) -> str:
    """Each unit gets its pack within minutes."""
    kept = await rounds.add(plan.of, plan.units)
    await trail.note(
        TrailEntry(
            matter=f"round:{kept.id}", seq=0, at=event.at, actor=person.id, act="round",
            platform=event.platform, message=event.message or event.key, article=ART_12,
            note=f"{kept.name}，{len(plan.units)} 个单位",
        )
    )  # fmt: skip
    await _settled(kept.starts_on.year)
    told = f"已开启 {kept.name}，{len(plan.units)} 个有媒体的单位。材料会陆续核算并送各单位第一责任人提意见，"
    return f"{told}{inspection.OPINION_DAYS} 个工作日内提出。看进度请发：/督查 {kept.starts_on.year}"


async def declined(event: Message, person: Person, year: int, why: str) -> Reply:
    """There is no account of that year, and why; the centre is reminded no more."""
    if early := too_early(year, event.at.astimezone(SHANGHAI).date()):
        return Reply(f"{early}，现在不用说明不开展。", ok=False)
    if not why:
        return Reply(f"请写明理由：/督查 {year} 不开展 理由", ok=False, title="还差理由")
    if len(why) > REASON:
        return Reply(f"理由请不超过 {REASON} 字。", ok=False)
    await rounds.turn(INSPECTION)
    if begun := await rounds.of_year(year):
        return Reply(template="account", args={"round": begun.id})
    if await due_account.declined(year):
        return Reply(f"{named(year)}已记为不开展。要开启请发：/督查 {year}", ok=False)
    await trail.note(
        TrailEntry(
            matter=due_account.name(year), seq=0, at=event.at, actor=person.id, act=due_account.DECLINED,
            platform=event.platform, message=event.message or event.key, article=ART_12, note=why,
        )
    )  # fmt: skip
    await _settled(year)
    return Reply(f"已记下：{named(year)}不开展，不再提醒。理由：{why}\n以后要开启，仍可发：/督查 {year}")


async def _settled(year: int) -> None:
    """Whether to open the account is no question any more; the cards that asked say so."""
    for duty in await duties.standing(DutyKind.ACCOUNT):
        if duty.name == due_account.name(year):
            await duties.over(duty.id)


async def running() -> list[str]:
    """The managing units that run media: an inner office's are its unit's."""
    units = {unit.code: unit for unit in await people.all_units()}
    runs = [
        one.unit for one in await media.of_units(list(units)) if one.state is not MediumState.DEREGISTERED
    ]
    return sorted({managed_by(code, units) for code in runs if code in units})


async def open_one(of: Round, unit: str, at: datetime) -> None:
    """The pack of a unit: its figures are counted now, and stay as they are in this version."""
    plan = await inspection.planned(of.starts_on.year, unit, of.id, at)
    request = await opening.opened(plan, record.By("", at), article=ART_12, note=of.name)
    await rounds.opened(of.id, unit, request.id)


ROUND = beginning.Kind(INSPECTION, planned, _begun)
