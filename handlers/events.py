"""Everything that can happen, in neutral words, and what a click is answered at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from handlers.rules.roll import Change, Memory, Remarks
from handlers.rules.text import clean
from storage.letters import Fault
from storage.records import Platform

LONGEST_TEXT = 30_000
"""Characters of a message that are read at all: a text of 20,000 with every other field. Of a longer one
its sender is told, before any pattern or handler looks at it."""

Place = tuple[int, int]
"""How far the slices of a tick have come: the last one's moment (ms) and id."""

NOWHERE: Place = (-1, 0)
"""Before the first slice."""

NO_TIME = datetime.max.replace(tzinfo=UTC)
"""The time of an event whose platform gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an event comes from.

    `key` is claimed once for ever; `accounts` are the ids the platform gives for the one sender;
    `at` is when it reached us (UTC, milliseconds), `said_at` when it happened, as the platform has it
    and never later; `message` is the platform's message id, if any. What people wrote is cleaned
    here (`rules.text`): the same, whichever way it came.
    """

    key: str
    platform: Platform
    accounts: tuple[str, ...]
    at: datetime
    said_at: datetime = NO_TIME
    message: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "said_at", min(self.said_at, self.at))


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

    def __post_init__(self) -> None:
        Origin.__post_init__(self)
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Click(Origin):
    """A pressed button or a submitted form.

    `act`, `ref`, `step`, `version` come from the button and are routing, never authority; `card`
    is the id of the letter that carried it; `fields` what was typed or chosen; `code` WeCom's
    one-time right to repaint the clicked card.
    """

    act: str
    ref: str = ""
    step: str = ""
    version: int = 0
    card: str = ""
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    code: str = ""

    def __post_init__(self) -> None:
        Origin.__post_init__(self)
        object.__setattr__(self, "fields", {name: _cleaned(given) for name, given in self.fields.items()})


def _cleaned(given: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return clean(given) if isinstance(given, str) else tuple(map(clean, given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter(Origin):
    """Somebody opened the conversation with the bot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Origin):
    """Somebody has read `messages` that the bot sent them, at `said_at`."""

    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The clock: `what` names the handler. Much that is due is done in slices, each an event of its own, so
    that others get their turn; `after` is where this slice goes on."""

    key: str
    at: datetime
    what: str
    after: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The courier brought a file that was sent to the bot, or could not (`error`); `sha256` is in hex."""

    key: str
    at: datetime
    upload: int
    content: bytes = b""
    sha256: str = ""
    media_type: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A platform will never take this letter to whom it is for; `error` is what it said."""

    key: str
    at: datetime
    letter: str
    fault: Fault
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactHint:
    """A platform says that its directory changed: one account, or (empty) departments.

    What it says is thin and may come late, twice or never, so the account is read anew; `left` is
    kept because a platform that has removed somebody may no longer say why.
    """

    key: str
    at: datetime
    platform: Platform
    account: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryChange:
    """What a platform's directory says anew of one person on the books."""

    key: str
    at: datetime
    platform: Platform
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRead:
    """A platform's directory was read: what to remember of it, and what somebody must look at.

    `memory` is None where the reading broke off.
    """

    key: str
    at: datetime
    platform: Platform
    remarks: Remarks
    memory: Memory | None = None


Event = (
    Message
    | Click
    | Enter
    | Seen
    | Tick
    | Fetched
    | Undelivered
    | ContactHint
    | DirectoryChange
    | DirectoryRead
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the sender of an event is shown at once.

    For a click: a toast, and the card (template and arguments) that replaces the clicked one. `title`
    heads the words where they are sent as a message and something was only lacking. `also` is said to
    the writer of a message behind the answer: what of it was not done. `left` is said to the clock: more is
    due behind that place.
    """

    toast: str = ""
    ok: bool = True
    template: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    also: str = ""
    left: Place | None = None
