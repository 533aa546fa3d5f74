"""What begins by something that happened: a medium's change that must be filed, an absence."""

from datetime import date, datetime

from handlers import workyear
from handlers.duties import follow
from handlers.rules.articles import ART_5_2, ART_6_2
from handlers.rules.deadlines import duty_due_change, permitted
from handlers.rules.ladder import BEFORE_FIRST, KEY, absence_ladder
from storage import duties, ledger, requests
from storage.duty_records import Duty, DutyKind
from storage.proxies import Proxy
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
