"""What wechatpy does when it is left to itself, and that none of it comes through our checks."""

import binascii
import struct
import subprocess
import sys
from base64 import b64decode, b64encode
from xml.parsers.expat import ExpatError

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise.crypto import PrpCrypto, WeChatCrypto
from wechatpy.enterprise.exceptions import InvalidCorpIdException
from wechatpy.exceptions import InvalidSignatureException

from bot.platforms.base import Raw, Refused
from bot.platforms.wecom_crypto import Crypto
from bot.platforms.wecom_wire import open_callback
from tests.wire.wecom_samples import CRYPTO, SETTINGS, sealed

KEY = b64decode(SETTINGS.encoding_aes_key + "=")
CORP = SETTINGS.corp_id.encode()
HEAD = 20


def layout(length: int, message: bytes, receive_id: bytes = CORP) -> bytes:
    """What lies under the padding; `length` is what it says of itself."""
    return b"0123456789abcdef" + length.to_bytes(4, "big") + message + receive_id


def padded(content: bytes) -> bytes:
    pad = 32 - len(content) % 32
    return content + bytes([pad]) * pad


def enciphered(blocks: bytes) -> str:
    """AES alone, for what no encryptor of messages makes."""
    encryptor = Cipher(AES(KEY), CBC(KEY[:16])).encryptor()
    return b64encode(encryptor.update(blocks) + encryptor.finalize()).decode()


def meant(content: bytes, length: int) -> str | None:
    """The message by the page's description of the layout; None where it does not fit."""
    if content[HEAD + length :] != CORP:
        return None
    try:
        return content[HEAD : HEAD + length].decode()
    except UnicodeDecodeError:
        return None


def opened(encrypted: str) -> str | None:
    try:
        return CRYPTO.decrypt(encrypted)
    except Refused:
        return None


@pytest.mark.parametrize(
    ("encrypted", "raised", "why"),
    [
        ("A", binascii.Error, "not Base64"),
        ("", IndexError, "block length"),
        ("AAAA", ValueError, "block length"),
        (enciphered(b"\x01" * 16), struct.error, "length"),
        (enciphered(bytes(15) + b"\x10"), struct.error, "padding"),
        (enciphered(padded(layout(500, b"x"))), InvalidCorpIdException, "length"),
        (enciphered(padded(layout(2**32 - 1, b"x"))), InvalidCorpIdException, "length"),
        (
            enciphered(padded(layout(1, b"x", b"another"))),
            InvalidCorpIdException,
            "receiveid: wrong EncodingAESKey or corp id",
        ),
        (enciphered(padded(layout(1, b"\xff"))), UnicodeDecodeError, "not UTF-8"),
        (enciphered(padded(layout(1, b"x", b"\xff"))), UnicodeDecodeError, "not UTF-8"),
    ],
)
def test_whatever_it_raises_on_a_cipher_text_we_refuse(
    encrypted: str, raised: type[Exception], why: str
) -> None:
    with pytest.raises(raised) as bare:
        PrpCrypto(KEY).decrypt(encrypted, SETTINGS.corp_id)
    with pytest.raises(Refused) as refusal:
        CRYPTO.decrypt(encrypted)

    assert (bare.type, refusal.value.status, refusal.value.why) == (raised, 403, why)


@pytest.mark.parametrize(
    ("body", "raised", "why"),
    [
        (b"hello", ExpatError, "no single Encrypt"),
        (b"<other/>", KeyError, "no single Encrypt"),
        (b"<xml><a/></xml>", KeyError, "no single Encrypt"),
        (b"<xml/>", TypeError, "no single Encrypt"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xml/>', ValueError, "no single Encrypt"),
        (sealed("x").body, InvalidSignatureException, "signature"),
    ],
)
def test_whatever_it_raises_on_an_envelope_we_refuse(body: bytes, raised: type[Exception], why: str) -> None:
    library = WeChatCrypto(SETTINGS.token, SETTINGS.encoding_aes_key, SETTINGS.corp_id)
    query = {"msg_signature": "0" * 40, "timestamp": "1", "nonce": "2"}

    with pytest.raises(raised) as bare:
        library.decrypt_message(body, *query.values())
    with pytest.raises(Refused) as refusal:
        open_callback(CRYPTO, Raw("POST", query, {}, body))

    assert (bare.type, refusal.value.status, refusal.value.why) == (raised, 403, why)


@pytest.mark.parametrize(
    "blocks",
    [
        padded(layout(9, b"x", b"")),
        layout(1, b"x", b"").ljust(64, b"\x2b"),
    ],
    ids=["length beyond the end", "padding of 43"],
)
def test_what_it_takes_without_looking_we_refuse(blocks: bytes) -> None:
    nobody = Crypto(SETTINGS.token, SETTINGS.encoding_aes_key, "")
    encrypted = enciphered(blocks)

    assert PrpCrypto(KEY).decrypt(encrypted, "") == "x"
    with pytest.raises(Refused):
        nobody.decrypt(encrypted)


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
    st.integers(-2, 30),
    st.just(CORP) | st.binary(),
)
def test_whatever_is_under_the_padding_is_opened_exactly_or_refused(
    message: bytes, more: int, receive_id: bytes
) -> None:
    length = max(0, len(message) + more)
    content = layout(length, message, receive_id)

    assert opened(enciphered(padded(content))) == meant(content, length)


def test_only_wecom_pays_for_loading_it() -> None:
    code = "import sys, bot.__main__, bot.app, bot.platforms.feishu; sys.exit('wechatpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
