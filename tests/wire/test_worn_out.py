"""When a letter is given up: three days after it was written, and never untried."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errands import IN_VAIN, worn_out
from bot.health import Health
from storage.letters import Letter, LetterKind
from storage.records import Platform

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "attempts", "in_vain", "over"),
    [
        (4, 1, 0, False),  # the machine was off, and this is the first try
        (4, 2, 3, False),
        (2, IN_VAIN, IN_VAIN, False),
        (4, IN_VAIN, 0, True),  # the letter alone fails
        (4, 1, IN_VAIN, True),  # its platform takes none
    ],
)
def test_age_alone_wears_no_letter_out(days: int, attempts: int, in_vain: int, over: bool) -> None:
    letter = Letter(
        "1", LetterKind.SEND, Platform.WECOM, "2104", "li", "say", {}, NOW - timedelta(days=days),
        attempts=attempts,
    )  # fmt: skip

    assert worn_out(letter, in_vain, NOW) is over


def test_a_platform_is_tried_in_vain_once_a_pause_until_something_gets_through() -> None:
    now = [NOW]
    health = Health(lambda: now[0])
    for _ in range(3):
        for _ in range(5):  # letters that were under way at the same time
            health.failed(Platform.WECOM, unanswered=True)
            health.hold(Platform.WECOM, 1)
        now[0] += timedelta(minutes=1)
    assert (health.in_vain(Platform.WECOM), health.in_vain(Platform.FEISHU)) == (3, 0)

    health.works(Platform.WECOM)
    assert health.in_vain(Platform.WECOM) == 0
