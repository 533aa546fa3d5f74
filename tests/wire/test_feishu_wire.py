"""Feishu's callbacks: what each sample means, and that nothing but Refused escapes."""

import base64
import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms import feishu_crypto, feishu_wire
from bot.platforms.base import Raw, Refused
from handlers.events import Click, ContactHint, Enter, Event, FileRef, Message, Seen
from storage.records import Platform
from tests.wire.feishu_world import (
    FROM_LIN,
    FROM_ZHOU,
    HAPPENED,
    JSON,
    LIN,
    NOW,
    SETTINGS,
    WROTE,
    pushed,
    sample,
    signed,
    understood,
)

GROUP = "oc_62d1e3f4a5b6c7d8e9f0a1b2c3d4e5f6"
CARD = "om_b2000000000000000000000000000001"

MEANINGS: dict[str, Event | None] = {
    "in_message_text_p2p": Message(
        **WROTE,
        key="feishu:om_a1000000000000000000000000000001",
        message="om_a1000000000000000000000000000001",
        text="/leave annual 2026-01-05 2026-01-07 family matters",
    ),
    "in_message_text_group_mention": Message(
        **WROTE,
        key="feishu:om_a1000000000000000000000000000002",
        message="om_a1000000000000000000000000000002",
        text="/delegate 周明 2026-01-05 2026-01-09",
        chat=GROUP,
    ),
    "in_message_post": Message(
        **WROTE,
        key="feishu:om_a1000000000000000000000000000003",
        message="om_a1000000000000000000000000000003",
        text="/expense 128.50 taxi\nreceipt https://files.example.com/r/9",
        chat=GROUP,
        files=(FileRef("img_v3_0demo_7d1f", "图片", "image", "om_a1000000000000000000000000000003"),),
    ),
    "in_message_file": Message(
        **WROTE,
        key="feishu:om_a1000000000000000000000000000004",
        message="om_a1000000000000000000000000000004",
        files=(FileRef("file_v3_00demo_4c2e", "报价单.pdf", "file", "om_a1000000000000000000000000000004"),),
    ),
    "in_bot_menu": Message(**FROM_LIN, key="feishu:00000000000000000000000000000005", text="/帮助"),
    "in_p2p_chat_entered": Enter(**FROM_LIN, key="feishu:00000000000000000000000000000006"),
    "in_message_read": Seen(**FROM_LIN, key="feishu:00000000000000000000000000000007", messages=(CARD,)),
    "in_card_button": Click(
        **FROM_ZHOU, key="feishu:00000000000000000000000000000007", message=CARD, act="approve"
    ),
    "in_card_form_submit": Click(
        **FROM_ZHOU,
        key="feishu:00000000000000000000000000000008",
        message=CARD,
        act="approve",
        fields={
            "comment": "同意，注意交接\n第二行",
            "start": "2026-01-05",
            "until": "2026-01-07 18:00",
            "kind": "annual",
            "tags": ("urgent", "paid"),
            "backup": "ou_1a2b3c4d5e6f708192a3b4c5d6e7f801",
            "watchers": ("ou_1a2b3c4d5e6f708192a3b4c5d6e7f801", "ou_2b3c4d5e6f708192a3b4c5d6e7f80912"),
        },
    ),
    "in_card_select": Click(
        **FROM_ZHOU, key="feishu:00000000000000000000000000000009", message=CARD, act="page_filter"
    ),
    "in_contact_user_updated": ContactHint(
        key="feishu:0000000000000000000000000000000a", at=NOW, platform=Platform.FEISHU, account=LIN
    ),
    "in_contact_user_deleted": ContactHint(
        key="feishu:0000000000000000000000000000000b",
        at=NOW,
        platform=Platform.FEISHU,
        account=LIN,
        left=True,
    ),
    "in_contact_department_updated": ContactHint(
        key="feishu:0000000000000000000000000000000c", at=NOW, platform=Platform.FEISHU
    ),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_each_sample_has_its_meaning(name: str) -> None:
    opened = feishu_wire.open_(pushed(sample(name)), SETTINGS)
    assert not isinstance(opened, feishu_wire.Challenge)
    assert understood(opened) == MEANINGS[name]


def test_an_address_check_is_answered_with_its_own_words_plain_or_encrypted() -> None:
    crypto = sample("crypto_signed_encrypted")
    answers = [
        feishu_wire.open_(Raw("POST", {}, {}, body), SETTINGS)
        for body in (
            orjson.dumps(sample("in_url_verification")),
            crypto["url_verification_raw_body_unsigned"].encode(),
        )
    ]
    expected = orjson.dumps(sample("resp_url_verification"))
    assert [a.body() for a in answers if isinstance(a, feishu_wire.Challenge)] == [expected, expected]


def test_an_address_check_with_another_token_is_refused() -> None:
    body = orjson.dumps(sample("in_url_verification") | {"token": "guessed"})
    with pytest.raises(Refused):
        feishu_wire.open_(Raw("POST", {}, {}, body), SETTINGS)


def signed_sample() -> Raw:
    crypto = sample("crypto_signed_encrypted")
    headers: dict[str, str] = {name.lower(): value for name, value in crypto["headers"].items()}
    return Raw("POST", {}, headers, crypto["raw_body"].encode())


def test_the_signed_sample_is_opened() -> None:
    expected = orjson.loads(sample("crypto_signed_encrypted")["expected_plaintext"])
    assert feishu_wire.open_(signed_sample(), SETTINGS) == expected


def test_the_official_vector_is_decrypted() -> None:
    vector = sample("crypto_signed_encrypted")["official_vector"]
    assert feishu_crypto.decrypt(vector["encrypt"], vector["key"]) == vector["plaintext"].encode()


@pytest.mark.parametrize("body", [b"%s ", b"{}", b""])
def test_a_tampered_body_is_refused(body: bytes) -> None:
    body = body.replace(b"%s", signed_sample().body)
    with pytest.raises(Refused) as refused:
        feishu_wire.open_(replace(signed_sample(), body=body), SETTINGS)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "change",
    [
        {"x-lark-signature": "0" * 64},
        {"x-lark-signature": ""},
        {"x-lark-signature": "签名\udc80"},
        {"x-lark-request-timestamp": "1767229201"},
        {"x-lark-request-nonce": "\udcff"},
    ],
)
def test_a_tampered_header_is_refused(change: dict[str, str]) -> None:
    raw = signed_sample()
    with pytest.raises(Refused) as refused:
        feishu_wire.open_(replace(raw, headers={**raw.headers, **change}), SETTINGS)
    assert refused.value.status == 400


