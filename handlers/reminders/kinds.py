"""Every kind of duty that is reminded of, and the matter that answers for it."""

from collections.abc import Mapping

from cards.card import Card
from handlers.duties.matter import Carded, Matter, Reading
from handlers.reminders.asked import Asked
from handlers.reminders.calls import Called, Campaign
from handlers.reminders.change import Change
from handlers.reminders.commenting import Keeping
from handlers.reminders.deciding import Decision, Receiving
from handlers.reminders.due_account import DueAccount
from handlers.reminders.due_round import DueRound
from handlers.reminders.hearing import Answer
from handlers.reminders.lacking import Lacking
from handlers.reminders.looking_again import LookAgain
from handlers.reminders.missing import Absence, MissingYear, Vacancy
from handlers.reminders.own import Receipt, Revision
from handlers.reminders.paused import Paused
from handlers.reminders.registered import CommentKeeping, Expiry
from handlers.reminders.standing_still import Lapse
from handlers.reminders.unfinished import Unfinished
from handlers.reminders.week import Week
from storage.duty_records import Duty, DutyKind

CARDED: Mapping[DutyKind, type[Carded]] = {
    DutyKind.CHANGE: Change,
    DutyKind.VACANCY: Vacancy,
    DutyKind.PROXY: Absence,
    DutyKind.CALENDAR: MissingYear,
    DutyKind.WEEK: Week,
    DutyKind.ROUND: DueRound,
    DutyKind.ACCOUNT: DueAccount,
    DutyKind.LOOK_AGAIN: LookAgain,
    DutyKind.COMMENTS: CommentKeeping,
    DutyKind.EXPIRY: Expiry,
    DutyKind.KEEPING: Keeping,
    DutyKind.CALL: Called,
    DutyKind.CAMPAIGN: Campaign,
    DutyKind.SYSTEMS: Lacking,
}
"""Those with a card of their own."""

MATTERS: Mapping[DutyKind, type[Matter]] = {
    DutyKind.DECIDE: Decision,
    DutyKind.TERM: Decision,
    DutyKind.RECEIVE: Receiving,
    DutyKind.HEARING: Answer,
    DutyKind.ASKED: Asked,
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
