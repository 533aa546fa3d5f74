"""How often one member may be written to: WeCom drops the excess without an error (page 90236)."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from bot.platforms.base import Clock, Passing
from storage.queues import PACED

_WINDOWS = ((timedelta(minutes=1), 28), (timedelta(hours=1), 950))
"""A little below the documented 30 a minute and 1000 an hour: other bots of the app may write too."""


class Pace:
    """Counts messages per member over the last hour; members not written to since are forgotten.

    A window is exact where a token bucket is not: a full bucket and its refill would together pass
    the limit within one minute. Nobody waits here, the letter comes back when there is room.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: OrderedDict[str, deque[datetime]] = OrderedDict()

    def __len__(self) -> int:
        """How many members are remembered."""
        return len(self._sent)

    def take(self, account: str) -> None:
        """Counts one message to `account`; raises `Passing` with the wait where there is no room."""
        now = self._clock()
        self._forget(now - _WINDOWS[-1][0])
        sent = self._sent.setdefault(account.lower(), deque(maxlen=_WINDOWS[-1][1]))
        for span, most in _WINDOWS:
            if len(sent) >= most and sent[-most] > now - span:
                wait = sent[-most] + span - now
                raise Passing(PACED, wait.total_seconds())
        sent.append(now)
        self._sent.move_to_end(account.lower())

    def _forget(self, before: datetime) -> None:
        while self._sent:
            account, sent = next(iter(self._sent.items()))
            if sent[-1] > before:
                return
            del self._sent[account]
