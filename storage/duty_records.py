"""A duty: what somebody owes by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

LOOK = datetime.fromtimestamp(0, UTC)
"""As the next reminder: no reminder, but the next tick brings the cards up to date."""


class DutyKind(StrEnum):
    """What somebody owes by a time."""

    DECIDE = "decide"
    TERM = "term"
    HEARING = "hearing"
    REVISE = "revise"
    RECEIPT = "receipt"
    LAPSE = "lapse"
    RESUME = "resume"
    DRAFT = "draft"
    CHANGE = "change"
    VACANCY = "vacancy"
    PROXY = "proxy"
    CALENDAR = "calendar"
    WEEK = "week"
    ROUND = "round"
    ACCOUNT = "account"
    RECEIVE = "receive"
    LOOK_AGAIN = "look_again"
    COMMENTS = "comments"
    KEEPING = "keeping"
    EXPIRY = "expiry"
    ASKED = "asked"
    CALL = "call"
    CAMPAIGN = "campaign"
    SYSTEMS = "systems"


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed, by whom, under which article; `next_at` is when the next reminder goes.

    `name` says what of whom: at most one duty of a name is open, and one that begins again after it was
    done is another. `rung` is the last one that went. A vacancy is a unit's (`detail`) or that of a
    request's step; a change knows the `request` in which it is being filed.
    """

    id: int
    name: str
    kind: DutyKind
    article: str
    since: datetime
    due_at: datetime | None
    next_at: datetime | None
    rung: int = 0
    person: str = ""
    request: int | None = None
    draft: int | None = None
    step: str = ""
    version: int = 0
    medium: str = ""
    detail: Mapping[str, Any] | None = None
    open: bool = True

    @property
    def reminded(self) -> bool:
        """Whether a reminder is planned: none is where the ladder has ended, nor while it rests."""
        return self.next_at is not None and self.next_at > LOOK

    @property
    def changed_on(self) -> date:
        """Of a medium's change: its day."""
        return date.fromisoformat((self.detail or {})["changed_on"])
