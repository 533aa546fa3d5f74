"""When the comments of a post are asked about: its first hours, four working mornings, and the end."""

from datetime import UTC, datetime

import pytest

from handlers.rules.commenting import OVER, ends, keeping_ladder, soon
from handlers.rules.workdays import Calendar


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("out", "asked"),
    [
        (
            "2026-11-23 10:00",
            {1: "11-23 11:00", 2: "11-23 14:00", 3: "11-24 08:45", 4: "11-25 08:45", 6: "11-27 08:45"},
        ),
        ("2026-11-27 20:30", {1: "11-27 21:30", 3: "11-30 08:45", 6: "12-03 08:45", 7: "12-04 08:45"}),
        ("2026-11-28 10:00", {1: "11-28 11:00", 2: "11-28 14:00", 3: "11-30 08:45"}),
        ("2026-11-24 02:00", {3: "11-25 08:45", 7: "12-01 08:45"}),
        ("2026-11-24 06:30", {1: "11-24 07:30", 2: "11-24 10:30", 3: "11-25 08:45"}),
    ],
)
def test_first_hours_when_people_are_awake_then_working_mornings(out: str, asked: dict[int, str]) -> None:
    rungs = {rung.index: rung.at for rung in keeping_ladder(shanghai(out), Calendar.default())}

    assert {index: rungs[index] for index in asked} == {
        index: shanghai(f"2026-{text}") for index, text in asked.items()
    }
    assert max(rungs) == OVER
    assert (1 in rungs, 2 in rungs) == (1 in asked, 2 in asked)
    assert ends(shanghai(out), Calendar.default()) == rungs[OVER]


@pytest.mark.parametrize(
    ("rung", "at", "goes"),
    [
        (0, "2026-11-28 11:00", True),
        (1, "2026-11-28 21:59", True),
        (1, "2026-11-28 22:00", False),
        (2, "2026-11-28 11:00", False),
    ],
)
def test_only_the_first_hours_are_asked_about_outside_working_hours(rung: int, at: str, goes: bool) -> None:
    assert soon(rung, shanghai(at)) is goes
