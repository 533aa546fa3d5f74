"""From when to when somebody comes instead of another, as two days that were typed."""

from datetime import UTC, date, datetime, time, timedelta

from cards.times import SHANGHAI
from handlers.typed.moments import Wrong, calendar_day

LONGEST = timedelta(days=90)


def bounds(first: str, last: str, now: datetime, what: str) -> tuple[datetime, datetime]:
    """From the beginning of the first day (or now) to the end of the last; raises `Wrong`, which says why
    not. `what` is 代理 or 值班."""

    def begins(day: str, later: int = 0) -> datetime:
        chosen = date.fromisoformat(calendar_day(day, now)) + timedelta(days=later)
        return datetime.combine(chosen, time(), SHANGHAI).astimezone(UTC)

    starts, ends = max(begins(first), now), begins(last, 1)
    if begins(last) < begins(first):
        raise Wrong("止日不能早于起日")
    if ends <= now:
        raise Wrong("这几天已经过去了")
    if starts > now + LONGEST:
        raise Wrong("起日只能在 90 天以内")
    if ends - starts > LONGEST:
        raise Wrong(f"{what}最长 90 天")
    return starts, ends
