"""When whoever keeps the comments of a post is asked to look at them (Articles 6(3)2, 12).

> 应对公众账号留言、跟帖、评论等互动环节进行实时管理。（第十二条）
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from handlers.rules.deadlines import SHANGHAI, morning, mornings
from handlers.rules.ladder import KEY
from handlers.rules.rungs import Rung
from handlers.rules.workdays import Calendar

SOON = (timedelta(hours=1), timedelta(hours=4))
"""How long after a post is out its first hours are asked about, on any day."""

AWAKE = time(7), time(22)
"""Between which hours that is: who published late is not woken, the next morning asks anyway."""

MORNINGS = 4
"""The next working morning, and three more."""

OTHERS = len(SOON) + 1
"""The rung from which the operators hear once, where nobody has said that they looked."""

OVER = OTHERS + MORNINGS
"""The rung at which nobody is asked any more."""


def awake(at: datetime) -> bool:
    return AWAKE[0] <= at.astimezone(SHANGHAI).time() < AWAKE[1]


def keeping_ladder(out: datetime, calendar: Calendar) -> Iterator[Rung]:
    """The first hours of a post that is out, the working mornings from the next day on, and the end."""
    for index, wait in enumerate(SOON, start=1):
        if awake(out + wait):
            yield Rung(index, out + wait)
    # a post of before dawn is asked about in the morning after that of its own day
    own = morning(out.astimezone(SHANGHAI).date(), KEY)
    following = islice(mornings(max(out, own), calendar, KEY), MORNINGS + 1)
    for index, at in enumerate(following, start=OTHERS):
        yield Rung(index, at)


def soon(rung: int, at: datetime) -> bool:
    """Whether what follows a rung is asked about at any hour at which people are awake."""
    return rung < len(SOON) and awake(at)


def ends(out: datetime, calendar: Calendar) -> datetime:
    """From when on nobody is asked any more."""
    return next(rung.at for rung in keeping_ladder(out, calendar) if rung.index == OVER)
