"""The account of a year: the centre or 学校党委 opens a pack for each unit that runs media (Article 12)."""

from datetime import date, datetime

from handlers.cases import opening, record
from handlers.events import Message, Reply
from handlers.processes import inspection
from handlers.rules.articles import ART_12
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.inspection import too_early
from handlers.rules.permits import managed_by
from storage import media, people, rounds, trail
from storage.records import MediumState, Person, TrailEntry
from storage.rounds import INSPECTION, Round


def named(year: int) -> str:
    """2026 年度督查"""
    return f"{year} 年度督查"


async def opened(event: Message, person: Person, year: int) -> Reply:
    """The account of a year begins; each unit gets its pack within minutes."""
    if why := too_early(year, event.at.astimezone(SHANGHAI).date()):
        return Reply(f"{why}。看一个单位现在的情况请发：/督查 单位", ok=False)
    await rounds.turn(INSPECTION)
    if begun := await rounds.of_year(year):
        return Reply(template="account", args={"round": begun.id})
    units = await running()
    if not units:
        return Reply("台账里没有在用的媒体，没有需要督查的单位。", ok=False)
    first, last = date(year, 1, 1), date(year, 12, 31)
    kept = await rounds.add(Round(0, named(year), first, last, person.id, event.at, INSPECTION), units)
    await trail.note(
        TrailEntry(
            matter=f"round:{kept.id}", seq=0, at=event.at, actor=person.id, act="round",
            platform=event.platform, message=event.message or event.key, article=ART_12,
            note=f"{kept.name}，{len(units)} 个单位",
        )
    )  # fmt: skip
    told = f"已开启{kept.name}，{len(units)} 个有媒体的单位。材料会陆续核算并送各单位第一责任人提意见，"
    return Reply(f"{told}{inspection.OPINION_DAYS} 个工作日内提出。看进度请发：/督查 {year}")


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
