"""The nouns of time: what somebody owes by when, what their next line is for, who stands in for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.records import Act


class DutyKind(StrEnum):
    """What somebody owes by a time."""

    DECIDE = "decide"
    RECEIPT = "receipt"
    DRAFT = "draft"
    CHANGE = "change"
    VACANCY = "vacancy"
    PROXY = "proxy"
    CALENDAR = "calendar"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed, by whom, under which article; `next_at` is when the next reminder goes.

    `rung` is the last one that went. A vacancy is a unit's (`detail`) or that of a request's step.
    """

    id: int
    once: str
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


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a person's next plain line will be taken for, until it expires."""

    person: str
    act: Act
    number: str
    step: str
    version: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Proxy:
    """外出代理: `delegate` may decide for `principal` between two instants (form F15)."""

    id: int
    principal: str
    delegate: str
    starts_at: datetime
    ends_at: datetime
    reason: str = ""
    cancelled_at: datetime | None = None
