"""The forms of a question about the Measures and of the centre's answer (Article 16)."""

from cards.card import Input
from cards.form import Field, Form

INTERPRET = Form(
    "解释申请",
    "第十六条",
    (
        Field(
            "clause",
            "条款",
            required=True,
            limit=20,
            ask="问的是哪一条？（例如 6 或 6(3)1）",
            example="条款：6(3)1",
        ),
        Field(
            "question",
            "问题",
            Input.TEXT,
            required=True,
            limit=300,
            ask="想问什么？（300 字以内，不写涉密内容）",
            example="问题：学生社团的账号要备案吗？",
        ),
    ),
    kind="JS",
    command="解释",
    thing="解释申请",
    named_by="question",
)

ANSWER = Form(
    "解释正文",
    "第十六条",
    (
        Field(
            "brief",
            "要点",
            required=True,
            limit=60,
            ask="用一句话说要点。（60 字以内，显示在条款旁）",
            example="要点：学生社团账号由其主办单位备案。",
        ),
        Field(
            "answer",
            "解释正文",
            Input.TEXT,
            required=True,
            limit=800,
            ask="解释全文是什么？（800 字以内）",
            example="解释正文：学生社团、班级以学校或单位名义开设的账号，由主办单位备案。",
        ),
        Field("replaces", "替代", limit=20, example="替代：JS-2026-0001"),
    ),
    kind="JSZW",
    command="发布解释",
    thing="解释",
    named_by="answer",
)
