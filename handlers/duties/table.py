"""The table of duties: which state owes what, when it is reminded of, who hears, and who hears then."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from handlers.processes.process import PROCESSES
from handlers.rules.articles import ART_5_1, ART_5_2, ART_6_2, ART_6_3
from handlers.rules.deadlines import Rung, permitted, planned, step_rungs
from handlers.rules.ladder import (
    KEY,
    Hears,
    change_ladder,
    daily,
    lapse_ladder,
    next_monday,
    revision_ladder,
    weekly,
)
from handlers.rules.workdays import Calendar
from storage.duty_records import Duty, DutyKind
from storage.records import Draft, Request, State, Urgency

RECEIPT_AFTER = timedelta(hours=24)
"""The receipt is expected a day after the planned time (form F3)."""

LAPSES_AFTER = timedelta(days=30)
"""An approval without a receipt ends by itself so long after it was given, or after the planned time."""

DRAFT_AFTER = timedelta(minutes=30)
"""Half an hour without a word: the draft is still there."""

S = TypeVar("S")
Ladder = Callable[[Duty, Urgency, Calendar], Iterator[Rung]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it is now, `held` where somebody may decide its open step."""

    request: Request
    held: bool = True


@dataclass(frozen=True, slots=True)
class Owes(Generic[S]):
    """One line of the table: `while_` something stands so, `kind` is owed.

    `hears` is who can act, `then` who is told too, from the rung of the `ladder` on that is for them; without
    a ladder it is looked at on every tick. `since` is where the ladder begins, the moment the state was
    entered where it is left out. `rests` while it is being dealt with: owed, and not reminded of.
    """

    kind: DutyKind
    while_: Callable[[S], bool]
    article: Callable[[S], str]
    hears: Hears
    then: tuple[Hears, ...] = ()
    ladder: Ladder | None = None
    since: Callable[[S], datetime] | None = None
    due: Callable[[S, datetime], datetime | None] = lambda _, __: None
    rests: Callable[[S], bool] = lambda _: False


def _waits(standing: Standing) -> bool:
    return standing.request.current is not None


def _nobody_can(standing: Standing) -> bool:
    return _waits(standing) and not standing.held


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
        DutyKind.DECIDE, _waits, _of_step, Hears.HOLDERS, (Hears.RESPONSIBLE, Hears.CENTRE), _step,
        since=lambda standing: standing.request.step_since, due=lambda standing, _: standing.request.due_at,
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

DRAFT: Owes[Draft] = Owes(
    DutyKind.DRAFT, lambda draft: draft.state == "open", lambda draft: PROCESSES[draft.kind].form.article,
    Hears.APPLICANT, (), _half_an_hour, since=lambda draft: draft.updated_at,
)  # fmt: skip
"""What is being filled in is finished or given up."""

CHANGE: Owes[State | None] = Owes(
    DutyKind.CHANGE, lambda filing: filing is not State.RECORDED, lambda _: ART_6_2,
    Hears.DOER, (Hears.RESPONSIBLE, Hears.CENTRE), _change, rests=lambda filing: filing is State.IN_REVIEW,
)  # fmt: skip
"""A medium's change is owed until its filing (None: there is none) is recorded.

> 各单位变更平台信息后，须在5个工作日内……发起……流程。（第六条（二））
"""

_ALL: tuple[Owes[Any], ...] = (*DUTIES, DRAFT, CHANGE)
LADDERS: Mapping[DutyKind, Ladder] = {owes.kind: owes.ladder for owes in _ALL if owes.ladder is not None}
HEARS: Mapping[DutyKind, tuple[Hears, ...]] = {owes.kind: (owes.hears, *owes.then) for owes in _ALL}
"""Who can act, and who is told too."""
