"""What the rest of the bot knows of a chat platform: one Protocol, and how it can fail."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from cards.card import Card
from handlers.events import Click, Event, FileRef, Message, Origin, Reply, Seen
from handlers.rules.roll import Roll
from storage import records
from storage.letters import Fault as Fault

E = TypeVar("E", bound=Event)

Clock = Callable[[], datetime]
"""Now, in UTC, cut to milliseconds: the one place from which time enters."""

Submit = Callable[[Event], Awaitable[tuple[Reply, Card | None]]]
"""Hands an event to dispatch; returns what a click is answered, its new card composed."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An HTTP request as received; header names are lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, ours or theirs; header names are lower case. What was `too_long` was not kept."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    too_long: bool = False


class Http(Protocol):
    """One HTTP call out; raises OSError or TimeoutError where no answer came."""

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer: ...


class Refused(Exception):
    """An inbound request that is not to be believed; answered with a plain 4xx and counted.

    `why` is for the counter and the log, never for the answer.
    """

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


LONGEST_NAME = 120
"""Characters of what a platform calls something by: as many as the columns take that keep it."""


def believable(event: E) -> E:
    """The event, where its keys, accounts and ids are such as a platform gives; raises `Refused`.

    They come signed, and still no column nor query may fail for one that is too long or holds a NUL,
    which PostgreSQL does not take.
    """
    names = [event.key]
    if isinstance(event, Origin):
        names += [*event.accounts, event.message]
    if isinstance(event, Seen):
        names += event.messages
    if isinstance(event, Message):
        names.append(event.chat)
    if isinstance(event, Click):
        names += [event.act, event.ref, event.step, event.card]
    if any(len(name) > LONGEST_NAME or "\0" in name for name in names):
        raise Refused(400, "an id that is none")
    return event


class Passing(Exception):
    """Sending failed and may succeed later, under the same key.

    `after` is the wait in seconds that the platform asked for; `whole` that it holds for every
    receiver, so the platform is left alone until then.
    """

    def __init__(self, why: str, after: float | None = None, *, whole: bool = False) -> None:
        super().__init__(why)
        self.why, self.after, self.whole = why, after, whole


class Permanent(Exception):
    """Sending failed for good: trying again would fail the same way."""

    def __init__(self, fault: Fault, code: int, why: str) -> None:
        super().__init__(f"{code} {why}")
        self.fault, self.code, self.why = fault, code, why


class TooLarge(Permanent):
    """A file that is taken from nobody, for its size: by the platform, or by us (the size unknown)."""

    def __init__(self, code: int, size: int | None = None) -> None:
        super().__init__(Fault.CARD, code, "a file too large" if size is None else f"a file of {size} bytes")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a platform remembers of a sent card."""

    message_id: str
    response_code: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    content: bytes
    media_type: str = ""
    name: str = ""


class Directory(Protocol):
    """A platform's list of departments and members, as far as the app may see it."""

    async def read(self, accounts: Collection[str]) -> Roll:
        """Everybody, those of the `accounts` on the books in full; not whole where it broke off."""
        ...

    async def look(self, account: str) -> Roll:
        """One account with its department; raises `Passing` or `Permanent`."""
        ...


class Platform(Protocol):
    """A chat platform. Every outbound call raises `Passing` or `Permanent`, nothing else."""

    name: records.Platform
    directory: Directory

    async def receive(self, raw: Raw, submit: Submit, now: datetime) -> Answer:
        """Verify, decrypt, decode, hand over, answer; raises `Refused`."""
        ...

    async def send(self, account: str, card: Card, key: str) -> Sent:
        """Send `card` to one person; the same `key` (a letter's id, 32 hex digits) sends once."""
        ...

    async def send_file(self, account: str, name: str, content: bytes, media_type: str, key: str) -> Sent:
        """Send a file to one person, a picture so that it is seen; the same `key` sends once.

        Raises `TooLarge` beyond what the platform takes (Feishu 30 MB, WeCom 20 MB).
        """
        ...

    async def update(self, account: str, sent: Sent, card: Card, key: str) -> None:
        """Repaint a sent card for its receiver; `key` is the id of the letter that carried it."""
        ...

    async def say_in_group(self, chat: str, message_id: str, text: str, key: str) -> None:
        """A short line under a message in a group."""
        ...

    async def recall(self, sent: Sent) -> None:
        """Take a sent message back."""
        ...

    async def fetch(self, file: FileRef) -> Download:
        """Bring a file that somebody sent to the bot; raises `TooLarge` beyond what is kept."""
        ...

    async def ready(self) -> None:
        """Have a valid token, or raise."""
        ...

    async def start(self, submit: Submit) -> None:
        """Learn what must be known before the first event (Feishu: the bot's own id)."""
        ...

    async def stop(self) -> None: ...
