"""Cards as Feishu draws them: whole cards compared, and any card within the platform's limits."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import feishu_cards
from cards.card import Button, Card, Input, Option, Panel, Question, Reason, Row, Style, Tone
from cards.feishu import BYTES, render
from cards.stop import Standing, Stop

LETTER = "0123456789abcdef0123456789abcdef"


def header(title: str, template: str, tag: str = "", colour: str = "") -> dict[str, Any]:
    tags = [{"tag": "text_tag", "text": {"tag": "plain_text", "content": tag}, "color": colour}]
    shown = {"template": template, "title": {"tag": "plain_text", "content": title}}
    return shown | ({"text_tag_list": tags} if tag else {})


def whole(head: dict[str, Any], summary: str, *elements: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": "2.0",
        "config": {
            "update_multi": True,
            "enable_forward": False,
            "enable_forward_interaction": False,
            "width_mode": "fill",
            "summary": {"content": summary},
        },
        "header": head,
        "body": {
            "direction": "vertical",
            "padding": "12px 12px 12px 12px",
            "vertical_spacing": "8px",
            "elements": list(elements),
        },
    }


def plain(words: str, **style: str) -> dict[str, Any]:
    return {"tag": "plain_text", "content": words, **style}


def div(words: str, **style: str) -> dict[str, Any]:
    return {"tag": "div", "text": plain(words, **style)}


def small(words: str) -> dict[str, Any]:
    return div(words, text_size="notation", text_color="grey")


def column(width: str, *elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"tag": "column", "width": width, **more, "elements": list(elements)}


def row(label: str, value: str) -> dict[str, Any]:
    return {
        "tag": "column_set",
        "flex_mode": "none",
        "horizontal_spacing": "8px",
        "columns": [
            column("weighted", div(label, text_color="grey"), weight=1),
            column("weighted", div(value), weight=3),
        ],
    }


def buttons(*drawn: dict[str, Any]) -> dict[str, Any]:
    columns = [column("auto", button) for button in drawn]
    return {"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}


def button(text: str, type_: str, act: str, ref: str, place: tuple[str, int], **more: str) -> dict[str, Any]:
    value = {"act": act, "ref": ref, "step": place[0], "version": place[1], "card": LETTER}
    return {
        "tag": "button",
        "text": plain(text),
        "type": type_,
        "width": "default",
        "behaviors": [{"type": "callback", "value": value}],
        **more,
    }


def form(*elements: dict[str, Any]) -> dict[str, Any]:
    return {
        "tag": "form",
        "name": "card_form",
        "direction": "vertical",
        "vertical_spacing": "12px",
        "elements": list(elements),
    }


def test_a_card_that_asks_for_a_decision_takes_a_reason_and_its_buttons_submit() -> None:
    card = Card(
        "待审批 FB-2026-0001 学院更名",
        tone=Tone.WAITING,
        tag="待审批",
        lead="李老师请您审批",
        rows=(Row("媒体", "机电之声"), Row("依据", "第六条（三）1")),
        text="正文 <at id=all></at> **不解释**",
        panels=(Panel("经办", ("孙老师 审查通过", "11月24日 09:12")),),
        note="无人处理将每个工作日早上提醒",
        buttons=(
            Button("同意", "approve", "FB-2026-0001", "responsible", 2, Style.PRIMARY),
            Button("退回", "return", "FB-2026-0001", "responsible", 2, Style.DANGER),
        ),
        reason=Reason("reason", "理由", ("内容不实",), hint="退回或不同意时填写"),
        summary="李老师的发布申请待您审批",
    )
    panel = {
        "tag": "collapsible_panel",
        "expanded": False,
        "border": {"color": "grey", "corner_radius": "5px"},
        "header": {"title": plain("经办"), "padding": "4px 8px", "icon_position": "right"},
        "padding": "8px 8px 8px 8px",
        "elements": [div("孙老师 审查通过\n11月24日 09:12")],
    }
    reason = {
        "tag": "input",
        "name": "reason",
        "label": plain("理由"),
        "label_position": "top",
        "placeholder": plain("退回或不同意时填写"),
        "max_length": 1000,
        "required": False,
        "width": "fill",
        "input_type": "multiline_text",
        "rows": 3,
        "auto_resize": True,
        "max_rows": 8,
    }
    submit = {"form_action_type": "submit"}
    assert render(card, LETTER) == whole(
        header("待审批 FB-2026-0001 学院更名", "orange", "待审批", "orange"),
        "李老师的发布申请待您审批",
        div("李老师请您审批"),
        row("媒体", "机电之声"),
        row("依据", "第六条（三）1"),
        div("正文 <at id=all></at> **不解释**"),
        panel,
        {"tag": "hr"},
        form(
            reason,
            buttons(
                button(
                    "同意",
                    "primary_filled",
                    "approve",
                    "FB-2026-0001",
                    ("responsible", 2),
                    name="card_button_0",
                    **submit,
                ),
                button(
                    "退回",
                    "danger",
                    "return",
                    "FB-2026-0001",
                    ("responsible", 2),
                    name="card_button_1",
                    **submit,
                ),
            ),
        ),
        small("无人处理将每个工作日早上提醒"),
    )


def test_a_decided_card_has_a_grey_line_in_place_of_its_buttons() -> None:
    card = Card(
        "FB-2026-0001 学院更名",
        tone=Tone.DONE,
        tag="已同意",
        buttons=(Button("同意", "approve"),),
        reason=Reason("reason", "理由", ()),
        closed="王书记 11月24日 09:12 已同意",
    )
    assert render(card, LETTER) == whole(
        header("FB-2026-0001 学院更名", "green", "已同意", "green"),
        "FB-2026-0001 学院更名",
        {"tag": "hr"},
        small("王书记 11月24日 09:12 已同意"),
    )


def test_buttons_outside_a_form_have_neither_name_nor_form_action() -> None:
    card = Card("帮助", text="可用命令", buttons=(Button("查看", "show", "FB-2026-0001"),))
    assert render(card, LETTER) == whole(
        header("帮助", "blue"),
        "帮助",
        div("可用命令"),
        {"tag": "hr"},
        buttons(button("查看", "default", "show", "FB-2026-0001", ("", 0))),
    )


QUESTIONS = (
    Question("title", "标题", Input.LINE, value="学院\n更名", required=True, limit=64),
    Question("body", "正文", Input.TEXT, hint="可粘贴全文", limit=5000),
    Question(
        "source",
        "来源",
        Input.ONE,
        (Option("original", "原创"), Option("inside", "校内转载"), Option("original", "重复")),
        "inside",
    ),
    Question("involves", "涉及", Input.MANY, (Option("a", "重大事项"), Option("b", "")), ("b", "gone")),
    Question("day", "日期", Input.DATE, value="2026-01-05"),
    Question("at", "发布时间", Input.DATETIME, value="明天"),
    Question("unit", "单位", Input.ONE),
)


def test_questions_are_a_form_with_what_stands_there_already() -> None:
    card = Card("发布", questions=QUESTIONS, buttons=(Button("确认提交", "submit", style=Style.PRIMARY),))
    field = {"required": False, "width": "fill"}
    line = {"label_position": "top", "max_length": 1000, **field}
    drawn = form(
        {"tag": "input", "name": "title", "label": plain("标题（必填）"), "placeholder": plain("请填写")}
        | line
        | {"max_length": 64, "default_value": "学院 更名"},
        {"tag": "input", "name": "body", "label": plain("正文"), "placeholder": plain("可粘贴全文")}
        | line
        | {"input_type": "multiline_text", "rows": 3, "auto_resize": True, "max_rows": 8},
        div("来源"),
        {
            "tag": "select_static",
            "name": "source",
            "placeholder": plain("请选择"),
            "options": [
                {"text": plain("重复"), "value": "original"},
                {"text": plain("校内转载"), "value": "inside"},
            ],
            "initial_option": "inside",
            **field,
        },
        div("涉及"),
        {
            "tag": "multi_select_static",
            "name": "involves",
            "placeholder": plain("可选多项"),
            "options": [{"text": plain("重大事项"), "value": "a"}, {"text": plain("b"), "value": "b"}],
            "selected_values": ["b"],
            **field,
        },
        div("日期"),
        {
            "tag": "date_picker",
            "name": "day",
            "placeholder": plain("请选择日期"),
            "initial_date": "2026-01-05",
            **field,
        },
        div("发布时间"),
        {"tag": "picker_datetime", "name": "at", "placeholder": plain("请选择时间"), **field},
        {"tag": "input", "name": "unit", "label": plain("单位"), "placeholder": plain("请填写")} | line,
        buttons(
            button(
                "确认提交",
                "primary_filled",
                "submit",
                "",
                ("", 0),
                name="card_button_0",
                form_action_type="submit",
            )
        ),
    )
    assert render(card, LETTER) == whole(header("发布", "blue"), "发布", {"tag": "hr"}, drawn)


@pytest.mark.parametrize(
    ("tone", "template", "colour"),
    [
        (Tone.WAITING, "orange", "orange"),
        (Tone.DONE, "green", "green"),
        (Tone.REFUSED, "red", "red"),
        (Tone.CLOSED, "grey", "neutral"),
        (Tone.INFO, "blue", "blue"),
        (Tone.ALARM, "carmine", "carmine"),
    ],
)
def test_each_tone_has_its_colour(tone: Tone, template: str, colour: str) -> None:
    drawn = render(Card("标题", tone=tone, tag="状态"), LETTER)
    assert drawn["header"] == header("标题", template, "状态", colour)


def words(drawn: dict[str, Any]) -> list[str]:
    """The texts of a card in reading order."""
    return [node["content"] for node in feishu_cards.tagged(drawn) if node["tag"] == "plain_text"]


def test_a_long_text_is_cut_and_says_where_the_whole_is() -> None:
    card = Card("标题", text="长" * 20_000, buttons=(Button("查看", "show"),))
    expected = ["标题", "长" * 5999 + "…", "查看", "内容较长，此处为节选，全文请点“查看”。"]
    assert words(render(card, LETTER)) == expected


def test_without_a_button_the_whole_is_behind_the_command() -> None:
    card = Card("标题", text="长" * 20_000)
    expected = ["标题", "长" * 5999 + "…", "内容较长，此处为节选，全文请发送“/查询 编号 全文”。"]
    assert words(render(card, LETTER)) == expected


def test_many_rows_become_one_text() -> None:
    card = Card("标题", rows=tuple(Row(f"第{i}项", "值") for i in range(50)))
    assert words(render(card, LETTER)) == ["标题", "\n".join(f"第{i}项：值" for i in range(50))]


def test_characters_that_hide_or_turn_text_are_left_out() -> None:
    card = Card("a\u202eb\x00c", lead="行\n\t\ud800二\x85行", summary="\u2066摘要")
    drawn = render(card, LETTER)
    assert (words(drawn), drawn["config"]["summary"]) == (["abc", "行\n\t二行"], {"content": "摘要"})


IDS = st.text("abcdefghij_0123456789-", min_size=1, max_size=32)
TEXT = st.text(max_size=30)
ANY = TEXT | st.builds(
    lambda word, times: word * times, st.text(min_size=1, max_size=4), st.integers(0, 9000)
)
BUTTON = st.builds(Button, ANY, IDS, IDS, st.integers(0, 9), st.integers(0, 99), st.sampled_from(Style))
OPTION = st.builds(Option, IDS, TEXT)
OPTIONS = st.lists(OPTION, max_size=5).map(tuple) | st.integers(0, 120).map(
    lambda count: tuple(Option(f"o{i}", f"选项{i}") for i in range(count))
)
STANDING = ANY | st.lists(IDS, max_size=3).map(tuple) | st.just("2026-01-05")
QUESTION = st.builds(
    Question, IDS, ANY, st.sampled_from(Input), OPTIONS, STANDING, ANY, st.booleans(), st.integers(-5, 9000)
)


def several(one: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[Any]:
    """Few different ones, repeated up to `most` times."""
    few = st.lists(one, min_size=1, max_size=3)
    return st.builds(lambda some, count: tuple((some * count)[:count]), few, st.integers(0, most))


CARDS = st.builds(
    Card,
    title=ANY,
    tone=st.sampled_from(Tone),
    tag=ANY,
    lead=ANY,
    must=ANY,
    rows=several(st.builds(Row, TEXT, ANY), 60),
    text=ANY,
    panels=several(st.builds(Panel, ANY, st.lists(ANY, max_size=4).map(tuple)), 30),
    note=ANY,
    buttons=several(BUTTON, 30),
    questions=st.lists(QUESTION, max_size=25, unique_by=lambda asked: asked.name).map(tuple),
    reason=st.none() | st.builds(Reason, IDS, ANY, st.just(()), ANY),
    closed=st.just("") | ANY,
    summary=ANY,
)


@given(card=CARDS)
def test_any_card_is_one_that_the_platform_takes(card: Card) -> None:
    drawn = render(card, LETTER)
    feishu_cards.check(drawn)
    assert len(orjson.dumps(drawn)) <= BYTES


def test_the_largest_form_fits() -> None:
    options = tuple(Option(f"o{i}", "选" * 100) for i in range(300))
    asked = tuple(
        Question(f"q{i}", "问" * 90, kind, options, "答" * 1000, "提" * 100)
        for i, kind in enumerate([*Input] * 6)
    )
    card = Card("题" * 500, lead="引" * 5000, questions=asked, buttons=(Button("钮" * 200, "submit"),) * 20)
    feishu_cards.check(render(card, LETTER))


def test_a_way_is_a_table_of_its_stops() -> None:
    box = Stop(Standing.NOW, "加签（前）", ("何老师 还没有办",))
    drawn = render(
        Card("审批中", stops=(Stop(Standing.NOW, "1. 保密审查", ("正在等 孙老师",), (box,)),)), LETTER
    )
    mark = column("20px", div("▶", text_color="orange"))
    told = (div("1. 保密审查"), small("正在等 孙老师\n加签（前）：何老师 还没有办"))
    beside = column("weighted", *told, weight=5, vertical_spacing="2px")
    row = {"tag": "column_set", "flex_mode": "none", "horizontal_spacing": "4px", "columns": [mark, beside]}

    assert drawn == whole(header("审批中", "blue"), "审批中", row)


def test_a_long_way_stays_within_the_limits() -> None:
    seats = Stop(Standing.NOW, "加签", ("欧阳长名字老师 还没有办、" * 12,))
    drawn = render(
        Card("审批中", stops=(Stop(Standing.DONE, "步骤", ("理由" * 300,), (seats,) * 4),) * 20), LETTER
    )

    feishu_cards.check(drawn)
    assert len(orjson.dumps(drawn)) <= BYTES