@pytest.mark.parametrize("field", ["token", "app_id", "tenant_key"])
def test_an_event_of_another_app_tenant_or_token_is_refused(field: str) -> None:
    envelope = sample("in_message_text_p2p")
    envelope["header"][field] = "somebody else's"
    with pytest.raises(Refused) as refused:
        feishu_wire.open_(pushed(envelope), SETTINGS)
    assert refused.value.status == 400


def test_any_tenant_is_heard_where_none_is_set() -> None:
    envelope = sample("in_message_text_p2p")
    envelope["header"]["tenant_key"] = "another"
    assert feishu_wire.open_(pushed(envelope), replace(SETTINGS, tenant_key="")) == envelope


def test_an_event_that_is_signed_and_not_encrypted_is_refused() -> None:
    with pytest.raises(Refused):
        feishu_wire.open_(signed(orjson.dumps(sample("in_message_text_p2p"))), SETTINGS)


def test_a_body_over_one_mebibyte_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refused) as refused:
        feishu_wire.open_(signed(b" " * ((1 << 20) + 1)), SETTINGS)
    assert refused.value.status == 413


@given(body=st.binary(max_size=300), is_signed=st.booleans())
def test_random_bytes_are_refused(body: bytes, is_signed: bool) -> None:
    with pytest.raises(Refused):
        feishu_wire.open_(signed(body) if is_signed else Raw("POST", {}, {}, body), SETTINGS)


