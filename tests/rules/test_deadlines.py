"""Deadlines and reminders."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.deadlines import (
    SHANGHAI,
    Due,
    change_rungs,
    duty_due_change,
    hurry,
    may_remind,
    next_rung,
    reached,
    resumed_since,
    step_due,
    step_rungs,
    still_planned,
    upcoming,
    worked,
    worked_since,
    working_time,
)
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar, DayRow
from storage.records import Urgency

CALENDAR = Calendar.default()
DAYS = st.dates(date(2004, 1, 1), date(2030, 12, 31))
INSTANTS = st.integers(0, 27 * 365 * 24 * 3600).map(
    lambda n: datetime(2004, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
)
KEYS = st.text(max_size=8)
URGENCIES = st.sampled_from(Urgency)


def at(text: str) -> datetime:
    """An instant written in Shanghai's time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(rungs: Iterator[Rung], n: int) -> list[str]:
    """The first rungs as `1 11-23 13:07`, with who gets a copy."""
    return [
        f"{rung.index} {rung.at.astimezone(SHANGHAI):%m-%d %H:%M}"
        + " 负责人" * rung.copy_first_responsible
        + " 中心" * rung.copy_center
        for rung in islice(rungs, n)
    ]


@pytest.mark.parametrize(
    ("changed_on", "due", "provisional"),
    [
        pytest.param("2026-02-11", "2026-02-25", False, id="Spring Festival, 14 February works"),
        pytest.param("2026-02-13", "2026-02-27", False, id="before Spring Festival"),
        pytest.param("2026-02-14", "2026-02-28", False, id="due on a make-up Saturday"),
        pytest.param("2026-02-20", "2026-02-28", False, id="changed in the holiday"),
        pytest.param("2026-04-30", "2026-05-11", False, id="Labour Day, 9 May works"),
        pytest.param("2026-09-18", "2026-09-24", False, id="Sunday 20 September works"),
        pytest.param("2026-09-24", "2026-10-09", False, id="Mid-Autumn and National Day"),
        pytest.param("2026-09-30", "2026-10-13", False, id="10 October works"),
        pytest.param("2026-11-20", "2026-11-27", False, id="plain"),
        pytest.param("2026-11-21", "2026-11-27", False, id="changed on a rest day"),
        pytest.param("2026-12-24", "2026-12-31", False, id="the last official one"),
        pytest.param("2026-12-25", "2027-01-04", True, id="the first provisional one"),
        pytest.param("2027-02-03", "2027-02-16", True, id="a Spring Festival not official yet"),
    ],
)
def test_a_change_is_due_until_midnight_of_its_fifth_workday(
    changed_on: str, due: str, provisional: bool
) -> None:
    expected = Due(at(f"{due} 00:00") + timedelta(days=1), provisional)

    assert duty_due_change(date.fromisoformat(changed_on), CALENDAR) == expected
    assert expected.day == date.fromisoformat(due)


def test_a_later_official_year_moves_a_provisional_deadline() -> None:
    changed = date(2027, 2, 3)
    rows = {date(2027, 2, day): DayRow(workday=False, name="春节") for day in range(5, 14)}

    assert duty_due_change(changed, CALENDAR) == Due(at("2027-02-17 00:00"), provisional=True)
    assert duty_due_change(changed, Calendar(rows)) == Due(at("2027-02-19 00:00"), provisional=False)


