"""Feishu's callbacks: what each sample means, and that nothing but Refused escapes."""

import base64
import copy
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms import feishu_crypto, feishu_wire
from bot.platforms.base import Raw, Refused
from cards.card import Button, Card
from cards.feishu import render
from handlers.events import Click, Enter, Event, FileRef, Message, Reply
from storage.records import Platform
from tests.wire.feishu_world import BOT, NOW, SETTINGS, pushed, sample, signed

FROM_LIN: dict[str, Any] = {
    "platform": Platform.FEISHU,
    "accounts": ("ou_1a2b3c4d5e6f708192a3b4c5d6e7f801", "1a2b3c4d"),
    "at": NOW,
}
FROM_ZHOU = FROM_LIN | {"accounts": ("ou_2b3c4d5e6f708192a3b4c5d6e7f80912", "2b3c4d5e")}
GROUP = "oc_62d1e3f4a5b6c7d8e9f0a1b2c3d4e5f6"
CARD = "om_b2000000000000000000000000000001"

MEANINGS: dict[str, Event | None] = {
    "in_message_text_p2p": Message(
        **FROM_LIN,
        key="feishu:om_a1000000000000000000000000000001",
        message="om_a1000000000000000000000000000001",
        text="/leave annual 2026-01-05 2026-01-07 family matters",
    ),
    "in_message_text_group_mention": Message(
        **FROM_LIN,
        key="feishu:om_a1000000000000000000000000000002",
        message="om_a1000000000000000000000000000002",
        text="/delegate 周明 2026-01-05 2026-01-09",
        chat=GROUP,
    ),
    "in_message_post": Message(
        **FROM_LIN,
        key="feishu:om_a1000000000000000000000000000003",
        message="om_a1000000000000000000000000000003",
        text="/expense 128.50 taxi\nreceipt https://files.example.com/r/9",
        chat=GROUP,
        files=(FileRef("img_v3_0demo_7d1f", "图片", "image", "om_a1000000000000000000000000000003"),),
    ),
    "in_message_file": Message(
        **FROM_LIN,
        key="feishu:om_a1000000000000000000000000000004",
        message="om_a1000000000000000000000000000004",
        files=(FileRef("file_v3_00demo_4c2e", "报价单.pdf", "file", "om_a1000000000000000000000000000004"),),
    ),
    "in_bot_menu": Message(**FROM_LIN, key="feishu:00000000000000000000000000000005", text="/帮助"),
    "in_p2p_chat_entered": Enter(**FROM_LIN, key="feishu:00000000000000000000000000000006"),
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
    "in_contact_user_updated": None,
    "in_contact_user_deleted": None,
    "in_contact_department_updated": None,
}


def decode(envelope: Any, bot: str = BOT) -> Event | None:
    opened = feishu_wire.open_(pushed(envelope), SETTINGS)
    assert not isinstance(opened, feishu_wire.Challenge)
    return feishu_wire.decode(opened, bot, NOW)


@pytest.mark.parametrize("name", MEANINGS)
def test_each_sample_has_its_meaning(name: str) -> None:
    assert decode(sample(name)) == MEANINGS[name]


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


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


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
        event = feishu_wire.decode(envelope, BOT, NOW)
    except Refused:
        return
    assert event is None or isinstance(event, Message | Click | Enter)


@given(
    content=st.text(max_size=40) | JSON.map(lambda value: orjson.dumps(value).decode()),
    kind=st.sampled_from(["text", "post", "image", "file", "media"]),
)
def test_any_message_content_is_read_or_refused(content: str, kind: str) -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"] |= {"message_type": kind, "content": content}
    try:
        event = feishu_wire.decode(envelope, BOT, NOW)
    except Refused:
        return
    assert isinstance(event, Message)


def said(
    text: str, *, chat_type: str = "p2p", mentions: list[Any] | None = None, bot: str = BOT
) -> str | None:
    """What a text message is taken for."""
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"] |= {
        "content": orjson.dumps({"text": text}).decode(),
        "chat_type": chat_type,
        "mentions": mentions or [],
    }
    event = feishu_wire.decode(envelope, bot, NOW)
    return event.text if isinstance(event, Message) else None


