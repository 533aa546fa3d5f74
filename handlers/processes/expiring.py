"""What is valid until a day is reminded of before it ends: 30 and 7 days, the applicant and then the unit."""

from datetime import date, datetime

from cards.processes.authorisation import ENDED
from handlers.kinds.filling import Values
from handlers.kinds.owes import Owes, Standing
from handlers.rules.deadlines import ends
from handlers.rules.ladder import expiry_ladder
from handlers.rules.rungs import Hears
from storage.duty_records import DutyKind
from storage.records import State


def last_day(form: Values) -> date:
    return date.fromisoformat(str(form["until"]))


def _ends(standing: Standing, _: datetime) -> datetime:
    return ends(last_day(standing.request.form))


def _lasts(standing: Standing) -> bool:
    """On record, and not ended before its time."""
    return standing.request.state is State.RECORDED and ENDED not in standing.request.outcome


def expires(article: str) -> Owes[Standing]:
    """What is owed under that article as long as it is on record."""
    return Owes(
        DutyKind.EXPIRY, _lasts, lambda _: article,
        Hears.APPLICANT, (Hears.RESPONSIBLE,),
        lambda duty, _, calendar: expiry_ladder(duty.due_at or duty.since, calendar),
        due=_ends,
    )  # fmt: skip


def backwards(form: Values, first: str) -> str:
    """Why a period cannot be: it ends before it begins."""
    if str(form["until"]) < str(form[first]):
        return "截止日期早于起始日期，请核对。"
    return ""