@given(day=DAYS)
def test_a_change_is_due_at_the_end_of_a_workday_five_workdays_on(day: date) -> None:
    due = duty_due_change(day, CALENDAR)

    assert due.at.astimezone(SHANGHAI).time() == time()
    assert CALENDAR.is_workday(due.day)
    assert CALENDAR.count(day, due.day) == 5
    assert due.at <= duty_due_change(day + timedelta(days=1), CALENDAR).at


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        pytest.param("2026-11-23 10:00", 4, "2026-11-23 14:00", id="within a day, no break at noon"),
        pytest.param("2026-11-23 13:30", 4, "2026-11-23 17:30", id="until closing"),
        pytest.param("2026-11-23 14:00", 4, "2026-11-24 09:00", id="over night"),
        pytest.param("2026-11-23 06:00", 4, "2026-11-23 12:30", id="before opening"),
        pytest.param("2026-11-23 17:30", 4, "2026-11-24 12:30", id="at closing"),
        pytest.param("2026-11-20 18:00", 4, "2026-11-23 12:30", id="after closing on a Friday"),
        pytest.param("2026-11-21 10:00", 0, "2026-11-23 08:30", id="nothing, on a rest day"),
        pytest.param("2026-02-28 16:30", 4, "2026-03-02 11:30", id="from a make-up Saturday"),
        pytest.param("2026-11-20 10:00", 27, "2026-11-25 10:00", id="three working days"),
    ],
)
def test_working_time_passes_only_while_people_work(start: str, hours: int, end: str) -> None:
    assert working_time(at(start), timedelta(hours=hours), CALENDAR) == at(end)


@pytest.mark.parametrize(
    ("since", "urgency", "due", "provisional"),
    [
        pytest.param("2026-11-23 10:00", Urgency.NORMAL, "2026-11-24 10:00", False, id="a working day"),
        pytest.param("2026-11-20 18:00", Urgency.NORMAL, "2026-11-23 17:30", False, id="after hours"),
        pytest.param(
            "2026-12-31 10:00", Urgency.NORMAL, "2027-01-04 10:00", True, id="into a year not official"
        ),
        pytest.param("2026-11-21 23:00", Urgency.URGENT, "2026-11-22 01:00", False, id="two plain hours"),
        pytest.param(
            "2027-11-21 23:00", Urgency.CRITICAL, "2027-11-21 23:30", False, id="thirty plain minutes"
        ),
    ],
)
def test_a_step_is_due_by_its_urgency(since: str, urgency: Urgency, due: str, provisional: bool) -> None:
    assert step_due(at(since), urgency, CALENDAR) == Due(at(due), provisional)


@pytest.mark.parametrize(
    ("out", "steps", "urgency", "meant"),
    [
        (None, 3, Urgency.NORMAL, None),
        ("2026-11-24 09:40", 2, Urgency.NORMAL, None),
        ("2026-11-24 09:39", 2, Urgency.NORMAL, Urgency.URGENT),
        ("2026-11-24 09:40", 3, Urgency.NORMAL, Urgency.URGENT),
        ("2026-11-20 15:39", 3, Urgency.NORMAL, Urgency.CRITICAL),
        ("2026-11-20 15:40", 3, Urgency.URGENT, None),
        ("2026-11-20 15:39", 3, Urgency.URGENT, Urgency.CRITICAL),
        ("2026-11-20 10:00", 3, Urgency.NORMAL, Urgency.CRITICAL),
        ("2026-11-20 10:00", 3, Urgency.CRITICAL, Urgency.CRITICAL),
    ],
)
def test_a_post_is_in_time_where_all_its_steps_are(
    out: str | None, steps: int, urgency: Urgency, meant: Urgency | None
) -> None:
    assert hurry(at(out) if out else None, at("2026-11-20 09:40"), steps, urgency, CALENDAR) is meant


@pytest.mark.parametrize(
    ("planned", "due", "provisional"),
    [
        pytest.param("2026-11-20 17:30", "2026-11-20 17:30", False, id="planned before the step's time"),
        pytest.param("2026-11-21 08:00", "2026-11-21 08:00", False, id="planned for a rest day"),
        pytest.param("2026-11-23 09:40", "2026-11-23 09:40", False, id="planned for that moment"),
        pytest.param("2026-11-30 09:00", "2026-11-23 09:40", False, id="planned for later"),
        pytest.param("2026-11-20 09:40", "2026-11-23 09:40", False, id="planned for when it began"),
        pytest.param("2026-11-19 09:00", "2026-11-23 09:40", False, id="planned for a time that is over"),
    ],
)
def test_a_step_is_due_before_the_post_is_to_go_out(planned: str, due: str, provisional: bool) -> None:
    since = at("2026-11-20 09:40")

    assert step_due(since, Urgency.NORMAL, CALENDAR, at(planned)) == Due(at(due), provisional)


