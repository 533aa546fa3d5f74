"""WeCom's encryption: every sample, the library's opinion, and whatever else may come in."""

from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.platforms.base import Raw, Refused
from bot.platforms.wecom_crypto import Crypto
from bot.platforms.wecom_wire import BODY_LIMIT, decode, open_callback, open_url_check
from handlers.events import LONGEST_TEXT
from tests.wire.wecom_samples import CRYPTO, NOW, SETTINGS, post, sample, sealed, xml

LIBRARY = WeChatCrypto(SETTINGS.token, SETTINGS.encoding_aes_key, SETTINGS.corp_id)
ENCRYPTED = ["encrypted-text", "encrypted-template_card_event", "encrypted-change_contact"]
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><xml><FromUserName>&i;</FromUserName></xml>"
)


@pytest.mark.parametrize("name", ENCRYPTED)
def test_a_sample_callback_is_opened(name: str) -> None:
    case = sample(name)

    assert open_callback(CRYPTO, post(case)) == case["expected_plaintext"]


@pytest.mark.parametrize("name", [*ENCRYPTED, "encrypted-passive_reply"])
def test_the_encryptor_makes_the_samples_byte_by_byte(name: str) -> None:
    case = sample(name)
    encrypted = CRYPTO.encrypt(case["expected_plaintext"], case["random16"].encode())

    assert encrypted in (case.get("raw_post_body") or case["raw_response_body"])
    assert CRYPTO.signature(case["timestamp"], case["nonce"], encrypted) == case["expected_msg_signature"]


def test_the_check_of_the_address_is_answered_with_the_plain_echo() -> None:
    case = sample("encrypted-url_verify")

    assert (
        open_url_check(CRYPTO, Raw("GET", case["query"], {}, b"")) == case["expected_response_body"].encode()
    )


def test_nothing_is_deciphered_before_the_signature_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Crypto, "decrypt")
    raw = sealed("x")

    with pytest.raises(Refused) as refusal:
        open_callback(CRYPTO, replace(raw, query={**raw.query, "nonce": "0"}))

    assert refusal.value.why == "signature"


def test_the_check_of_the_address_is_refused_where_the_signature_is_another() -> None:
    query = sample("encrypted-url_verify")["query"] | {"nonce": "424243"}

    with pytest.raises(Refused):
        open_url_check(CRYPTO, Raw("GET", query, {}, b""))


