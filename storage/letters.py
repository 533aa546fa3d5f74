"""The nouns of the outbox: a letter, what the courier does with it, and where it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.records import Platform


class Unreadable(Exception):
    """A row that holds what no letter was ever written with; its id."""


class LetterKind(StrEnum):
    """What the courier does with a letter."""

    SEND = "send"
    UPDATE = "update"
    RECALL = "recall"
    FETCH = "fetch"
    GROUP = "group"
    FILE = "file"


class LetterState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    SKIPPED = "skipped"


class Fault(StrEnum):
    """Why a letter can never arrive as it is."""

    RECEIVER = "receiver"
    CARD = "card"
    GONE = "gone"
    CONFIG = "config"
    OFF = "off"
    LATE = "late"


class Lane(StrEnum):
    """How a letter is addressed when its platform fails for good.

    DECISION goes to every platform of its person; NOTICE to one, and to the other when that fails.
    """

    DECISION = "decision"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to tell one person on one platform; the card is composed when it leaves."""

    id: str
    kind: LetterKind
    platform: Platform
    person: str
    account: str
    template: str
    args: Mapping[str, Any]
    created_at: datetime
    lane: Lane = Lane.NOTICE
    once: str | None = None
    request: int | None = None
    target: str = ""
    urgent: bool = False
    state: LetterState = LetterState.QUEUED
    attempts: int = 0
    next_at: datetime | None = None
    message_id: str = ""
    response_codes: tuple[str, ...] = ()
    closed: bool = False
    sent_at: datetime | None = None
    read_at: datetime | None = None
    error: str = ""