def mention(key: str, name: str, open_id: str) -> dict[str, Any]:
    return {"key": key, "name": name, "id": {"open_id": open_id}, "mentioned_type": "user"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  /待办\u200b ", "/待办"),
        ("\u3000／发布\n媒体：机电之声 ", "／发布\n媒体：机电之声"),
        ("\ufeff\u200d/我的\u200e", "/我的"),
        ("一家\u200d人 Ａ", "一家\u200d人 Ａ"),
        ("/发布\r\n标题：甲\x00", "/发布\n标题：甲"),
        ("/回执 FB-2026-0001 [https://a.cn/1](https://a.cn/1)", "/回执 FB-2026-0001 https://a.cn/1"),
        ("[甲](https://a.cn/1)", "[甲](https://a.cn/1)"),
        ("@_user_1 没有提到谁", "@_user_1 没有提到谁"),
    ],
)
def test_blanks_and_invisible_characters_around_a_private_text_are_dropped(text: str, expected: str) -> None:
    assert said(text) == expected


def test_a_mention_never_hits_inside_a_longer_one_nor_inside_a_name() -> None:
    everybody = [
        mention("@_user_1", "@_user_2", "ou_a"),
        mention("@_user_10", "周十", "ou_b"),
        mention("@_user_2", "", "ou_c"),
        mention("@_user_3", "审批助手", BOT),
    ]
    text = "@_user_3 /转办 @_user_1 @_user_10 @_user_2 @_user_11"
    expected = "/转办 @_user_2 周十 ou_c @_user_11"
    assert said(text, chat_type="group", mentions=everybody) == expected


@pytest.mark.parametrize(
    ("mentioned", "bot"),
    [
        ([], BOT),
        ([mention("@_user_1", "另一个机器人", "ou_other")], BOT),
        ([mention("@_user_1", "", "")], ""),
    ],
)
def test_a_group_message_counts_only_when_this_bot_is_mentioned(mentioned: list[Any], bot: str) -> None:
    assert said("@_user_1 /待办", chat_type="group", mentions=mentioned, bot=bot) is None


def test_what_another_bot_says_means_nothing() -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["sender"]["sender_type"] = "bot"
    assert decode(envelope) is None


def test_a_sticker_is_a_message_without_words() -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"] |= {"message_type": "sticker", "content": '{"file_key":"f"}'}
    assert decode(envelope) == replace(MEANINGS["in_message_text_p2p"], text="")  # type: ignore[type-var]


def test_a_post_keeps_its_title_its_lines_and_its_video() -> None:
    envelope = sample("in_message_text_p2p")
    content = {
        "title": "/发布",
        "content": [
            [{"tag": "text", "text": "正文：第一段"}, {"tag": "emotion", "emoji_type": "OK"}],
            [],
            [
                {"tag": "text", "text": "第三段 "},
                {"tag": "a", "text": "https://a.cn", "href": "https://a.cn"},
            ],
            [{"tag": "media", "file_key": "file_1", "image_key": "img_1"}],
            [
                {"tag": "at", "user_id": "@_user_7", "user_name": "周明"},
                {"tag": "code_block", "text": "x = 1"},
            ],
        ],
    }
    envelope["event"]["message"] |= {"message_type": "post", "content": orjson.dumps(content).decode()}
    id_ = "om_a1000000000000000000000000000001"
    assert decode(envelope) == Message(
        **FROM_LIN,
        key=f"feishu:{id_}",
        message=id_,
        text="/发布\n正文：第一段[OK]\n\n第三段 https://a.cn\n周明x = 1",
        files=(FileRef("file_1", "视频", "video", id_),),
    )


@pytest.mark.parametrize(
    ("kind", "content", "file"),
    [
        ("image", {"image_key": "img_1"}, ("img_1", "图片", "image")),
        ("media", {"file_key": "f_1", "file_name": "会议.mp4"}, ("f_1", "会议.mp4", "video")),
        ("file", {"file_key": "f_2", "file_name": ""}, ("f_2", "文件", "file")),
    ],
)
def test_a_file_is_named_as_the_platform_names_it(
    kind: str, content: Any, file: tuple[str, str, str]
) -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"] |= {"message_type": kind, "content": orjson.dumps(content).decode()}
    event = decode(envelope)
    assert isinstance(event, Message)
    assert event.files == (FileRef(*file, "om_a1000000000000000000000000000001"),)


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
    assert decode(envelope) == Message(
        **FROM_LIN, key="feishu:00000000000000000000000000000005", text=command
    )


