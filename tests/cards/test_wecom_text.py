"""Text messages of WeCom: whole, numbered, and nothing lost between the parts."""

from hypothesis import given
from hypothesis import strategies as st

from cards.card import Button, Card, Input, Option, Panel, Question, Row
from cards.wecom import Outgoing, render
from cards.wecom_text import LIMIT, PARTS, messages

LETTER = "0123456789abcdef0123456789abcdef"


def test_a_card_without_buttons_is_plain_text() -> None:
    card = Card(
        "可发布",
        lead="已通过",
        rows=(Row("编号", "FB-2026-0001"),),
        panels=(Panel("经过", ("孙老师 审查通过",)),),
    )

    assert render(card, LETTER) == (
        Outgoing("text", {"content": "【可发布】\n已通过\n编号：FB-2026-0001\n经过：\n孙老师 审查通过"}),
    )


def test_the_label_of_a_closed_card_is_not_said_in_a_text() -> None:
    card = Card("已发布 FB-2026-0001", lead="已登记发布。", closed="已发布")

    assert render(card, LETTER) == (Outgoing("text", {"content": "【已发布 FB-2026-0001】\n已登记发布。"}),)


def test_a_form_of_lines_is_sent_as_the_lines_to_fill_in() -> None:
    questions = (
        Question("media", "媒体", Input.LINE, value="机电之声", required=True),
        Question("title", "标题", Input.LINE, required=True, hint="不超过 64 字"),
        Question("source", "来源", Input.ONE, (Option("own", "原创"), Option("re", "转载")), "own"),
        Question(
            "involves", "涉及", Input.MANY, (Option("a", "突发事件"), Option("b", "上级领导")), ("a", "b")
        ),
        Question("digest", "摘要", Input.TEXT),
    )
    card = Card(
        "信息发布审批",
        lead="还差标题",
        note="随时可发 /帮助",
        buttons=(Button("提交", "submit"),),
        questions=questions,
    )

    assert render(card, LETTER) == (
        Outgoing(
            "text",
            {
                "content": "【信息发布审批】\n还差标题\n\n请复制下面各行，填好后发回：\n"
                "媒体：机电之声\n标题：\n来源：原创\n涉及：突发事件、上级领导\n摘要：\n\n"
                "填写说明：\n媒体：必填\n标题：必填；不超过 64 字\n来源：可填 原创 · 转载\n"
                "涉及：可填 突发事件 · 上级领导，可选多项，用“、”隔开\n随时可发 /帮助"
            },
        ),
    )


def test_a_link_somebody_typed_is_not_made_a_link() -> None:
    assert messages('<a href="https://example.test">点此</A> <b> a<1') == (
        '＜a href="https://example.test">点此＜/A> <b> a<1',
    )


def test_a_long_text_is_cut_at_line_ends_and_numbered() -> None:
    lines = "\n".join(f"{number:04} " + "字" * 60 for number in range(20))

    parts = messages(lines)

    assert [part.split("\n")[0] for part in parts] == ["（1/2）", "（2/2）"]
    assert "\n".join(line for part in parts for line in part.split("\n")[1:]) == lines


def test_a_text_over_eight_messages_ends_with_where_the_rest_is() -> None:
    parts = messages("长" * 10_000)

    assert len(parts) == PARTS
    assert parts[-1].endswith("\n（后文从略：申请的全文请发“/查询 编号 全文”，其他请缩小查询范围。）")
    assert all(len(part.encode()) <= LIMIT for part in parts)


def without_space(text: str) -> str:
    return "".join(text.split())


@given(st.text("字a😀\n ", min_size=600, max_size=5000).map(lambda text: f"始{text}终"))
def test_nothing_is_lost_between_the_parts(text: str) -> None:
    parts = messages(text)

    bodies = parts if len(parts) == 1 else [part.split("\n", 1)[1] for part in parts]
    assert all(len(part.encode()) <= LIMIT for part in parts)
    assert without_space("".join(bodies)) == without_space(text)
