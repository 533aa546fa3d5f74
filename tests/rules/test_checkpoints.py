"""When the head of the trail is due."""

from datetime import UTC, datetime

import pytest

from handlers.rules.checkpoints import due, late

EVENING = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("uncovered", "last", "now", "expected"),
    [
        (0, None, EVENING, False),
        (1, None, EVENING, True),
        (1, EVENING, datetime(2026, 12, 1, 15, 59, tzinfo=UTC), False),
        (1, EVENING, datetime(2026, 12, 1, 16, 1, tzinfo=UTC), False),  # the night after midnight
        (1, EVENING, datetime(2026, 12, 2, 0, 39, tzinfo=UTC), False),
        (1, EVENING, datetime(2026, 12, 2, 0, 40, tzinfo=UTC), True),
        (0, EVENING, datetime(2026, 12, 9, 1, tzinfo=UTC), False),
        (511, EVENING, EVENING, False),
        (512, EVENING, EVENING, True),
    ],
)
def test_a_morning_with_something_new_or_so_many_entries(
    uncovered: int, last: datetime | None, now: datetime, expected: bool
) -> None:
    assert due(uncovered, last, now) is expected


def test_more_than_a_day_is_late() -> None:
    assert not late(None, EVENING)
    assert not late(EVENING, datetime(2026, 12, 2, 12, tzinfo=UTC))
    assert late(EVENING, datetime(2026, 12, 2, 12, 1, tzinfo=UTC))
