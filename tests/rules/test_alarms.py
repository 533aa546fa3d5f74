"""When what waits for a platform is worth an alarm."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.rules.alarms import Alarm, Line, sounds
from storage.records import Platform

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


def line(since: float | None, sent: float | None = None) -> Line:
    return Line(
        Platform.FEISHU,
        None if since is None else ago(since),
        None if sent is None else ago(sent),
    )


@pytest.mark.parametrize(
    ("stands", "down", "alarm"),
    [
        (line(None), None, None),
        (line(4.9), None, None),
        (line(5), None, Alarm.DOWN),
        (line(60, sent=4.9), None, Alarm.SLOW),  # others go out
        (line(14.9, sent=1), None, None),
        (line(15, sent=1), None, Alarm.SLOW),
        (line(60, sent=5), None, Alarm.DOWN),
        (line(None), (ago(3), True), Alarm.DOWN),  # nothing went out since: not known to be back
        (line(None, sent=4), (ago(3), True), Alarm.DOWN),
        (line(60, sent=2), (ago(3), True), None),  # what was left goes out
        (line(60, sent=6), (ago(30), True), Alarm.DOWN),  # one got through, and nothing since
        (line(60, sent=0), (ago(14.9), False), None),
        (line(60, sent=0), (ago(15), False), Alarm.SLOW),
        (line(5), (ago(20), False), Alarm.DOWN),
    ],
)
def test_an_alarm_sounds_by_what_waits_and_what_went_out(
    stands: Line, down: tuple[datetime, bool] | None, alarm: Alarm | None
) -> None:
    assert sounds(stands, NOW, down) is alarm
