"""A clock that runs like the real one, from a morning of our choosing, and can be put forward."""

from datetime import UTC, datetime, time, timedelta

from handlers.rules.deadlines import SHANGHAI
from handlers.rules.workdays import Calendar

OPENING = time(9, 0)


class SandboxClock:
    """Calling it tells the sandbox's time (UTC, milliseconds); it begins on a working day at 9:00."""

    def __init__(self, real: datetime) -> None:
        today = real.astimezone(SHANGHAI).date()
        calendar = Calendar.default()
        day = today if calendar.is_workday(today) else calendar.add(today, 1)
        self._ahead = datetime.combine(day, OPENING, SHANGHAI).astimezone(UTC) - real

    def __call__(self) -> datetime:
        now = datetime.now(UTC) + self._ahead
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def put_forward(self, to: datetime) -> None:
        """Jump to an instant that is still to come."""
        self._ahead += max(timedelta(0), to - self())
