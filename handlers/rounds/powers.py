"""/四权: the four powers of a year are asked for in October, or when somebody says so (Article 10)."""

from datetime import date, datetime

from handlers import workyear
from handlers.cases import opening, record
from handlers.events import Reply, Tick
from handlers.ledger import powers as ledger
from handlers.processes import powers
from handlers.rules.articles import ART_10
from handlers.rules.deadlines import SHANGHAI, at_work
from storage import rounds, trail
from storage.records import TrailEntry
from storage.rounds import POWERS, Round

MONTH, LAST_DAY = 10, 31
"""The Measures name no time (始终掌握): ours is October, before the year's account (Article 12)."""

DAYS = 10
"""Working days at least, where a unit is asked later."""


async def yearly(event: Tick) -> Reply:
    """In October every unit that runs a publication is asked, once a year, and nobody on a day off."""
    today = event.at.astimezone(SHANGHAI).date()
    if today.month == MONTH and at_work(event.at, await workyear.current()):
        await begun(today, "", event.at, event.key)
    return Reply()


async def planned(today: date, by: str, at: datetime) -> tuple[Round, list[str]] | None:
    """The round of the year, and the units that are not asked in it yet; None where there is none of them."""
    running = await ledger.publishers()
    known = await rounds.of_year(today.year, POWERS)
    asked = {one.unit for one in await rounds.returns(known.id)} if known else set()
    new = [unit for unit in running if unit not in asked]
    named = f"{today.year} 年四权确认"
    return (known or Round(0, named, today, await _due(today), by, at, POWERS), new) if new else None


async def begun(today: date, by: str, at: datetime, message: str) -> int:
    """The units that the year's round did not have yet are in it now; how many they were."""
    await rounds.turn(POWERS)
    plan = await planned(today, by, at)
    if plan is None:
        return 0
    known, new = plan
    if known.id:
        await rounds.join(known.id, new)
    else:
        known = await rounds.add(known, new)
    await trail.note(
        TrailEntry(
            matter=f"round:{known.id}", seq=0, at=at, actor=by, act="round", message=message, article=ART_10,
            note=f"{known.name}，{len(new)} 个单位",
        )
    )  # fmt: skip
    return len(new)


async def _due(today: date) -> date:
    """The end of October, or ten working days on."""
    return max(date(today.year, MONTH, LAST_DAY), await _earliest(today))


async def _earliest(today: date) -> date:
    """Nobody is asked for less than ten working days."""
    return (await workyear.current()).add(today, DAYS)


async def open_one(of: Round, unit: str, at: datetime) -> None:
    """What is asked of one unit; who must answer is told."""
    media = (await ledger.publishers()).get(unit, [])
    due = max(of.due_on, await _earliest(at.astimezone(SHANGHAI).date()))
    plan = powers.planned(of, unit, media, due, at)
    request = await opening.opened(plan, record.By("", at), article=ART_10, note=of.name)
    await rounds.opened(of.id, unit, request.id)
