"""One line of the table of duties: which state of something owes what, and who hears of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from handlers.rules.rungs import Hears, Rung
from handlers.rules.workdays import Calendar
from storage.duty_records import Duty, DutyKind
from storage.records import Request, Urgency

S = TypeVar("S")
Ladder = Callable[[Duty, Urgency, Calendar], Iterator[Rung]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it is now, `held` where somebody may decide its open step."""

    request: Request
    held: bool = True


@dataclass(frozen=True, slots=True)
class Owes(Generic[S]):
    """One line of the table: `while_` something stands so, `kind` is owed.

    `hears` is who can act, `then` who is told too, from the rung of the `ladder` on that is for them; without
    a ladder it is looked at on every tick. `since` is where the ladder begins, the moment the state was
    entered where it is left out. `rests` while it is being dealt with: owed, and not reminded of.
    """

    kind: DutyKind
    while_: Callable[[S], bool]
    article: Callable[[S], str]
    hears: Hears
    then: tuple[Hears, ...] = ()
    ladder: Ladder | None = None
    since: Callable[[S], datetime] | None = None
    due: Callable[[S, datetime], datetime | None] = lambda _, __: None
    rests: Callable[[S], bool] = lambda _: False
