"""The form of a publication's topic or content (form F5, Article 10)."""

from cards.card import Input
from cards.form import Field, Form

STAGES = ("新办", "选题", "书稿", "期次", "停办")
TYPES = ("报纸", "期刊", "图书", "音像", "电子", "内部刊物", "宣传册")
MAJOR = ("否", "是", "拿不准")

TOPIC = Form(
    "出版物选题审查",
    "第十条",
    (
        Field("stage", "阶段", Input.ONE, STAGES, required=True, ask="到了哪一步？", example="阶段：选题"),
        Field(
            "pub_type", "类型", Input.ONE, TYPES, required=True, ask="是哪一类出版物？", example="类型：图书"
        ),
        Field(
            "title",
            "名称",
            required=True,
            limit=100,
            ask="名称或选题是什么？（100 字以内）",
            example="名称：机器人学导论",
            aliases=("选题", "标题"),
        ),
        Field(
            "authors",
            "作者",
            required=True,
            limit=100,
            ask="作者或主编是谁？",
            example="作者：李老师",
            aliases=("主编", "作者/主编"),
        ),
        Field(
            "synopsis",
            "内容简介",
            Input.TEXT,
            required=True,
            limit=500,
            ask="主要内容是什么？（500 字以内）",
            example="内容简介：（500 字以内）",
            aliases=("简介",),
        ),
        Field(
            "major_topic",
            "重大选题",
            Input.ONE,
            MAJOR,
            required=True,
            ask="是否属于须报备的重大选题？拿不准请选“拿不准”。",
            example="重大选题：否",
            aliases=("是否重大选题",),
        ),
    ),
    kind="XT",
    command="选题",
    thing="选题",
)
