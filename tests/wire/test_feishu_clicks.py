"""What a pressed button and a submitted form mean, and what a click is answered."""

from typing import Any

import orjson
import pytest

from bot.platforms import feishu_wire
from bot.platforms.base import Refused
from cards.card import Button, Card
from cards.feishu import render
from handlers.events import Click, Reply
from tests.wire.feishu_world import FROM_ZHOU, sample, understood

KEY = "feishu:00000000000000000000000000000007"
CARD = "om_b2000000000000000000000000000001"


def clicked(value: Any, form: Any = None) -> Click:
    envelope = sample("in_card_button")
    envelope["event"]["action"] = {"tag": "button", "value": value, "form_value": form}
    event = understood(envelope)
    assert isinstance(event, Click)
    return event


def test_a_button_of_ours_routes_its_click() -> None:
    button = {"act": "approve", "ref": "FB-2026-0001", "step": "responsible", "version": 2, "card": "c" * 32}
    expected = Click(
        **FROM_ZHOU,
        key=KEY,
        message=CARD,
        act="approve",
        ref="FB-2026-0001",
        step="responsible",
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
        {"act": "approve", "step": 1.5},
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
    assert understood(envelope) == Click(**FROM_ZHOU, key=KEY, message=CARD, act="approve")


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
