"""How fast Feishu may be called (open platform page uUzN04SN3QjL1cDN), and how long a click may take."""

from collections import OrderedDict
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Timing:
    """Calls per second and minute of the app, per second to one target; seconds around a click.

    The platform shows an error where a click is not answered in 3 s; a repaint that comes while the
    answer is still on its way makes the card flip back.
    """

    app_second: float = 50
    app_minute: float = 1000
    target_second: float = 5
    answer_within: float = 2.0
    settle: float = 0.5


def bucket(limit: float, seconds: float) -> AsyncLimiter:
    """At most `limit` in any window of that length: a fifth at once, the rest evenly."""
    return AsyncLimiter(limit / 5, seconds / 4)


class Pace:
    """Waits until a call may be made; targets not written to lately are forgotten."""

    def __init__(self, timing: Timing) -> None:
        self._timing = timing
        self._app = (bucket(timing.app_second, 1), bucket(timing.app_minute, 60))
        self._targets: OrderedDict[str, AsyncLimiter] = OrderedDict()

    async def wait(self, target: str = "") -> None:
        """Until there is room; `target` is a receiver, a group or a message, if the call has one."""
        if target:
            await self._bucket_of(target).acquire()
        for bucket_ in self._app:
            await bucket_.acquire()

    def _bucket_of(self, target: str) -> AsyncLimiter:
        if target not in self._targets:
            self._targets[target] = bucket(self._timing.target_second, 1)
        self._targets.move_to_end(target)
        if len(self._targets) > REMEMBERED:
            self._targets.popitem(last=False)
        return self._targets[target]
