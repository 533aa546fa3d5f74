"""Cards as WeCom draws them: typical ones whole, any other within the platform's limits."""

from dataclasses import replace
from typing import Any
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.wecom_cards import check_card
from cards import training
from cards.card import Button, Card, Input, Option, Question, Reason, Row, Style, Tone
from cards.wecom import Outgoing, render, render_update

LETTER = "0123456789abcdef0123456789abcdef"
ASK = Card(
    title="待审批 FB-2026-0001 学院更名",
    tone=Tone.WAITING,
    tag="待审批",
    lead="李老师 请您审批一条信息发布",
    rows=(Row("媒体", "机电之声（QM-0003）"), Row("依据", "第六条（三）1")),
    text="今天起，学院更名为机电工程学院。",
    note="请在 1月6日 17:30 前处理。",
    buttons=(
        Button("同意", "approve", "7", "responsible", 2, Style.PRIMARY),
        Button("退回", "return", "7", "responsible", 2),
        Button("不同意", "reject", "7", "responsible", 2, Style.DANGER),
    ),
    reason=Reason("reason", "理由", ("内容有误", "来源不明"), "退回时请写明"),
)
ASKED = {
    "card_type": "button_interaction",
    "source": {"desc": "待审批", "desc_color": 1},
    "main_title": {"title": "待审批 FB-2026-0001 学院更名", "desc": "李老师 请您审批一条信息发布"},
    "sub_title_text": "今天起，学院更名为机电工程学院。\n请在 1月6日 17:30 前处理。",
    "horizontal_content_list": [
        {"keyname": "媒体", "value": "机电之声（QM-0003）"},
        {"keyname": "依据", "value": "第六条（三）1"},
    ],
    "button_selection": {
        "question_key": "reason",
        "title": "理由",
        "option_list": [
            {"id": "none", "text": "请选择理由"},
            {"id": "r1", "text": "内容有误"},
            {"id": "r2", "text": "来源不明"},
        ],
        "selected_id": "none",
    },
    "button_list": [
        {"text": "同意", "style": 1, "key": "approve|7|responsible|2"},
        {"text": "退回", "style": 4, "key": "return|7|responsible|2"},
        {"text": "不同意", "style": 2, "key": "reject|7|responsible|2"},
    ],
}
SUBMIT = Button("提交", "form.submit", "9", "", 1)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text, text) for text in texts)


def choice(name: str, count: int, kind: Input = Input.ONE) -> Question:
    return Question(name, name, kind, options(*(f"{name}{number}" for number in range(count))))


def drawn(card: Card) -> Any:
    (message,) = render(card, LETTER)
    return message.msgtype, message.body


def test_a_card_that_asks_is_a_button_card_that_knows_its_letter() -> None:
    assert render(ASK, LETTER) == (Outgoing("template_card", ASKED | {"task_id": LETTER}),)


def test_a_repainted_card_is_the_same_without_the_letter() -> None:
    assert render_update(ASK) == ASKED


def test_a_decided_card_shows_one_grey_label() -> None:
    card = Card("已同意 FB-2026-0001", Tone.DONE, "已办结", closed="王书记已同意", note="1月5日 10:03")

    assert render_update(card) == {
        "card_type": "button_interaction",
        "source": {"desc": "已办结", "desc_color": 3},
        "main_title": {"title": "已同意 FB-2026-0001"},
        "sub_title_text": "1月5日 10:03",
        "button_list": [{"text": "王书记已同意", "style": 4, "key": "closed"}],
        "replace_text": "王书记已同意",
    }


def test_a_decided_card_that_can_still_be_looked_at_keeps_its_button() -> None:
    card = Card("已同意", closed="王书记已同意", text="学院更名", buttons=(Button("查看", "show", "7"),))

    assert render_update(card) == {
        "card_type": "button_interaction",
        "main_title": {"title": "已同意"},
        "sub_title_text": "学院更名\n王书记已同意",
        "button_list": [{"text": "查看", "style": 4, "key": "show|7||0"}],
    }