@pytest.mark.parametrize(
    ("since", "paused", "resumed", "urgency", "due"),
    [
        pytest.param(
            "11-23 10:00", "11-23 16:00", "11-25 09:00", Urgency.NORMAL, "11-25 12:00", id="three hours left"
        ),
        pytest.param(
            "11-23 16:00", "11-23 17:00", "11-23 17:10", Urgency.NORMAL, "11-24 16:10", id="ten minutes"
        ),
        pytest.param(
            "11-20 18:00", "11-21 10:00", "12-05 10:00", Urgency.NORMAL, "12-07 17:30", id="none had passed"
        ),
        pytest.param(
            "11-20 10:00", "11-24 08:00", "11-30 10:00", Urgency.NORMAL, "11-27 11:30", id="late before"
        ),
        pytest.param(
            "11-21 23:00", "11-21 23:30", "11-23 02:00", Urgency.URGENT, "11-23 03:30", id="plain hours"
        ),
    ],
)
def test_a_step_has_what_was_left_of_its_term_after_a_pause(
    since: str, paused: str, resumed: str, urgency: Urgency, due: str
) -> None:
    began = resumed_since(at(f"2026-{since}"), at(f"2026-{paused}"), at(f"2026-{resumed}"), urgency, CALENDAR)

    assert step_due(began, urgency, CALENDAR).at == at(f"2026-{due}")


def test_what_was_planned_counts_while_it_is_to_come() -> None:
    form = {"planned_at": "2026-11-25T11:00:00+08:00"}
    began, resumed = at("2026-11-24 12:00"), at("2026-11-25 10:00")

    assert step_due(began, Urgency.NORMAL, CALENDAR, still_planned(form, resumed)).at == at(
        "2026-11-25 11:00"
    )
    assert still_planned(form, at("2026-11-25 11:00")) is None
    assert still_planned({}, resumed) is None


@given(INSTANTS, st.integers(0, 72 * 60), st.integers(1, 72 * 60))
def test_working_hours_back_and_forth_are_the_same(moment: datetime, gone: int, left: int) -> None:
    gone_by, to_come = timedelta(minutes=gone), timedelta(minutes=left)
    since = worked_since(moment, gone_by, CALENDAR)

    assert worked(since, moment, CALENDAR) == gone_by
    assert working_time(since, gone_by + to_come, CALENDAR) == working_time(moment, to_come, CALENDAR)


@pytest.mark.parametrize(
    ("since", "urgency", "ladder"),
    [
        pytest.param(
            "2026-11-20 10:10",
            Urgency.NORMAL,
            ["1 11-20 14:10", "2 11-23 08:36", "3 11-24 08:36 负责人 中心", "4 11-25 08:36 负责人 中心"],
            id="four working hours, then every working morning",
        ),
        pytest.param(
            "2026-11-20 10:00",
            Urgency.NORMAL,
            ["1 11-20 14:04", "2 11-23 08:36", "3 11-24 08:36 负责人 中心", "4 11-25 08:36 负责人 中心"],
            id="a crowded minute is left",
        ),
        pytest.param(
            "2026-11-20 13:30",
            Urgency.NORMAL,
            ["1 11-23 08:36", "2 11-24 08:36", "3 11-25 08:36 负责人 中心", "4 11-26 08:36 负责人 中心"],
            id="four working hours end as the day does",
        ),
        pytest.param(
            "2026-11-20 14:40",
            Urgency.NORMAL,
            ["1 11-23 09:40", "2 11-24 08:36", "3 11-25 08:36 负责人 中心", "4 11-26 08:36 负责人 中心"],
            id="over a weekend",
        ),
        pytest.param(
            "2026-11-20 23:00",
            Urgency.URGENT,
            [
                "1 11-20 23:30",
                "2 11-21 01:00 负责人 中心",
                "3 11-23 08:36 负责人 中心",
                "4 11-24 08:36 负责人 中心",
            ],
            id="urgent: half an hour, two hours",
        ),
        pytest.param(
            "2026-11-22 23:50",
            Urgency.CRITICAL,
            [
                "1 11-23 00:00",
                "2 11-23 00:20 负责人 中心",
                "3 11-23 08:36 负责人 中心",
                "4 11-24 08:36 负责人 中心",
            ],
            id="most urgent: ten minutes, half an hour, and the same morning",
        ),
    ],
)
def test_a_waiting_step_climbs_its_ladder(since: str, urgency: Urgency, ladder: list[str]) -> None:
    assert shown(step_rungs(at(since), urgency, CALENDAR, "1001"), 4) == ladder