BASE64 = st.binary(max_size=80).map(lambda raw: base64.b64encode(raw).decode())


@given(encrypted=st.text(max_size=100) | BASE64)
def test_a_signed_body_with_a_random_ciphertext_is_refused(encrypted: str) -> None:
    with pytest.raises(Refused):
        feishu_wire.open_(signed(orjson.dumps({"encrypt": encrypted})), SETTINGS)


@given(length=st.integers(0, len(signed_sample().body) - 1))
def test_a_truncated_request_is_refused(length: int) -> None:
    with pytest.raises(Refused):
        feishu_wire.open_(replace(signed_sample(), body=signed_sample().body[:length]), SETTINGS)


def paths(node: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [before, *(path for name, value in inner for path in paths(value, (*before, name)))]


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A sample in which one thing is gone or something else."""
    envelope = copy.deepcopy(sample(draw(st.sampled_from(sorted(MEANINGS)))))
    path = draw(st.sampled_from(paths(envelope)[1:]))
    node = envelope
    for step in path[:-1]:
        node = node[step]
    if draw(st.booleans()):
        node[path[-1]] = draw(JSON)
    else:
        del node[path[-1]]
    return envelope


@given(envelope=damaged())
def test_a_damaged_envelope_is_understood_or_refused(envelope: Any) -> None:
    try:
        event = understood(envelope)
    except Refused:
        return
    assert event is None or isinstance(event, Message | Click | Enter | Seen | ContactHint)


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("menu_inbox", "/待办"),
        ("menu_mine", "/我的"),
        ("menu_publish", "/发布"),
        ("menu_help", "/帮助"),
        ("?", "/帮助"),
    ],
)
def test_a_menu_entry_is_its_command(key: str, command: str) -> None:
    envelope = sample("in_bot_menu")
    envelope["event"]["event_key"] = key
    assert understood(envelope) == Message(
        **FROM_LIN, key="feishu:00000000000000000000000000000005", text=command
    )


def test_an_event_type_nobody_knows_means_nothing() -> None:
    envelope = sample("in_bot_menu")
    envelope["header"]["event_type"] = "im.chat.disbanded_v1"
    assert (understood(envelope), feishu_wire.kind(envelope)) == (None, "im.chat.disbanded_v1")


@pytest.mark.parametrize(
    ("stamp", "said_at"),
    [
        ("1767229200123", HAPPENED),
        ("1767229200123456", HAPPENED),
        ("1893456000000", NOW),
        *((stamp, NOW) for stamp in ("", "0", "-1767229200123", "17672292001234", "9" * 40, "now", None, 1)),
    ],
)
@pytest.mark.parametrize("name", ["in_card_button", "in_p2p_chat_entered", "in_bot_menu"])
def test_an_event_happened_when_its_header_says_and_never_after_it_came(
    name: str, stamp: Any, said_at: datetime
) -> None:
    envelope = copy.deepcopy(sample(name))
    envelope["header"]["create_time"] = stamp

    event = understood(envelope)

    assert isinstance(event, Message | Click | Enter)
    assert event.said_at == said_at


def test_a_message_without_a_time_of_its_own_has_that_of_its_event() -> None:
    envelope = sample("in_message_text_p2p")
    del envelope["event"]["message"]["create_time"]

    event = understood(envelope)

    assert isinstance(event, Message)
    assert event.said_at == HAPPENED


@pytest.mark.parametrize("listed", [None, "om_1", [1], {"om_1": 1}])
def test_a_report_of_what_was_read_that_lists_no_messages_is_refused(listed: object) -> None:
    envelope = sample("in_message_read")
    envelope["event"]["message_id_list"] = listed

    with pytest.raises(Refused):
        understood(envelope)