def test_what_is_too_long_is_cut_and_the_note_is_not() -> None:
    card = Card(
        "题" * 40,
        lead="起" * 45,
        text="文" * 200,
        note="不处理会怎样",
        rows=tuple(Row("一二三四五六", "值" * 31) for _ in range(7)),
        buttons=tuple(Button("按钮的文字不止十个字", f"act{number}") for number in range(7)),
    )
    _, body = drawn(card)

    assert body["main_title"] == {"title": "题" * 35 + "…"}
    assert body["sub_title_text"] == "起" * 45 + "\n" + "文" * 106 + "…\n不处理会怎样"
    assert body["horizontal_content_list"] == [{"keyname": "一二三四…", "value": "值" * 29 + "…"}] * 6
    assert [button["key"] for button in body["button_list"]] == [f"act{number}|||0" for number in range(6)]


def test_rows_stay_on_their_line_and_hold_no_control_characters() -> None:
    _, body = drawn(
        Card("待\x00办\n一", rows=(Row("媒体", " 机电\n之声\t"),), text="上\n下\x07", buttons=(SUBMIT,))
    )

    assert body["main_title"] == {"title": "待 办 一"}
    assert body["horizontal_content_list"] == [{"keyname": "媒体", "value": "机电 之声"}]
    assert body["sub_title_text"] == "上\n下"


def test_two_equal_buttons_are_one() -> None:
    _, body = drawn(Card("待办", buttons=(SUBMIT, SUBMIT)))

    assert len(body["button_list"]) == 1


