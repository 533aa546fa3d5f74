"""Everything that can happen, in neutral words, and what a click is answered at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.records import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an event comes from.

    `key` is claimed once for ever; `accounts` are the ids the platform gives for the one sender;
    `at` is when it reached us (UTC, milliseconds); `message` is the platform's message id, if any.
    """

    key: str
    platform: Platform
    accounts: tuple[str, ...]
    at: datetime
    message: str = ""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file as the platform names it: `key` expires soon, `kind` is image, file or video."""

    key: str
    name: str
    kind: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Origin):
    """A line (or several) somebody wrote; `chat` is the group's id, empty in a private chat."""

    text: str = ""
    chat: str = ""
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Click(Origin):
    """A pressed button or a submitted form.

    `act`, `ref`, `step`, `version` come from the button and are routing, never authority; `card`
    is the id of the letter that carried it; `fields` what was typed or chosen; `code` WeCom's
    one-time right to repaint the clicked card.
    """

    act: str
    ref: str = ""
    step: int = 0
    version: int = 0
    card: str = ""
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter(Origin):
    """Somebody opened the conversation with the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The clock: `what` names the handler."""

    key: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The courier brought a file that was sent to the bot, or could not (`error`)."""

    key: str
    at: datetime
    upload: int
    content: bytes = b""
    media_type: str = ""
    error: str = ""


Event = Message | Click | Enter | Tick | Fetched


@dataclass(frozen=True, slots=True)
class Reply:
    """What the sender of an event is shown at once.

    For a click: a toast, and the card (template and arguments) that replaces the clicked one.
    """

    toast: str = ""
    ok: bool = True
    template: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