@pytest.mark.parametrize(
    "case", sample("encrypted-negative")["cases"], ids=lambda case: case["name"] if case else ""
)
def test_every_negative_sample_is_refused_alike(case: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        open_callback(CRYPTO, post(case))

    assert refusal.value.status == 403


@pytest.mark.parametrize("key", ["", "short", "H8qIvzH4ZN7dZ9smKfUGdZEr2iF3JoUbLoFTqozxnw", "=" * 43])
def test_a_key_of_another_length_is_told_at_once(key: str) -> None:
    with pytest.raises(ValueError):
        Crypto(SETTINGS.token, key, SETTINGS.corp_id)


@given(st.text(max_size=2000))
def test_the_library_opens_what_we_seal(plain: str) -> None:
    raw = sealed(plain)

    opened = LIBRARY.decrypt_message(
        raw.body, raw.query["msg_signature"], raw.query["timestamp"], raw.query["nonce"]
    )

    assert opened == plain


@given(st.text(max_size=2000))
def test_we_open_what_the_library_seals(plain: str) -> None:
    encrypted = LIBRARY.encrypt_message(plain, "1", "2")
    query = {"timestamp": "2", "nonce": "1"}
    body = encrypted.encode()
    signature = body.split(b"<MsgSignature><![CDATA[")[1].split(b"]]>")[0].decode()

    assert open_callback(CRYPTO, Raw("POST", query | {"msg_signature": signature}, {}, body)) == plain


@given(
    st.binary(max_size=300),
    st.dictionaries(st.sampled_from(["msg_signature", "timestamp", "nonce"]), st.text()),
)
def test_random_requests_are_only_ever_refused(body: bytes, query: dict[str, str]) -> None:
    for raw in (Raw("POST", query, {}, body), Raw("POST", query, {}, sealed("x").body)):
        with pytest.raises(Refused):
            open_callback(CRYPTO, raw)
    with pytest.raises(Refused):
        open_url_check(CRYPTO, Raw("GET", query, {}, b""))


@given(st.integers(min_value=0))
def test_a_truncated_callback_is_refused(length: int) -> None:
    raw = sealed(xml("in-text"))

    with pytest.raises(Refused):
        open_callback(
            CRYPTO, replace(raw, body=raw.body[: length % (len(raw.body) - len("</Encrypt></xml>"))])
        )


@given(st.data())
def test_a_signed_callback_with_any_cipher_text_is_opened_or_refused(data: st.DataObject) -> None:
    encrypted = data.draw(st.from_regex(r"\A[A-Za-z0-9+/]{0,200}={0,2}\Z"))
    query = {"msg_signature": CRYPTO.signature("1", "2", encrypted), "timestamp": "1", "nonce": "2"}

    with pytest.raises(Refused):
        open_callback(CRYPTO, Raw("POST", query, {}, f"<Encrypt>{encrypted}</Encrypt>".encode()))


@pytest.mark.parametrize("end", [b"\x00", b"\x21", b"\x01\x02", b"\x02\x03\x03"])
def test_padding_that_no_encryptor_makes_is_refused(end: bytes) -> None:
    content = (b"0123456789abcdef" + (1).to_bytes(4, "big") + b"x" + SETTINGS.corp_id.encode()).ljust(
        64, b"\x01"
    )
    key = b64decode(SETTINGS.encoding_aes_key + "=")
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    encrypted = b64encode(encryptor.update(content[: -len(end)] + end) + encryptor.finalize()).decode()

    with pytest.raises(Refused) as refusal:
        CRYPTO.decrypt(encrypted)

    assert refusal.value.why == "padding"


@given(st.text(max_size=300) | st.text(max_size=300).map(lambda inner: f"<xml>{inner}</xml>"))
def test_whatever_is_sealed_with_our_keys_is_decoded_or_refused(plain: str) -> None:
    with suppress(Refused):
        decode(open_callback(CRYPTO, sealed(plain)), SETTINGS.agent_id, NOW)


@pytest.mark.parametrize("plain", [BOMB, "<a>" * 15000, "", "<xml/>", "<xml>x</xml>", "<other><a/></other>"])
def test_bombs_and_strangers_are_refused(plain: str) -> None:
    with pytest.raises(Refused):
        decode(plain, SETTINGS.agent_id, NOW)


@pytest.mark.parametrize("prolog", ["<!DOCTYPE xml>", "<!-- --><!DOCTYPE xml>", BOMB.partition("<xml>")[0]])
def test_a_doctype_is_refused_before_any_xml_parser_sees_it(
    prolog: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("xmltodict.parse")

    with pytest.raises(Refused):
        decode(prolog + xml("in-text"), SETTINGS.agent_id, NOW)


def test_an_xml_declaration_changes_nothing() -> None:
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n' + xml("in-text")

    assert decode(declared, SETTINGS.agent_id, NOW) == decode(xml("in-text"), SETTINGS.agent_id, NOW)


def test_a_body_over_the_limit_is_refused_before_it_is_read() -> None:
    raw = sealed("x")

    with pytest.raises(Refused):
        open_callback(CRYPTO, replace(raw, body=raw.body + b" " * BODY_LIMIT))


def test_a_message_that_is_too_long_to_be_read_comes_in_to_be_answered() -> None:
    words = "\N{SLIGHTLY SMILING FACE}" * (LONGEST_TEXT + 1)

    assert open_callback(CRYPTO, sealed(words)) == words


def test_two_cipher_texts_in_one_envelope_are_refused() -> None:
    raw = sealed("x")

    with pytest.raises(Refused):
        open_callback(CRYPTO, replace(raw, body=raw.body * 2))
