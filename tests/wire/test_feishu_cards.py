"""The played platform refuses the cards that Feishu refuses, and takes those it takes."""

import copy
from typing import Any

import pytest

from bot.sandbox.feishu_cards import CardError, check, tagged
from tests.wire.feishu_world import sample

Change = tuple[tuple[str | int, ...], Any]
BODY = ("body", "elements")
PLAIN = {"tag": "plain_text", "content": "x"}
DIV = {"tag": "div", "text": PLAIN}
SUBMIT = {"tag": "button", "name": "b", "text": PLAIN, "form_action_type": "submit"}


def form(*elements: Any) -> dict[str, Any]:
    return {"tag": "form", "name": "f", "elements": list(elements)}


def nested(depth: int) -> dict[str, Any]:
    inner: dict[str, Any] = DIV
    for _ in range(depth - 1):
        inner = {"tag": "interactive_container", "behaviors": [], "elements": [inner]}
    return inner


@pytest.mark.parametrize("name", ["card_approval_v2", "card_done_v2", "card_form_v2"])
def test_each_sample_card_is_taken(name: str) -> None:
    check(sample(name))


@pytest.mark.parametrize(
    "elements",
    [
        [],
        [nested(5)],
        [DIV] * 100,
        [{"tag": "markdown", "content": "**x**", "element_id": "note_1", "margin": "-4px 0px"}],
        [form(DIV, SUBMIT)],
    ],
)
def test_what_the_limits_just_allow_is_taken(elements: list[Any]) -> None:
    check({"schema": "2.0", "body": {"elements": elements}})


@pytest.mark.parametrize(
    ("elements", "code"),
    [
        ([{"tag": "note", "elements": []}], 200861),
        ([{"tag": "action", "actions": []}], 200861),
        ([{"content": "x"}], 200861),
        (["x"], 200861),
        ([{"tag": "div"}], 200621),
        ([DIV | {"colour": "red"}], 200621),
        ([{"tag": "div", "text": {"tag": "markdown", "content": "x"}}], 200737),
        ([{"tag": "div", "text": {"tag": "plain_text", "content": 1}}], 200621),
        ([{"tag": "button", "text": PLAIN, "value": {"act": "x"}}], 200621),
        ([{"tag": "button", "text": PLAIN, "name": "b"}], 200621),
        ([{"tag": "button", "text": PLAIN, "form_action_type": "submit"}], 200621),
        ([{"tag": "button", "text": {"tag": "plain_text", "content": "x" * 101}}], 200621),
        ([{"tag": "button", "text": PLAIN, "type": "primary_danger"}], 200737),
        ([{"tag": "button", "text": PLAIN, "behaviors": {"type": "callback"}}], 200621),
        ([{"tag": "button", "text": PLAIN, "behaviors": [{"type": "callback", "value": 1}]}], 200621),
        (
            [{"tag": "button", "text": PLAIN, "behaviors": [{"type": "open_url", "default_url": "x"}]}],
            200737,
        ),
        ([{"tag": "multi_select_static", "options": []}], 200621),
        ([{"tag": "column_set", "columns": [DIV]}], 200621),
        ([{"tag": "column_set", "columns": [{"tag": "column", "elements": [form(SUBMIT)]}]}], 200621),
        ([{"tag": "column_set", "columns": [{"tag": "column", "weight": 6, "elements": []}]}], 200732),
        ([form()], 200621),
        ([form(SUBMIT | {"form_action_type": "reset"})], 200621),
        ([form(SUBMIT | {"name": ""})], 200530),
        ([form({"tag": "input"}, SUBMIT)], 200530),
        ([form({"tag": "input", "name": "b"}, SUBMIT)], 200530),
        ([form(SUBMIT), form(SUBMIT | {"name": "c"})], 200530),
        ([form({"tag": "input", "name": "i", "max_length": 1001}, SUBMIT)], 200732),
        ([form({"tag": "input", "name": "i", "required": "yes"}, SUBMIT)], 200732),
        ([form({"tag": "date_picker", "name": "d", "initial_date": "5.1."}, SUBMIT)], 200737),
        (
            [
                form(
                    {"tag": "select_static", "name": "s", "options": [{"text": PLAIN, "value": "v"}] * 2},
                    SUBMIT,
                )
            ],
            200621,
        ),
        ([DIV | {"element_id": "a"}, DIV | {"element_id": "a"}], 200530),
        ([DIV | {"element_id": "1a"}], 200737),
        ([DIV | {"margin": "wide"}], 200737),
        ([{"tag": "table", "columns": [], "rows": []}] * 6, 200621),
        ([nested(6)], 200621),
        ([DIV] * 101, 11310),
        ([{"tag": "markdown", "content": "x" * 31_000}], 230025),
        ({}, 200621),
    ],
)
def test_a_card_with_a_fault_is_refused_with_its_code(elements: Any, code: int) -> None:
    with pytest.raises(CardError) as error:
        check({"schema": "2.0", "body": {"elements": elements}})
    assert error.value.code == code


CHANGES: list[Change] = [
    (("schema",), "1.0"),
    (("elements",), []),
    (("config", "update_multi"), False),
    (("config", "wide_screen_mode"), True),
    (("config", "width_mode"), "wide"),
    (("header", "template"), "pink"),
    (("header", "title"), "请假申请"),
    (("header", "text_tag_list", 0, "color"), "pink"),
    (("card_link", "url"), "bot.example.com"),
    (("body", "direction"), "down"),
    ((*BODY, 1, "text", "tag"), "text"),
    ((*BODY, 3, "columns", 0, "elements", 0, "url"), "https://bot.example.com"),
    ((*BODY, 4, "header", "text"), PLAIN),
]


@pytest.mark.parametrize(("path", "value"), CHANGES)
def test_a_good_card_with_one_wrong_thing_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    card = copy.deepcopy(sample("card_approval_v2"))
    node: Any = card
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(CardError):
        check(card)


@pytest.mark.parametrize("card", [None, [], "card", {}, {"schema": "2.0"}])
def test_what_is_no_card_is_refused(card: Any) -> None:
    with pytest.raises(CardError):
        check(card)


def test_every_object_with_a_tag_counts() -> None:
    assert [node["tag"] for node in tagged(form(DIV, SUBMIT))] == [
        "form",
        "div",
        "plain_text",
        "button",
        "plain_text",
    ]
