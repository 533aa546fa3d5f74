"""What needs attention in the ledger, as facts: nobody left, overdue changes, long quiet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.rules.attention import QUIET, USUAL, Concern, Fact, facts
from storage.records import Identity, Medium, MediumState, OwedChange, Person
from storage.vocabulary import PLATFORM_TYPES

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
MEDIUM = Medium(
    "QM-0001", "机电之声", "微信公众号", "2100", "2104", ("2105", "2107"), filed_on=date(2020, 1, 1)
)
PEOPLE = {
    "2104": Person("2104", "李老师", "2100"),
    "2105": Person("2105", "何老师", "2100"),
    "2107": Person("2107", "陈同学", "2100", Identity.STUDENT),
}
LATELY = NOW - timedelta(days=1)


def left(*ids: str, on: date = TODAY) -> dict[str, Person]:
    return {key: replace(person, left_on=on) if key in ids else person for key, person in PEOPLE.items()}


@pytest.mark.parametrize(
    ("people", "found"),
    [
        (PEOPLE, ()),
        (left("2104"), ()),
        (left("2104", "2105"), (Fact(Concern.NOBODY),)),
        (left("2104", "2105", on=date(2026, 11, 24)), ()),
        ({}, (Fact(Concern.NOBODY),)),
    ],
)
def test_somebody_on_the_staff_in_service_answers_for_a_medium(
    people: dict[str, Person], found: tuple[Fact, ...]
) -> None:
    assert facts(MEDIUM, people, LATELY, (), NOW) == found


@pytest.mark.parametrize(
    ("days", "kind", "found"),
    [
        (29, "微信公众号", None),
        (30, "微信公众号", (Concern.QUIET, 30)),
        (179, "微信公众号", (Concern.QUIET, 30)),
        (180, "微信公众号", (Concern.LONG_QUIET, 180)),
        (119, "期刊", None),
        (120, "期刊", (Concern.QUIET, 120)),
        (365, "期刊", (Concern.LONG_QUIET, 365)),
    ],
)
def test_a_medium_is_quiet_from_the_days_of_its_platform_on(
    days: int, kind: str, found: tuple[Concern, int] | None
) -> None:
    post = NOW - timedelta(days=days)
    wanted = [Fact(found[0], TODAY - timedelta(days=days), found[1])] if found else []

    assert list(facts(replace(MEDIUM, platform_type=kind), PEOPLE, post, (), NOW)) == wanted


@pytest.mark.parametrize(
    ("filed_on", "found"),
    [
        (TODAY - timedelta(days=29), ()),
        (TODAY - timedelta(days=30), (Fact(Concern.QUIET, TODAY - timedelta(days=30), 30),)),
        (date(2020, 1, 1), (Fact(Concern.LONG_QUIET, date(2020, 1, 1), 180),)),
        (None, (Fact(Concern.QUIET, None, 30),)),
    ],
)
def test_a_medium_without_any_post_is_quiet_since_it_was_filed(
    filed_on: date | None, found: tuple[Fact, ...]
) -> None:
    assert facts(replace(MEDIUM, filed_on=filed_on), PEOPLE, None, (), NOW) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, ()),
        (29, ()),
        (30, (Fact(Concern.QUIET, TODAY - timedelta(days=30), 30),)),
        (180, (Fact(Concern.LONG_QUIET, TODAY - timedelta(days=180), 180),)),
    ],
)
def test_a_medium_filed_long_ago_is_quiet_since_it_was_imported(days: int, found: tuple[Fact, ...]) -> None:
    imported = replace(MEDIUM, filed_here_at=NOW - timedelta(days=days))

    assert facts(imported, PEOPLE, None, (), NOW) == found


def test_a_medium_filed_less_than_thirty_days_ago_does_not_count_whatever_it_published_before() -> None:
    new = replace(MEDIUM, filed_on=TODAY - timedelta(days=29))

    assert facts(new, PEOPLE, NOW - timedelta(days=400), (), NOW) == ()


@pytest.mark.parametrize("state", [state for state in MediumState if state is not MediumState.ACTIVE])
def test_a_medium_that_is_not_in_use_is_never_quiet(state: MediumState) -> None:
    assert facts(replace(MEDIUM, state=state), PEOPLE, None, (), NOW) == ()


def test_a_deregistered_medium_needs_nobody() -> None:
    gone = replace(MEDIUM, state=MediumState.DEREGISTERED)

    assert facts(gone, {}, None, [owed(NOW - timedelta(days=9))], NOW) == ()


def owed(due_at: datetime) -> OwedChange:
    return OwedChange("QM-0001", "admins", "2105", date(2026, 11, 9), due_at)


@pytest.mark.parametrize(
    ("due_at", "found"),
    [
        (MIDNIGHT, (Fact(Concern.OVERDUE, date(2026, 11, 22), item="admins"),)),
        (NOW, (Fact(Concern.OVERDUE, TODAY, item="admins"),)),
        (NOW + timedelta(seconds=1), ()),
    ],
)
def test_a_change_is_overdue_once_its_last_day_is_over(due_at: datetime, found: tuple[Fact, ...]) -> None:
    assert facts(MEDIUM, PEOPLE, LATELY, [owed(due_at)], NOW) == found


def test_the_most_pressing_comes_first() -> None:
    found = facts(MEDIUM, {}, None, [owed(NOW)], NOW)

    assert [fact.concern for fact in found] == [Concern.NOBODY, Concern.OVERDUE, Concern.LONG_QUIET]


def test_thresholds_are_of_platforms_that_exist_and_grow() -> None:
    assert set(QUIET) <= set(PLATFORM_TYPES)
    assert all(quiet.said < quiet.first for quiet in (*QUIET.values(), USUAL))
