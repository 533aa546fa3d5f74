"""What begins a duty: a change that must be filed, an absence, a vacancy, a year without official days."""

from datetime import date, datetime

from handlers import workyear
from handlers.duty import follow
from handlers.duty.missing import has_responsible
from handlers.events import Reply, Tick
from handlers.rules.articles import ART_5_2, ART_6_1, ART_6_2
from handlers.rules.deadlines import SHANGHAI, duty_due_change, permitted
from handlers.rules.ladder import (
    BEFORE_FIRST,
    KEY,
    absence_ladder,
    missing_years,
    next_monday,
    weekly,
    year_ladder,
)
from handlers.rules.vacancies import must_have_responsible
from storage import duties, ledger, people, requests
from storage.promises import Duty, DutyKind, Proxy
from storage.records import Medium


async def change_happened(
    medium: Medium, item: str, person: str, changed_on: date, at: datetime, source: str
) -> None:
    """A medium's `item` (operator, admins, first_responsible …) changed because of `person`.

    The change must be filed within five working days (Article 6(2)); the same fact told twice, by an
    event and by the nightly sync, is one duty. Who runs the medium and its first-responsible person
    are told as soon as reminders may be sent. A filing that is on its way answers it already.
    """
    calendar = await workyear.current()
    await duties.begin(
        Duty(
            id=0,
            name=f"change:{medium.no}:{item}:{person}",
            kind=DutyKind.CHANGE,
            article=ART_6_2,
            since=at,
            due_at=duty_due_change(changed_on, calendar).at,
            next_at=permitted(at, calendar, KEY),
            rung=BEFORE_FIRST,
            person=medium.operator,
            medium=medium.no,
            detail={
                "item": item,
                "person": person,
                "changed_on": changed_on.isoformat(),
                "calendar": calendar.version,
                "source": source,
            },
        )
    )
    await _answered(medium.no, item, at)


async def _answered(no: str, item: str, at: datetime) -> None:
    """What was filed of the item and waits for the record answers its duty."""
    for change in (await ledger.waiting([no])).get(no, []):
        filing = await requests.by_id(change.request) if change.request else None
        if change.item == item and filing:
            await follow.changes(filing, at)


async def absence_began(proxy: Proxy, at: datetime) -> None:
    """Somebody is stood in for: both are told on the absence's last working day."""
    ladder = absence_ladder(proxy.starts_at, proxy.ends_at, at, await workyear.current())
    if first := next(ladder, None):
        await duties.begin(
            Duty(
                id=0,
                name=f"proxy:{proxy.id}",
                kind=DutyKind.PROXY,
                article=ART_5_2,
                since=at,
                due_at=proxy.ends_at,
                next_at=first.at,
                person=proxy.principal,
                detail={"proxy": proxy.id},
            )
        )


async def look_out(event: Tick) -> Reply:
    """Once an hour: what no event says. Units without a first-responsible person, steps without anybody,
    years without official days; and the Monday digest, which begins with the first look."""
    await _vacant_units(event.at)
    await _vacant_steps(event.at)
    await _missing_years(event.at)
    first = next(weekly(next_monday(event.at), await workyear.current())).at
    await _stand("week", DutyKind.WEEK, ART_6_1, event.at, first, {})
    return Reply()


async def _vacant_units(at: datetime) -> None:
    known = {(duty.detail or {}).get("unit") for duty in await duties.standing(DutyKind.VACANCY)}
    for unit in await people.all_units():
        if must_have_responsible(unit) and unit.code not in known and not await has_responsible(unit, at):
            first = permitted(at, await workyear.current(), KEY)
            name = f"vacancy:unit:{unit.code}"
            await _stand(name, DutyKind.VACANCY, ART_5_2, at, first, {"unit": unit.code})


async def _vacant_steps(at: datetime) -> None:
    """Steps that lost whoever could decide them: an event may have taken them without a word."""
    for request in await requests.unheld():
        if held := await requests.hold_free(request.id):
            await follow.request(held, at, held=bool(await requests.holders(held.id)))


async def _missing_years(at: datetime) -> None:
    calendar = await workyear.current()
    for year in missing_years(at.astimezone(SHANGHAI).date(), calendar):
        first = max(permitted(at, calendar, KEY), next(year_ladder(year, calendar)).at)
        await _stand(f"calendar:{year}", DutyKind.CALENDAR, ART_6_2, at, first, {"year": year})


async def _stand(
    name: str, kind: DutyKind, article: str, at: datetime, first: datetime, detail: dict[str, object]
) -> None:
    await duties.begin(Duty(0, name, kind, article, at, None, next_at=first, detail=detail))
