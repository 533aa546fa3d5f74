"""A Feishu app for tests: its settings, a clock that stands, the samples, and callbacks as pushed."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from hypothesis import strategies as st

from bot.platforms import feishu_crypto, feishu_wire
from bot.platforms.base import Answer, Raw
from bot.platforms.feishu import Feishu
from bot.platforms.feishu_pace import Timing
from bot.platforms.settings import FeishuSettings
from bot.sandbox.feishu_sim import FeishuSim
from cards.card import Button, Card, Style
from handlers.events import Click, Enter, Event, Message, Reply
from storage.records import Platform

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
SETTINGS = FeishuSettings(
    app_id="cli_b7f20c41d9a3e00d",
    app_secret="demo-secret",
    encrypt_key="demo-Encrypt-Key-42",
    verification_token="Vt0kExampleToken4ApprovalBot01",
    tenant_key="3f9ab1c27d40e85a",
)
BOT = "ou_9f8e7d6c5b4a39281706f5e4d3c2b1a0"
LIN = "ou_1a2b3c4d5e6f708192a3b4c5d6e7f801"
ZHOU = "ou_2b3c4d5e6f708192a3b4c5d6e7f80912"
WRITTEN = datetime(2026, 1, 1, 1, 0, 0, 11_000, tzinfo=UTC)
"""When the messages of the samples were written; their events are a little later."""
HAPPENED = datetime(2026, 1, 1, 1, 0, 0, 123_000, tzinfo=UTC)
FROM_LIN: dict[str, Any] = {
    "platform": Platform.FEISHU, "accounts": (LIN, "1a2b3c4d"), "at": NOW, "said_at": HAPPENED,
}  # fmt: skip
FROM_ZHOU: dict[str, Any] = FROM_LIN | {"accounts": (ZHOU, "2b3c4d5e")}
WROTE: dict[str, Any] = FROM_LIN | {"said_at": WRITTEN}
SAMPLES = Path(__file__).parent.parent / "samples" / "feishu"


def sample(name: str) -> Any:
    """A sample payload, read from tests/samples/feishu."""
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def signed(body: bytes) -> Raw:
    """The body as the platform pushes it: with its signature in the headers."""
    mark = feishu_crypto.signature("1767229200", "nonce", SETTINGS.encrypt_key, body)
    headers = {
        "x-lark-request-timestamp": "1767229200",
        "x-lark-request-nonce": "nonce",
        "x-lark-signature": mark,
    }
    return Raw("POST", {}, headers, body)


def pushed(envelope: object) -> Raw:
    """An envelope encrypted and signed."""
    sealed = feishu_crypto.encrypt(orjson.dumps(envelope), SETTINGS.encrypt_key, bytes(16))
    return signed(orjson.dumps({"encrypt": sealed}))


def understood(envelope: Any, bot: str = BOT) -> Event | None:
    """What a believed envelope means."""
    return feishu_wire.decode(envelope, bot, NOW)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
"""Any JSON value, small."""


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


KEY = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
GROUP = "oc_group"
ASK = Card(
    "待审批 FB-2026-0001",
    buttons=(
        Button("同意", "approve", "FB-2026-0001", "responsible", 2, Style.PRIMARY),
        Button("查看", "show"),
    ),
)
DONE = Card("已同意 FB-2026-0001", closed="周明 已同意")
UNHURRIED = Timing(app_second=1e6, app_minute=1e6, target_second=1e6, answer_within=1.0, settle=0.0)
Decide = Callable[[Event], Awaitable[tuple[Reply, Card | None]]]


async def nothing(_event: Event) -> tuple[Reply, Card | None]:
    return Reply(), None


class World:
    """Feishu played in memory, our side of it, and everything that was understood."""

    def __init__(self, timing: Timing = UNHURRIED) -> None:
        self.clock = Clock()
        self.sim = FeishuSim(SETTINGS, self.clock, {LIN: "林夏", ZHOU: "周明"})
        self.feishu = Feishu(SETTINGS, self.sim, self.clock, timing)
        self.events: list[Event] = []
        self.decide: Decide = nothing
        self.sim.deliver = self.deliver

    async def submit(self, event: Event) -> tuple[Reply, Card | None]:
        self.events.append(event)
        return await self.decide(event)

    async def deliver(self, raw: Raw) -> Answer:
        return await self.feishu.receive(raw, self.submit, self.clock())

    async def started(self) -> "World":
        await self.feishu.start(self.submit)
        return self

    def screen(self, account: str) -> list[str]:
        """What a person sees, a line a message: a card by its title."""
        return [
            shown.native["header"]["title"]["content"] if shown.native else shown.text
            for shown in self.sim.screens.get(account, [])
        ]


def meaning(event: Event) -> Event:
    """The event without what the platform numbers."""
    assert isinstance(event, Message | Click | Enter)
    return replace(event, key="", message="")


def sender(account: str, world: World) -> dict[str, Any]:
    ids = (account, account.removeprefix("ou_")[:8])
    return {"key": "", "platform": Platform.FEISHU, "accounts": ids, "at": world.clock()}