def clicked(value: Any, form: Any = None) -> Click:
    envelope = sample("in_card_button")
    envelope["event"]["action"] = {"tag": "button", "value": value, "form_value": form}
    event = decode(envelope)
    assert isinstance(event, Click)
    return event


def test_a_button_of_ours_routes_its_click() -> None:
    button = {"act": "approve", "ref": "FB-2026-0001", "step": 1, "version": 2, "card": "c" * 32}
    expected = replace(
        MEANINGS["in_card_button"],  # type: ignore[type-var]
        act="approve",
        ref="FB-2026-0001",
        step=1,
        version=2,
        card="c" * 32,
    )
    assert clicked(button) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "approve",
        {},
        {"act": 1},
        {"act": ""},
        {"act": "approve", "ref": ["x"]},
        {"act": "approve", "step": "1"},
        {"act": "approve", "step": True},
        {"act": "approve", "step": -1},
        {"act": "approve", "version": 2**31},
        {"act": "approve", "card": {"id": 1}},
    ],
)
def test_a_button_value_of_another_shape_is_refused(value: Any) -> None:
    with pytest.raises(Refused) as refused:
        clicked(value)
    assert refused.value.status == 400


def test_fields_arrive_as_people_mean_them() -> None:
    form = {
        "untouched": None,
        "empty": "",
        "blank": " \u200b",
        "none chosen": [],
        "day": "2025-06-10 +0800",
        "at": "2025-06-10 19:19 +0800",
        "from Tokyo": "2025-06-10 00:30 +0900",
        "clock": "09:30 +0800",
        "impossible": "2025-13-45 99:99 +0800",
        "many": ["甲", "", 3, "乙"],
        "ticked": True,
        "typed": "  一行\n又一行 ",
    }
    assert clicked({"act": "submit"}, form).fields == {
        "day": "2025-06-10",
        "at": "2025-06-10 19:19",
        "from Tokyo": "2025-06-09 23:30",
        "clock": "09:30",
        "impossible": "2025-13-45 99:99",
        "many": ("甲", "乙"),
        "typed": "一行\n又一行",
    }


def test_the_context_of_a_click_is_also_read_beside_the_event() -> None:
    envelope = sample("in_card_button")
    envelope["context"] = envelope["event"].pop("context")
    assert decode(envelope) == MEANINGS["in_card_button"]


def test_an_event_type_nobody_knows_means_nothing() -> None:
    envelope = sample("in_bot_menu")
    envelope["header"]["event_type"] = "im.chat.disbanded_v1"
    assert (decode(envelope), feishu_wire.kind(envelope)) == (None, "im.chat.disbanded_v1")


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(), {}),
        (Reply(toast="已同意"), {"toast": {"type": "success", "content": "已同意"}}),
        (
            Reply(toast="该申请已被处理", ok=False),
            {"toast": {"type": "warning", "content": "该申请已被处理"}},
        ),
    ],
)
def test_a_reply_without_a_card_is_a_toast(reply: Reply, expected: Any) -> None:
    assert orjson.loads(feishu_wire.encode(reply, None, "")) == expected


def test_a_reply_carries_the_card_that_replaces_the_clicked_one() -> None:
    card = Card("已同意", buttons=(Button("查看", "show"),))
    answer = orjson.loads(feishu_wire.encode(Reply(toast="已同意"), card, "a" * 32))
    shape = sample("resp_card_update_raw")
    assert (answer.keys(), answer["card"].keys()) == (shape.keys(), shape["card"].keys())
    assert answer == {
        "toast": shape["toast"],
        "card": {"type": "raw", "data": render(card, "a" * 32)},
    }


def test_a_bare_toast_has_the_shape_of_the_sample() -> None:
    shape = sample("resp_card_toast")["toast"]
    answer = orjson.loads(feishu_wire.toast(shape["type"], shape["content"]))
    assert answer == {"toast": {"type": shape["type"], "content": shape["content"]}}
