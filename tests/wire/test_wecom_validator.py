"""The played WeCom refuses what the real one refuses, with the documented codes."""

from typing import Any

import pytest

from bot.sandbox.wecom_cards import Wrong, check_card
from tests.wire.wecom_samples import sample

KINDS = ["text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction"]


def card(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = sample(f"out-message_send-{kind}")["request"]["body"]["template_card"]
    return found


def without(kind: str, name: str) -> dict[str, Any]:
    return {key: value for key, value in card(kind).items() if key != name}


def buttons(**changes: Any) -> dict[str, Any]:
    return card("button_interaction") | {"button_list": [{"text": "同意", "key": "a"} | changes]}


def rows(**changes: Any) -> dict[str, Any]:
    return card("button_interaction") | {
        "horizontal_content_list": [{"keyname": "金额", "value": "1"} | changes]
    }


def selection(**changes: Any) -> dict[str, Any]:
    options = [{"id": "a", "text": "甲"}]
    return card("button_interaction") | {
        "button_selection": {"question_key": "q", "option_list": options} | changes
    }


def checkbox(count: int, **changes: Any) -> dict[str, Any]:
    options = [{"id": str(number), "text": "甲", "is_checked": False} | changes for number in range(count)]
    return card("vote_interaction") | {"checkbox": {"question_key": "q", "option_list": options}}


@pytest.mark.parametrize("kind", KINDS)
def test_the_documented_cards_are_shown(kind: str) -> None:
    check_card(card(kind))


@pytest.mark.parametrize("name", ["button_interaction", "text_notice"])
def test_the_documented_repaints_are_shown(name: str) -> None:
    check_card(sample(f"out-update_template_card-{name}")["request"]["body"]["template_card"], update=True)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ([], 40058),
        ({}, 42031),
        (card("button_interaction") | {"card_type": "button"}, 42031),
        (card("button_interaction") | {"replace_text": "已同意"}, 40058),
        (card("vote_interaction") | {"sub_title_text": "无此字段"}, 40058),
        (without("button_interaction", "task_id"), 42014),
        (card("button_interaction") | {"task_id": ""}, 42014),
        (card("button_interaction") | {"task_id": "有中文"}, 42014),
        (card("button_interaction") | {"task_id": "a.b"}, 42014),
        (card("button_interaction") | {"task_id": "a" * 129}, 42014),
        (without("button_interaction", "main_title"), 41016),
        (card("button_interaction") | {"main_title": {"title": ""}}, 41016),
        (without("button_interaction", "button_list"), 40058),
        (card("button_interaction") | {"button_list": []}, 40058),
        (
            card("button_interaction") | {"button_list": [{"text": "b", "key": str(n)} for n in range(7)]},
            40058,
        ),
        (card("button_interaction") | {"button_list": [{"text": "b", "key": "a"}] * 2}, 42039),
        (buttons(text=" "), 42038),
        (buttons(key=""), 42039),
        (buttons(key="键" * 342), 42039),
        (buttons(type=1), 42028),
        (buttons(type=1, url="ftp://example.test"), 45034),
        (card("button_interaction") | {"horizontal_content_list": [{"keyname": "k"}] * 7}, 42035),
        (rows(keyname=""), 42027),
        (rows(type=1), 42028),
        (rows(type=2), 42029),
        (rows(type=3), 42050),
        (selection(question_key=""), 42043),
        (selection(option_list=[]), 42037),
        (selection(option_list=[{"id": str(n), "text": "甲"} for n in range(11)]), 42037),
        (selection(option_list=[{"id": "a", "text": "甲"}] * 2), 42040),
        (selection(option_list=[{"id": "号" * 43, "text": "甲"}]), 42040),
        (selection(option_list=[{"id": "a", "text": ""}]), 42041),
        (without("vote_interaction", "checkbox"), 42037),
        (checkbox(21), 42037),
        (checkbox(1, is_checked="no"), 40058),
        (without("vote_interaction", "submit_button"), 42046),
        (card("vote_interaction") | {"submit_button": {"text": "", "key": "a"}}, 42049),
        (card("vote_interaction") | {"submit_button": {"text": "提交"}}, 42046),
        (without("multiple_interaction", "select_list"), 42047),
        (
            card("multiple_interaction") | {"select_list": card("multiple_interaction")["select_list"] * 2},
            42047,
        ),
        (
            card("multiple_interaction")
            | {"select_list": card("multiple_interaction")["select_list"][:1] * 2},
            42043,
        ),
        (without("text_notice", "card_action"), 42045),
        (card("text_notice") | {"card_action": {"type": 0}}, 42045),
        (card("text_notice") | {"card_action": {"type": 2}}, 42030),
        (card("text_notice") | {"jump_list": [{"title": "去"}] * 4}, 42042),
        (card("text_notice") | {"jump_list": [{"type": 1}]}, 42033),
        (card("news_notice") | {"vertical_content_list": [{"title": "一"}] * 5}, 42036),
        (card("news_notice") | {"card_image": {}}, 42044),
        (card("text_notice") | {"action_menu": {"action_list": [{"text": "一", "key": "a"}] * 2}}, 42051),
    ],
)
def test_a_wrong_card_is_refused_with_its_code(wrong: object, code: int) -> None:
    with pytest.raises(Wrong) as refusal:
        check_card(wrong)

    assert refusal.value.code == code


def test_a_repaint_carries_no_task_id() -> None:
    with pytest.raises(Wrong) as refusal:
        check_card(card("button_interaction"), update=True)

    assert refusal.value.code == 40058
