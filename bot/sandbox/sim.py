"""What the two played platforms have in common: faults, people's screens, and the way in and out."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.platforms.base import Answer, Clock, Raw
from bot.platforms.multipart import Attached
from bot.sandbox.directory import PlayedDirectory

LABELS = {"image": "图片", "video": "视频", "media": "视频"}
Deliver = Callable[[Raw], Awaitable[Answer]]
"""Brings a callback to the bot, over HTTP or in process."""


@dataclass(slots=True)
class Faults:
    """Switches that break the network: `down` refuses, `slow` waits (seconds), `limited` answers
    with the platform's rate-limit error, `lost` does the work and drops the answer; `next_codes`
    are platform error codes for the next calls, in turn."""

    down: bool = False
    slow: float = 0.0
    limited: bool = False
    lost: bool = False
    next_codes: deque[int] = field(default_factory=deque)


@dataclass(slots=True)
class Shown:
    """One message on somebody's screen.

    `native` is the platform's own JSON of a card (as the platform would draw it), `text` that of a
    text message; `file` what the bot attached, with `[图片] name` or the like as its text; `mine` marks
    what the person sent; `chat` is the group, and `sender` the member of it who wrote; `version` counts
    repaints.
    """

    id: str
    account: str
    at: datetime
    native: Mapping[str, Any] | None = None
    text: str = ""
    mine: bool = False
    recalled: bool = False
    version: int = 1
    chat: str = ""
    sender: str = ""
    toast: str = ""
    file: Attached | None = None


def labelled(kind: str, file: Attached) -> str:
    """The text that stands for a file on a screen."""
    return f"[{LABELS.get(kind, '文件')}] {file.name}"


class Sim(ABC):
    """A platform played in memory; calling it is calling the platform's HTTP API.

    Subclasses answer API calls in `answer` and turn people's acts into signed, encrypted callbacks
    for `deliver`. `screens` holds what each account sees, oldest first, `directory` who is where, and
    `groups` the accounts in each group chat that the bot is in.
    """

    directory: PlayedDirectory

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.faults = Faults()
        self.screens: dict[str, list[Shown]] = {}
        self.groups: dict[str, list[str]] = {}
        self.calls: list[tuple[str, str]] = []
        self.deliver: Deliver | None = None

    @abstractmethod
    async def answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        """Answer one API call as the platform would."""

    @abstractmethod
    def rate_limited(self) -> Answer:
        """The platform's own answer to a caller that is over its limit."""

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """The bot's HTTP client, short-circuited; the faults apply here."""
        path = urlsplit(url).path
        self.calls.append((method, path))
        if self.faults.down:
            raise ConnectionRefusedError("sandbox: platform is down")
        if self.faults.slow:
            await asyncio.sleep(self.faults.slow)
        if self.faults.limited:
            return self.rate_limited()
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        result = await self.answer(method, path, dict(params or {}), lower, body or b"")
        if self.faults.lost:
            raise TimeoutError("sandbox: the answer was lost")
        return result

    def show(self, shown: Shown) -> None:
        self.screens.setdefault(shown.account, []).append(shown)

    def find(self, account: str, message_id: str) -> Shown:
        """The message on that person's screen; raises KeyError."""
        for shown in self.screens.get(account, []):
            if shown.id == message_id:
                return shown
        raise KeyError(message_id)

    @abstractmethod
    async def say(self, account: str, text: str, chat: str = "") -> Answer:
        """The person writes to the bot (in a group: after mentioning it)."""

    @abstractmethod
    async def click(
        self, account: str, message_id: str, button: str, fields: Mapping[str, Any] | None = None
    ) -> Answer:
        """The person presses the button with that text on a card they see; `fields` are the card's
        inputs or selectors by name. What the answer changes is changed on every screen it would be.
        Raises LookupError where the card has no such button (or it can no longer be pressed)."""

    @abstractmethod
    async def redeliver(self) -> list[Answer]:
        """Push again what the bot has not acknowledged."""

    @abstractmethod
    async def enter(self, account: str) -> Answer:
        """The person opens the conversation."""

    @abstractmethod
    async def menu(self, account: str, key: str) -> Answer:
        """The person presses an entry of the bot's menu."""

    @abstractmethod
    async def leaves(self, account: str) -> None:
        """The person leaves the school: the directory says so, and whom the platform tells is told."""

    @abstractmethod
    async def returns(self, account: str) -> None:
        """Who has left is a member again, where they were."""

    def has_left(self, account: str) -> bool:
        """Whether the directory has that person no more."""
        member = self.directory.members.get(account)
        return member is None or member.left

    @abstractmethod
    async def moves(self, account: str, department: str) -> None:
        """The person is put into another department of the directory."""

    @abstractmethod
    async def upload(self, account: str, name: str, content: bytes, kind: str = "file") -> Answer:
        """The person sends a file or picture."""
