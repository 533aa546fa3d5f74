"""What people write in Feishu: texts, posts, mentions and files as they are understood."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Refused
from handlers.events import FileRef, Message
from tests.wire.feishu_world import BOT, JSON, WROTE, sample, understood

ID = "om_a1000000000000000000000000000001"


@given(
    content=st.text(max_size=40) | JSON.map(lambda value: orjson.dumps(value).decode()),
    kind=st.sampled_from(["text", "post", "image", "file", "media"]),
)
def test_any_message_content_is_read_or_refused(content: str, kind: str) -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"] |= {"message_type": kind, "content": content}
    try:
        event = understood(envelope)
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
    event = understood(envelope, bot)
    return event.text if isinstance(event, Message) else None


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r'{"text":"甲\ud83d乙"}', "甲乙"),
        ('{"text":"甲\x01乙\x0b丙\u202e"}', "甲乙\n丙"),
        (r'{"text":"\ud83d\udc68\u200d\ud83d\udc69"}', "👨\u200d👩"),
    ],
)
def test_half_an_emoji_or_a_control_character_loses_no_message(content: str, text: str) -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"]["content"] = content
    event = understood(envelope)

    assert isinstance(event, Message)
    assert event.text == text


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
    assert understood(envelope) is None


def test_a_sticker_is_a_message_without_words() -> None:
    envelope = sample("in_message_text_p2p")
    envelope["event"]["message"] |= {"message_type": "sticker", "content": '{"file_key":"f"}'}
    assert understood(envelope) == Message(**WROTE, key=f"feishu:{ID}", message=ID)


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
    assert understood(envelope) == Message(
        **WROTE,
        key=f"feishu:{ID}",
        message=ID,
        text="/发布\n正文：第一段[OK]\n\n第三段 https://a.cn\n周明x = 1",
        files=(FileRef("file_1", "视频", "video", ID),),
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
    event = understood(envelope)
    assert isinstance(event, Message)
    assert event.files == (FileRef(*file, ID),)
