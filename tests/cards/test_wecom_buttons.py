"""Buttons on WeCom's cards: what their keys carry, and what their few characters say."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cards.card import Button
from cards.wecom import render
from cards.wecom_keys import button_key, parse_key
from tests.cards.test_wecom_cards import ASK, LETTER, NAMES, SAID, STEPS


@given(st.builds(Button, SAID, NAMES, NAMES, STEPS, st.integers(0, 9999)))
def test_a_button_key_brings_back_its_button(button: Button) -> None:
    assert parse_key(button_key(button)) == (button.act, button.ref, button.step, button.version)


def test_buttons_for_namesakes_keep_the_number_that_tells_them_apart() -> None:
    names = (
        "吴副书记 2102",
        "钱主任 1003001",
        "钱主任 1003002",
        "郑书记（2026110001）",
        "钱主任 202611000123",
    )
    drawn = render(replace(ASK, buttons=tuple(Button(name, "meant", name) for name in names)), LETTER)
    card = next(part.body for part in drawn if part.msgtype == "template_card")

    assert [one["text"] for one in card["button_list"]] == [
        "吴副书记 2102",
        "1003001",
        "1003002",
        "2026110001",
        "…611000123",
    ]
