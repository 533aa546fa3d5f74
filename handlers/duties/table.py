"""The table of duties: which state owes what, when it is reminded of, who hears, and who hears then."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers.kinds.owes import Ladder, Owes, Standing
from handlers.kinds.process import FILLINGS, PROCESSES, asked_beside
from handlers.rules.articles import ART_5_1, ART_5_2, ART_6_2, ART_6_3
from handlers.rules.deadlines import permitted, planned, step_rungs
from handlers.rules.ladder import (
    KEY,
    asking_ladder,
    change_ladder,
    daily,
    lapse_ladder,
    next_monday,
    revision_ladder,
    term_ladder,
    weekly,
)
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar
from storage.duty_records import Duty, DutyKind
from storage.records import UNDECIDED, Draft, State, Urgency

RECEIPT_AFTER = timedelta(hours=24)
"""The receipt is expected a day after the planned time (form F3)."""

LAPSES_AFTER = timedelta(days=30)
"""An approval without a receipt ends by itself so long after it was given, or after the planned time."""

DRAFT_AFTER = timedelta(minutes=30)
"""Half an hour without a word: the draft is still there."""


def _waits(standing: Standing) -> bool:
    return standing.request.current is not None


def _term(standing: Standing) -> datetime | None:
    """By when the waiting step is due because a form says so, if one does."""
    return PROCESSES[standing.request.kind].term(standing.request) if _waits(standing) else None


def _waits_by_rule(standing: Standing) -> bool:
    return _waits(standing) and _term(standing) is None


def _nobody_can(standing: Standing) -> bool:
    return _waits(standing) and not standing.held


def _asked_by(standing: Standing) -> datetime | None:
    """By when those who are asked beside the waiting step should have answered, where some are."""
    asked = asked_beside(standing.request)
    return asked.within(standing.request) if asked else None


def _in(state: State) -> Callable[[Standing], bool]:
    return lambda standing: standing.request.state is state


def _receipt_due(standing: Standing, at: datetime) -> datetime:
    return max(at, planned(standing.request.form) or at) + RECEIPT_AFTER


def _unpublished(standing: Standing) -> bool:
    """It may go out, and is out nowhere: what is out on one of several media does not end by itself."""
    return _in(State.AWAITING_PUBLISH)(standing) and not standing.request.outcome.get("links")


def _lapses_at(standing: Standing, at: datetime) -> datetime:
    return max(at, planned(standing.request.form) or at) + LAPSES_AFTER


def _of_step(standing: Standing) -> str:
    step = standing.request.current
    assert step is not None, "a request that waits has an open step"
    return step.article


def _step(duty: Duty, urgency: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return step_rungs(duty.since, urgency, calendar, KEY)


def _by_term(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return term_ladder(duty.due_at or duty.since, calendar)


def _asking(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return asking_ladder(duty.since, duty.due_at or duty.since, calendar)


def _revision(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return revision_ladder(duty.since, calendar)


def _receipt(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return daily(duty.due_at or duty.since, calendar)


def _lapse(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return lapse_ladder(duty.due_at or duty.since + LAPSES_AFTER, calendar)


def _mondays(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return weekly(next_monday(duty.since), calendar)


def _half_an_hour(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    yield Rung(1, permitted(duty.since + DRAFT_AFTER, calendar, KEY))


def _change(duty: Duty, _: Urgency, calendar: Calendar) -> Iterator[Rung]:
    return change_ladder(duty.changed_on, duty.since, calendar)


DUTIES: tuple[Owes[Standing], ...] = (
    Owes(
        DutyKind.DECIDE, _waits_by_rule, _of_step, Hears.HOLDERS, (Hears.RESPONSIBLE, Hears.CENTRE), _step,
        since=lambda standing: standing.request.step_since, due=lambda standing, _: standing.request.due_at,
    ),
    Owes(
        DutyKind.TERM, lambda s: _term(s) is not None, _of_step,
        Hears.HOLDERS, (Hears.RESPONSIBLE, Hears.CENTRE), _by_term,
        since=lambda standing: standing.request.step_since, due=lambda standing, _: _term(standing),
    ),
    Owes(
        DutyKind.ASKED, lambda s: _asked_by(s) is not None, _of_step, Hears.ASKED, (Hears.CENTRE,), _asking,
        since=lambda standing: standing.request.step_since, due=lambda standing, _: _asked_by(standing),
    ),
    Owes(DutyKind.VACANCY, _nobody_can, lambda _: ART_5_2, Hears.STEWARDS),
    Owes(
        DutyKind.REVISE, _in(State.RETURNED), lambda s: PROCESSES[s.request.kind].form.article,
        Hears.APPLICANT, (Hears.RESPONSIBLE,), _revision,
    ),
    Owes(
        DutyKind.RECEIPT, _in(State.AWAITING_PUBLISH), lambda _: ART_6_3, Hears.APPLICANT, (), _receipt,
        due=_receipt_due,
    ),
    Owes(DutyKind.LAPSE, _unpublished, lambda _: ART_6_3, Hears.APPLICANT, (), _lapse, due=_lapses_at),
    Owes(DutyKind.RESUME, _in(State.PAUSED), lambda _: ART_5_1, Hears.STEWARDS, (), _mondays),
)  # fmt: skip
"""What a request owes."""

LASTING: Mapping[State, DutyKind] = {
    State.IN_REVIEW: DutyKind.DECIDE,
    State.RETURNED: DutyKind.REVISE,
    State.AWAITING_PUBLISH: DutyKind.LAPSE,
    State.PAUSED: DutyKind.RESUME,
}
"""What each state owes as long as it lasts."""

DRAFT: Owes[Draft] = Owes(
    DutyKind.DRAFT, lambda draft: draft.state == "open", lambda draft: FILLINGS[draft.kind].form.article,
    Hears.APPLICANT, (), _half_an_hour, since=lambda draft: draft.updated_at,
)  # fmt: skip
"""What is being filled in is finished or given up."""

CHANGE: Owes[State | None] = Owes(
    DutyKind.CHANGE, lambda filing: filing is not State.RECORDED, lambda _: ART_6_2,
    Hears.DOER, (Hears.RESPONSIBLE, Hears.CENTRE), _change, rests=lambda filing: filing in UNDECIDED,
)  # fmt: skip
"""A medium's change is owed until its filing (None: there is none) is recorded.

> 各单位变更平台信息后，须在5个工作日内……发起……流程。（第六条（二））
"""


def lines() -> Iterator[Owes[Any]]:
    """Every line of the table, those of the processes included."""
    yield from DUTIES
    yield from (DRAFT, CHANGE)
    for process in PROCESSES.values():
        yield from process.owes


def of_request(kind: str) -> tuple[Owes[Standing], ...]:
    """What requests of a kind may owe."""
    return (*DUTIES, *PROCESSES[kind].owes)


def ladder(kind: DutyKind) -> Ladder:
    """The ladder of a kind of duty. Raises StopIteration for one that has none."""
    return next(owes.ladder for owes in lines() if owes.kind is kind and owes.ladder)


def hears(kind: DutyKind) -> tuple[Hears, ...]:
    """Who can act, and who is told too."""
    owes = next(owes for owes in lines() if owes.kind is kind)
    return (owes.hears, *owes.then)
