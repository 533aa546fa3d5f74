"""Every state that is not final owes something, and the table says what, when and to whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.duties.table import CHANGE, DRAFT, DUTIES, LASTING, hears, lines
from handlers.kinds.owes import Standing
from handlers.processes.all import PROCESSES
from handlers.reminders.kinds import MATTERS
from handlers.rules import lifecycle
from handlers.rules.articles import ART_6_3
from handlers.rules.chain import RESPONSIBLE
from handlers.rules.ladder import also_hear, lapse_ladder, revision_ladder, term_ladder
from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar
from storage.duty_records import DutyKind
from storage.records import OPEN, State
from storage.steps import Step, StepRole, Verb
from tests.rules.requests import request

EVERY = [(kind, state) for kind in PROCESSES for state in State]


CHAIN = (Step(RESPONSIBLE, StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_6_3, "2100"),)


def owed(kind: str, state: State, *, held: bool = True) -> list[DutyKind]:
    standing = Standing(replace(request(CHAIN), kind=kind, state=state), held)
    return [owes.kind for owes in DUTIES if owes.while_(standing)]


@pytest.mark.parametrize(("kind", "state"), EVERY)
def test_every_state_that_is_not_final_owes_something_and_no_other_does(kind: str, state: State) -> None:
    final = not lifecycle.NEXT[state]

    assert bool(owed(kind, state)) is not final


@pytest.mark.parametrize(
    ("state", "held", "kinds"),
    [
        (State.IN_REVIEW, True, [DutyKind.DECIDE]),
        (State.IN_REVIEW, False, [DutyKind.DECIDE, DutyKind.VACANCY]),
        (State.RETURNED, True, [DutyKind.REVISE]),
        (State.AWAITING_PUBLISH, True, [DutyKind.RECEIPT, DutyKind.LAPSE]),
        (State.PAUSED, True, [DutyKind.RESUME]),
    ],
)
def test_what_each_state_owes(state: State, held: bool, kinds: list[DutyKind]) -> None:
    assert owed("FB", state, held=held) == kinds


def test_what_is_looked_for_where_nothing_is_owed_is_what_the_table_says() -> None:
    assert set(LASTING) == set(OPEN)
    assert all(kind in owed("FB", state) for state, kind in LASTING.items())


@pytest.mark.parametrize(
    ("filing", "owes", "rests"),
    [
        (None, True, False),
        (State.IN_REVIEW, True, True),
        (State.PAUSED, True, True),
        (State.RETURNED, True, False),
        (State.WITHDRAWN, True, False),
        (State.REJECTED, True, False),
        (State.RECORDED, False, False),
    ],
)
def test_a_change_is_owed_until_it_is_recorded_and_rests_while_it_is_undecided(
    filing: State | None, owes: bool, rests: bool
) -> None:
    assert (CHANGE.while_(filing), CHANGE.rests(filing)) == (owes, rests)


def test_every_line_of_the_table_has_somebody_to_carry_it_out() -> None:
    own = {owes.kind for process in PROCESSES.values() for owes in process.owes}
    kinds = {owes.kind for owes in DUTIES} | {CHANGE.kind, DRAFT.kind} | own

    assert {owes.kind for owes in lines() if owes.ladder} == kinds - {DutyKind.VACANCY}
    assert kinds <= set(MATTERS)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def first(rungs: Iterator[Rung], n: int) -> list[tuple[datetime, list[Hears]]]:
    return [(rung.at, sorted(also_hear([rung]))) for rung, _ in zip(rungs, range(n), strict=False)]


def test_a_returned_request_is_reminded_of_each_working_morning_and_from_the_third_its_head_hears() -> None:
    friday = shanghai("2026-09-18 16:10")

    assert first(revision_ladder(friday, Calendar.default()), 4) == [
        (shanghai("2026-09-20 08:45"), []),  # a Sunday that is worked
        (shanghai("2026-09-21 08:45"), []),
        (shanghai("2026-09-22 08:45"), [Hears.RESPONSIBLE]),
        (shanghai("2026-09-23 08:45"), [Hears.RESPONSIBLE]),
    ]
    assert hears(DutyKind.REVISE) == (Hears.APPLICANT, Hears.RESPONSIBLE)


def test_a_term_is_reminded_of_three_working_days_before_on_the_day_and_each_working_day_after() -> None:
    ends = shanghai("2026-10-11 00:00")  # the last day is Saturday 10-10
    both = [Hears.CENTRE, Hears.RESPONSIBLE]

    assert first(term_ladder(ends, Calendar.default()), 5) == [
        (shanghai("2026-09-30 08:45"), []),  # 1 to 7 October are off; 8 and 9 work, and so does the 10th
        (shanghai("2026-10-10 08:45"), []),
        (shanghai("2026-10-12 08:45"), both),
        (shanghai("2026-10-13 08:45"), both),
        (shanghai("2026-10-14 08:45"), both),
    ]


@pytest.mark.parametrize(
    ("ends", "notice", "over"),
    [
        ("2026-12-23 10:02", "2026-12-18 08:45", "2026-12-23 10:02"),  # three days ahead is a Sunday
        ("2026-12-24 10:02", "2026-12-21 08:45", "2026-12-24 10:02"),
        ("2026-12-25 22:10", "2026-12-22 08:45", "2026-12-28 08:45"),
        ("2026-10-07 10:00", "2026-09-30 08:45", "2026-10-08 08:45"),  # no notice in the holidays
    ],
)
def test_what_ends_by_itself_has_notice_on_a_working_morning_three_days_ahead_or_more(
    ends: str, notice: str, over: str
) -> None:
    rungs = lapse_ladder(shanghai(ends), Calendar.default())

    assert [rung.at for rung in rungs] == [shanghai(notice), shanghai(over)]
