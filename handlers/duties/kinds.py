"""Every kind of duty that is reminded of, and the matter that answers for it."""

from collections.abc import Mapping

from cards.card import Card
from handlers.duties.change import Change
from handlers.duties.deciding import Decision, Receiving
from handlers.duties.looking_again import LookAgain
from handlers.duties.matter import Carded, Matter, Reading
from handlers.duties.missing import Absence, DueRound, MissingYear, Vacancy
from handlers.duties.own import Receipt, Revision, Unfinished
from handlers.duties.standing_still import Lapse, Paused
from handlers.duties.week import Week
from storage.duty_records import Duty, DutyKind

CARDED: Mapping[DutyKind, type[Carded]] = {
    DutyKind.CHANGE: Change,
    DutyKind.VACANCY: Vacancy,
    DutyKind.PROXY: Absence,
    DutyKind.CALENDAR: MissingYear,
    DutyKind.WEEK: Week,
    DutyKind.ROUND: DueRound,
    DutyKind.LOOK_AGAIN: LookAgain,
}
"""Those with a card of their own."""

MATTERS: Mapping[DutyKind, type[Matter]] = {
    DutyKind.DECIDE: Decision,
    DutyKind.TERM: Decision,
    DutyKind.RECEIVE: Receiving,
    DutyKind.REVISE: Revision,
    DutyKind.RECEIPT: Receipt,
    DutyKind.LAPSE: Lapse,
    DutyKind.RESUME: Paused,
    DutyKind.DRAFT: Unfinished,
    **CARDED,
}


async def card(duty: Duty, reading: Reading) -> Card | None:
    """The card of a duty that has one of its own, done or not; None where what it is about is gone."""
    kind = CARDED.get(duty.kind)
    matter = await kind.shown(duty) if kind else None
    return await matter.card(reading) if matter else None