def test_an_unfiled_change_is_reminded_of_on_working_days_3_and_5_and_each_one_after() -> None:
    assert shown(change_rungs(date(2026, 11, 20), CALENDAR, "1001"), 4) == [
        "1 11-25 08:36",
        "2 11-27 08:36 负责人",
        "3 11-30 08:36 负责人 中心",
        "4 12-01 08:36 负责人 中心",
    ]


@given(since=INSTANTS, urgency=URGENCIES, key=KEYS)
def test_reminders_keep_to_working_hours_and_off_crowded_minutes(
    since: datetime, urgency: Urgency, key: str
) -> None:
    rungs = list(islice(step_rungs(since, urgency, CALENDAR, key), 5))
    calm = rungs if urgency == Urgency.NORMAL else rungs[2:]

    for local in (rung.at.astimezone(SHANGHAI) for rung in calm):
        assert CALENDAR.is_workday(local.date())
        assert time(8, 30) < local.time() < time(17, 30)
        assert local.minute not in (0, 30)
        assert may_remind(local, CALENDAR)
    assert since < rungs[0].at
    assert all(earlier.at < later.at for earlier, later in pairwise(rungs))


@given(since=INSTANTS, key=KEYS)
def test_a_normal_step_is_not_reminded_of_before_four_working_hours(since: datetime, key: str) -> None:
    first = next(step_rungs(since, Urgency.NORMAL, CALENDAR, key))

    assert first.at >= working_time(since, timedelta(hours=4), CALENDAR)


@given(
    since=INSTANTS,
    urgency=URGENCIES,
    key=KEYS,
    asleep=st.timedeltas(timedelta(0), timedelta(days=30)),
    previous=st.integers(0, 5),
)
def test_the_next_rung_is_always_to_come(
    since: datetime, urgency: Urgency, key: str, asleep: timedelta, previous: int
) -> None:
    now = since + asleep

    rung = next_rung(previous, since, urgency, now, CALENDAR, key)

    assert rung.at > now
    assert rung.index > previous
    assert rung in islice(step_rungs(since, urgency, CALENDAR, key), rung.index)


def test_after_downtime_the_highest_rung_is_sent_and_the_next_one_waits() -> None:
    since, now = at("2026-11-20 10:10"), at("2026-11-26 12:00")
    rungs = list(islice(step_rungs(since, Urgency.NORMAL, CALENDAR, "1001"), 6))

    assert (
        reached(iter(rungs), now)
        == rungs[4]
        == Rung(5, at("2026-11-26 08:36"), copy_center=True, copy_first_responsible=True)
    )
    assert next_rung(1, since, Urgency.NORMAL, now, CALENDAR, "1001") == rungs[5]
    assert reached(iter(rungs), since) is None
    assert upcoming(iter(rungs), since) == rungs[0]


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        ("2026-11-23 08:29", False),
        ("2026-11-23 08:30", False),
        ("2026-11-23 08:31", True),
        ("2026-11-23 12:15", True),
        ("2026-11-23 14:00", False),
        ("2026-11-23 17:29", True),
        ("2026-11-23 17:31", False),
        ("2026-11-22 10:07", False),
        ("2026-02-28 10:07", True),
    ],
)
def test_people_are_reminded_on_working_days_between_opening_and_closing(now: str, allowed: bool) -> None:
    assert may_remind(at(now), CALENDAR) is allowed


def test_two_people_are_reminded_at_different_minutes_and_one_always_at_the_same() -> None:
    def minute(key: str) -> datetime:
        return next(islice(step_rungs(at("2026-11-20 10:10"), Urgency.NORMAL, CALENDAR, key), 1, None)).at

    assert minute("1001") == minute("1001")
    assert len({minute(str(1001 + n)) for n in range(200)}) > 40
