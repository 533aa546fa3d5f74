"""What the directory or a person makes somebody owe: the filing of a change begins its clock here."""

from datetime import date, datetime

from handlers import workyear
from handlers.rules.articles import ART_6_2
from handlers.rules.deadlines import change_rungs, duty_due_change
from storage import duties
from storage.promises import Duty, DutyKind
from storage.records import Medium


async def change_happened(
    medium: Medium, item: str, person: str, changed_on: date, at: datetime, source: str
) -> None:
    """A medium's `item` (operator, admins, first_responsible …) changed because of `person`.

    The change must be filed within five working days (Article 6(2)); the same fact told twice, by an
    event and by the nightly sync, is one duty.
    """
    calendar = await workyear.current()
    due = duty_due_change(changed_on, calendar)
    first = next(change_rungs(changed_on, calendar, medium.no))
    await duties.owe(
        Duty(
            id=0,
            once=f"change:{medium.no}:{item}:{person}",
            kind=DutyKind.CHANGE,
            article=ART_6_2,
            since=at,
            due_at=due.at,
            next_at=first.at,
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
