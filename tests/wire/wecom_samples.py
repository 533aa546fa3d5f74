"""The samples of WeCom's wire, and the keys they are made with."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from bot.platforms.base import Raw
from bot.platforms.settings import WecomSettings
from bot.platforms.wecom_crypto import Crypto

SAMPLES = Path(__file__).parents[1] / "samples" / "wecom"

SETTINGS = WecomSettings(
    corp_id="ww0f1e2d3c4b5a6978",
    agent_id=1000017,
    secret="SECRET_FICTIONAL",
    token="Kx7ApprovalTok01",
    encoding_aes_key="H8qIvzH4ZN7dZ9smKfUGdZEr2iF3JoUbLoFTqozxnw8",
)
CRYPTO = Crypto(SETTINGS.token, SETTINGS.encoding_aes_key, SETTINGS.corp_id)
NOW = datetime(2026, 1, 5, 2, 0, 0, tzinfo=UTC)


def xml(name: str) -> str:
    return (SAMPLES / f"{name}.xml").read_text("utf-8")


def sample(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = orjson.loads((SAMPLES / f"{name}.json").read_bytes())
    return loaded


def post(case: dict[str, Any]) -> Raw:
    """The callback of an encrypted sample."""
    return Raw("POST", case["query"], {}, case["raw_post_body"].encode())


def sealed(plain: str, crypto: Crypto = CRYPTO) -> Raw:
    """A callback with `plain` inside, signed and encrypted as WeCom would."""
    encrypted = crypto.encrypt(plain, b"0123456789abcdef")
    query = {
        "msg_signature": crypto.signature("1767578401", "1372623149", encrypted),
        "timestamp": "1767578401",
        "nonce": "1372623149",
    }
    return Raw("POST", query, {}, f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>".encode())
