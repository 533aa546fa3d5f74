"""Once an hour: what no event says, and what begins by it: a vacancy, a missing year, the Monday digest."""

from datetime import datetime

from handlers import workyear
from handlers.duties import follow
from handlers.duties.table import LASTING
from handlers.events import Reply, Tick
from handlers.people import whose
from handlers.reminders import due_account, lacking
from handlers.rules.articles import ART_5_2, ART_6_1, ART_6_2, ART_11, ART_12
from handlers.rules.deadlines import SHANGHAI, permitted
from handlers.rules.ladder import (
    KEY,
    account_ladder,
    missing_years,
    next_monday,
    round_month,
    weekly,
    year_ladder,
)
from handlers.rules.vacancies import must_have_responsible
from storage import duties, people, requests, rounds
from storage.duty_records import Duty, DutyKind


async def handle(event: Tick) -> Reply:
    """Once an hour: what no event says. Units without a first-responsible person, states that owe nothing,
    years without official days; and the Monday digest, which begins with the first look."""
    await _vacant_units(event.at)
    await _unowed(event.at)
    await _missing_years(event.at)
    await _inventory(event.at)
    await _account(event.at)
    await lacking.look(event.at)
    first = next(weekly(next_monday(event.at), await workyear.current())).at
    await _stand("week", DutyKind.WEEK, ART_6_1, event.at, first, {})
    return Reply()


async def _vacant_units(at: datetime) -> None:
    known = {(duty.detail or {}).get("unit") for duty in await duties.standing(DutyKind.VACANCY)}
    for unit in await people.all_units():
        if (
            must_have_responsible(unit)
            and unit.code not in known
            and not await whose.has_responsible(unit, at)
        ):
            first = permitted(at, await workyear.current(), KEY)
            name = f"vacancy:unit:{unit.code}"
            await _stand(name, DutyKind.VACANCY, ART_5_2, at, first, {"unit": unit.code})


async def _unowed(at: datetime) -> None:
    """Steps that lost whoever could decide them: an event may have taken them without a word; and requests
    of before the table said what their state owes."""
    for request in [*await requests.unheld(), *await duties.lacking(LASTING)]:
        if held := await requests.hold_free(request):
            await follow.request(held, at, held=bool(await requests.holders(held.id)))


async def _inventory(at: datetime) -> None:
    """In June and in December the centre is asked to open a round, unless it has."""
    month = round_month(at.astimezone(SHANGHAI).date())
    if month and not await rounds.begun_since(month):
        first = permitted(at, await workyear.current(), KEY)
        await _stand(f"round:{month}", DutyKind.ROUND, ART_11, at, first, {"month": month})


async def _account(at: datetime) -> None:
    """From 15 November on the centre is asked to open the year's account, unless it has or declined it."""
    today = at.astimezone(SHANGHAI).date()
    if await due_account.owed(today.year, today):
        calendar = await workyear.current()
        first = max(permitted(at, calendar, KEY), next(account_ladder(today.year, calendar)).at)
        name = due_account.name(today.year)
        await _stand(name, DutyKind.ACCOUNT, ART_12, at, first, {"year": today.year})


async def _missing_years(at: datetime) -> None:
    calendar = await workyear.current()
    for year in missing_years(at.astimezone(SHANGHAI).date(), calendar):
        first = max(permitted(at, calendar, KEY), next(year_ladder(year, calendar)).at)
        await _stand(f"calendar:{year}", DutyKind.CALENDAR, ART_6_2, at, first, {"year": year})


async def _stand(
    name: str, kind: DutyKind, article: str, at: datetime, first: datetime, detail: dict[str, object]
) -> None:
    await duties.begin(Duty(0, name, kind, article, at, None, next_at=first, detail=detail))
