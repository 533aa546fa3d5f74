"""A Feishu app for tests: its settings, a clock that stands, the samples, and callbacks as pushed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from bot.platforms import feishu_crypto
from bot.platforms.base import Raw
from bot.platforms.settings import FeishuSettings

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