def test_a_reason_has_at_most_nine_choices_and_none() -> None:
    reason = Reason("reason", "理由", tuple(f"理由{number}" for number in range(1, 13)))
    _, body = drawn(Card("待办", buttons=(SUBMIT,), reason=reason))

    ids = [option["id"] for option in body["button_selection"]["option_list"]]

    assert ids == ["none", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"]


def test_one_question_is_a_vote() -> None:
    question = Question("involves", "涉及", Input.MANY, options("突发事件", "上级领导"), ("上级领导",))
    card = Card(
        "信息发布审批 机电之声 学院更名通知",
        lead="请选择涉及的事项",
        buttons=(SUBMIT,),
        questions=(question,),
    )

    assert drawn(card) == (
        "template_card",
        {
            "card_type": "vote_interaction",
            "main_title": {
                "title": "信息发布审批 机电之声 学院更…",
                "desc": "信息发布审批 机电之声 学院更名通知。请选择涉及的事项。涉及。",
            },
            "checkbox": {
                "question_key": "involves",
                "mode": 1,
                "option_list": [
                    {"id": "突发事件", "text": "突发事件", "is_checked": False},
                    {"id": "上级领导", "text": "上级领导", "is_checked": True},
                ],
            },
            "submit_button": {"text": "提交", "key": "form.submit|9||1"},
            "task_id": LETTER,
        },
    )


def test_two_or_three_questions_are_selectors_and_an_open_one_says_so() -> None:
    questions = (
        Question("source", "来源", Input.ONE, options("原创", "转载"), "转载"),
        Question("urgency", "紧急", Input.ONE, options("普通", "紧急")),
    )

    assert drawn(Card("信息发布审批", tag="草稿", buttons=(SUBMIT,), questions=questions)) == (
        "template_card",
        {
            "card_type": "multiple_interaction",
            "source": {"desc": "草稿"},
            "main_title": {"title": "信息发布审批"},
            "select_list": [
                {
                    "question_key": "source",
                    "title": "来源",
                    "option_list": [{"id": "原创", "text": "原创"}, {"id": "转载", "text": "转载"}],
                    "selected_id": "转载",
                },
                {
                    "question_key": "urgency",
                    "title": "紧急",
                    "option_list": [
                        {"id": "none", "text": "请选择"},
                        {"id": "普通", "text": "普通"},
                        {"id": "紧急", "text": "紧急"},
                    ],
                    "selected_id": "none",
                },
            ],
            "submit_button": {"text": "提交", "key": "form.submit|9||1"},
            "task_id": LETTER,
        },
    )


WRONG = "· 标题“长长长”：最多 64 字，现在 70 字。例：标题：学院更名公告\n· 还没有选：文字版权"
CHOICES = Card(
    "发布：版权", lead="请逐项选择。", buttons=(SUBMIT,), questions=(choice("a", 2), choice("b", 2))
)


def test_what_is_wrong_is_told_in_sentences_on_a_card_of_choices() -> None:
    _, body = drawn(replace(CHOICES, text=WRONG))

    assert body["main_title"]["desc"] == (
        "请逐项选择。标题“长长长”：最多 64 字，现在 70 字。例：标题：学院更名公告。还没有选：文字版权。"
    )


def test_what_is_wrong_and_too_long_for_a_card_of_choices_is_told_before_it() -> None:
    long = "\n".join([WRONG] * 4)
    told, asked = render(replace(CHOICES, text=long), LETTER)

    assert (told, asked.body["main_title"]) == (
        Outgoing("text", {"content": f"【发布：版权】\n{long}"}),
        {"title": "发布：版权", "desc": "请逐项选择。"},
    )


def test_a_repainted_card_of_choices_tells_what_fits_whole() -> None:
    body = render_update(replace(CHOICES, text="\n".join([WRONG] * 4)))

    assert body["main_title"]["desc"] == (
        "请逐项选择。"
        + "标题“长长长”：最多 64 字，现在 70 字。例：标题：学院更名公告。还没有选：文字版权。" * 2
        + "标题“长长长”：最多 64 字，现在 70 字。例：标题：学院更名公告。还没有选：文字版权。等 8 处。"
    )


@pytest.mark.parametrize(
    ("questions", "msgtype"),
    [
        ((choice("a", 20),), "template_card"),
        ((choice("a", 21),), "text"),
        ((choice("a", 20, Input.MANY),), "template_card"),
        ((choice("a", 0),), "text"),
        ((choice("a", 9), choice("b", 9), choice("c", 9)), "template_card"),
        ((choice("a", 9), choice("b", 10)), "text"),
        ((choice("a", 2), choice("b", 2), choice("c", 2), choice("d", 2)), "text"),
        ((choice("a", 2), choice("b", 2, Input.MANY)), "text"),
        ((choice("a", 2), choice("a", 2)), "text"),
        ((choice("a", 2), Question("title", "标题", Input.LINE)), "text"),
        ((Question("at", "发布时间", Input.DATETIME),), "text"),
        ((Question("a", "a", Input.ONE, (Option("号" * 43, "一"),)),), "text"),
    ],
)
def test_what_wecom_cannot_draw_is_asked_in_text(questions: tuple[Question, ...], msgtype: str) -> None:
    assert drawn(Card("请补充", buttons=(SUBMIT,), questions=questions))[0] == msgtype


def test_a_form_that_cannot_be_drawn_is_repainted_as_a_label() -> None:
    card = Card("请补充", tag="待补充", buttons=(SUBMIT,), questions=(Question("title", "标题", Input.LINE),))

    assert render_update(card)["replace_text"] == "待补充"


TEXTS = st.text(max_size=60) | st.text(min_size=150, max_size=400)
SAID = st.text(min_size=1, max_size=60).map(lambda text: f"字{text}")
NAMES = st.text("abcdefghijklmnop_.-", min_size=1, max_size=12)
OPTIONS = st.lists(st.builds(Option, SAID, SAID), max_size=24).map(tuple)
STEPS = st.from_regex(r"[a-z]{0,12}(\.[0-9]{1,3})?", fullmatch=True)
NUMBERS = st.integers(0, 999_999_999)
BUTTONS = st.lists(
    st.builds(Button, SAID, NAMES, st.text("0123456789", max_size=9), STEPS, NUMBERS, st.sampled_from(Style)),
    max_size=9,
).map(tuple)
QUESTIONS = st.lists(
    st.builds(
        Question,
        name=NAMES,
        title=SAID,
        input=st.sampled_from(Input),
        options=OPTIONS,
        value=TEXTS | st.lists(SAID, max_size=3).map(tuple),
        hint=TEXTS,
        required=st.booleans(),
    ),
    max_size=5,
).map(tuple)
CARDS = st.builds(
    Card,
    title=SAID,
    tone=st.sampled_from(Tone),
    tag=TEXTS,
    lead=TEXTS,
    must=TEXTS,
    rows=st.lists(st.builds(Row, SAID, TEXTS), max_size=9).map(tuple),
    text=TEXTS | st.text(min_size=3000, max_size=3000),
    note=TEXTS,
    buttons=BUTTONS,
    questions=st.just(()) | QUESTIONS,
    reason=st.none() | st.builds(Reason, NAMES, SAID, st.lists(SAID, max_size=12).map(tuple)),
    closed=TEXTS,
)


@given(CARDS)
def test_any_card_keeps_within_the_limits(card: Card) -> None:
    for message in render(card, LETTER):
        if message.msgtype == "text":
            assert 0 < len(message.body["content"].encode()) <= 2048
        else:
            check_card(message.body)
            assert message.body["task_id"] == LETTER
            assert_fits_the_display(message.body)


@given(CARDS)
def test_any_card_can_be_repainted(card: Card) -> None:
    body = render_update(card)

    check_card(body, update=True)
    assert_fits_the_display(body)


@pytest.mark.parametrize("note", ["请于 17:30 前处理。", "注" * 100])
@pytest.mark.parametrize("lead", ["请您审查。", "李" * 60, "长" * 200])
def test_what_a_press_answers_for_is_whole_whatever_stands_beside_it(lead: str, note: str) -> None:
    card = replace(ASK, lead=lead, must="八项：" + "密" * 60 + "。", text="改" * 300, note=note)
    shown = str(drawn(card)[1]["sub_title_text"])

    assert len(shown) <= 160
    assert card.must in shown
    assert note[:20] in shown
    assert lead[:30] in shown + str(drawn(card)[1]["main_title"])


def assert_fits_the_display(body: dict[str, Any] | Any) -> None:
    """The lengths beyond which the client would cut without `…`."""
    asks = body["card_type"] != "button_interaction"
    widest = 16 if body["card_type"] == "vote_interaction" else 36
    assert len(body["main_title"]["title"]) <= widest
    assert len(body["main_title"].get("desc", "")) <= (160 if asks else 44)
    assert len(body.get("sub_title_text", "")) <= 160
    assert all(
        columns(row["keyname"]) <= 10 and len(row["value"]) <= 30
        for row in body.get("horizontal_content_list", [])
    )
    assert all(
        len(button["text"]) <= 10
        for button in [*body.get("button_list", []), body.get("submit_button", {"text": ""})]
    )


def columns(text: str) -> int:
    """Five Chinese characters are as wide as ten letters."""
    return sum(1 + (east_asian_width(one) in "WF") for one in text)


def test_a_number_is_whole_where_it_has_room_and_never_a_bare_serial() -> None:
    card = Card(
        "待办 2 件",
        rows=(
            Row("FB-2026-0012", "待审批 FB-2026-0012"),
            Row("QM-0001", "机电之声"),
            Row("放假安排", "还没有"),
        ),
        buttons=(Button("办 FB-2026-0012", "open"), Button("看 QM-0001", "medium")),
    )
    (message,) = render(card, LETTER)

    rows = [(row["keyname"], row["value"]) for row in message.body["horizontal_content_list"]]
    assert rows == [("FB0012", "待审批 FB-2026-0012"), ("QM-0001", "机电之声"), ("放假安排", "还没有")]
    assert [button["text"] for button in message.body["button_list"]] == ["办 FB0012", "看 QM-0001"]


def test_a_text_that_a_card_cannot_hold_whole_goes_before_it_and_is_not_cut_on_it_once_more() -> None:
    card = Card(
        title="制度", lead="缺 7 项", text="责任体系：缺\n" * 30, note="每年", buttons=(SUBMIT,), whole=True
    )
    told, drawn = render(card, LETTER)

    assert (told.msgtype, told.body["content"].count("责任体系：缺")) == ("text", 30)
    assert drawn.body["sub_title_text"] == "每年"


def test_the_longest_question_of_a_quiz_is_not_cut_where_a_card_is_repainted() -> None:
    options = [letter * 20 for letter in "甲乙丙丁"]
    drawn = render_update(training.question("ZD-2026-0001", 1, 5, "问" * 50, options))

    assert "问" * 50 in drawn["sub_title_text"]
    assert all(option in drawn["sub_title_text"] for option in options)
