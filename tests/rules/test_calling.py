"""When the media of a campaign are reminded: within its window, then the head, then the centre."""

from datetime import UTC, datetime

import pytest

from handlers.rules.calling import call_ladder, list_ladder
from handlers.rules.workdays import Calendar
from storage.silences import Silence

CALENDAR = Calendar()


def utc(text: str) -> datetime:
    """Of an hour in Shanghai."""
    return datetime.fromisoformat(f"2026-{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "until", "rungs"),
    [
        ("11-23T09:00", "11-23T13:00", [(1, "11-23T11:00"), (2, "11-23T12:00"), (3, "11-23T13:01")]),
        ("11-23T20:00", "11-24T04:00", [(1, "11-24T00:00"), (2, "11-24T02:00"), (3, "11-24T08:45")]),
        ("11-23T09:00", "11-25T18:00", [(1, "11-24T13:31"), (2, "11-25T08:45"), (3, "11-26T08:45")]),
        ("11-27T18:00", "11-29T18:00", [(3, "11-30T08:45")]),
    ],
)
def test_the_ladder_of_a_window(since: str, until: str, rungs: list[tuple[int, str]]) -> None:
    found = call_ladder(utc(since), utc(until), CALENDAR)

    assert [(rung.index, rung.at) for rung in found] == [(index, utc(at)) for index, at in rungs]


def test_the_centre_hears_on_the_working_morning_after_the_heads() -> None:
    assert [rung.at for rung in list_ladder(utc("11-27T18:00"), CALENDAR)] == [utc("12-01T08:45")]


@pytest.mark.parametrize(
    ("medium", "at", "silent"),
    [
        ("QM-0001", "12-12T23:59", False),
        ("QM-0001", "12-13T00:00", True),
        ("QM-0001", "12-13T23:59", True),
        ("QM-0001", "12-14T00:00", False),
        ("QM-0003", "12-13T12:00", False),
    ],
)
def test_a_silence_of_the_school_spares_what_it_names(medium: str, at: str, silent: bool) -> None:
    days = (utc("12-13T00:00"), utc("12-14T00:00"))
    school = Silence(1, "DD-2026-0001", *days, spared=frozenset({"QM-0003"}))
    some = Silence(2, "DD-2026-0002", *days, media=frozenset({"QM-0001"}))

    assert school.covers(medium, utc(at)) is silent
    assert some.covers(medium, utc(at)) is silent
    assert not some.covers("QM-0002", utc(at))
