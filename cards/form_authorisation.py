"""The form of an authorisation to use the name of the school or a unit (form F14, Article 11)."""

from cards.card import Input
from cards.form import Field, Form
from storage.vocabulary import PLATFORM_TYPES

PLATFORMS = (*PLATFORM_TYPES[: PLATFORM_TYPES.index("小程序") + 1], "其他")

AUTHORISE = Form(
    "校名使用授权",
    "第十一条",
    (
        Field(
            "title",
            "名称",
            required=True,
            limit=60,
            ask="要用什么名称？（60 字以内）",
            example="名称：哈工大机器人队",
            aliases=("账号名称", "授权名称"),
        ),
        Field(
            "platform",
            "平台",
            Input.ONE,
            PLATFORMS,
            required=True,
            ask="用在哪个平台？",
            example="平台：哔哩哔哩",
            aliases=("平台类型",),
        ),
        Field(
            "purpose",
            "用途",
            Input.TEXT,
            required=True,
            limit=200,
            ask="用来做什么？（200 字以内）",
            example="用途：发布参赛视频",
        ),
        Field(
            "valid_from",
            "起始日期",
            Input.DATE,
            required=True,
            ask="从哪一天起使用？",
            example="起始日期：2026-12-01",
            aliases=("起", "生效日期"),
        ),
        Field(
            "until",
            "截止日期",
            Input.DATE,
            required=True,
            ask="用到哪一天为止？当天仍有效。",
            example="截止日期：2027-11-30",
            aliases=("有效至", "止"),
        ),
    ),
    kind="SQ",
    command="授权",
    thing="授权申请",
)
