"""The form of 统一调动: what the centre asks of which media, and 静默 (form F12, Article 5(1))."""

from datetime import time

from cards.card import Input
from cards.form import Field, Form

FIRST, FORWARD, JOINT, HEAD, PIN, SILENCE = ACTIONS = ("首发", "转发", "联合发布", "改头图", "置顶", "静默")
OUT = frozenset({FIRST, FORWARD, JOINT})
"""Actions after which something new is out: each post still goes through its own approval (Article 6(3)1)."""

SCHOOL = "全校"
YES, NO = "是", "否"

DISPATCH = Form(
    "统一调动",
    "第五条（一）",
    (
        Field(
            "campaign",
            "主题",
            required=True,
            limit=40,
            ask="这次调动的主题是什么？（40 字以内）",
            example="主题：百年校庆",
            aliases=("调动主题", "活动", "宣传主题", "campaign"),
        ),
        Field(
            "instruction",
            "要求",
            Input.TEXT,
            required=True,
            limit=500,
            ask="请各媒体做什么？（500 字以内）",
            example="要求：转发学校主页头条，不改标题",
            aliases=("具体要求", "工作要求", "instruction"),
        ),
        Field(
            "targets",
            "媒体",
            Input.MANY,
            required=True,
            limit=2000,
            ask="调动哪些媒体？可填媒体名称、备案号、平台、大类（网络平台、出版物、广播电视）、单位全称或“全校”，"
            "用顿号隔开。",
            example="媒体：微信公众号、机电学院党委",
            aliases=("范围", "对象", "调动范围", "调动媒体", "targets"),
        ),
        Field(
            "action",
            "动作",
            Input.ONE,
            ACTIONS,
            required=True,
            ask="要做什么？",
            example="动作：转发",
            aliases=("调动动作", "action"),
        ),
        Field(
            "starts",
            "开始",
            Input.DATETIME,
            default="即刻",
            example="开始：12-01 08:00",
            aliases=("起", "开始时间", "from"),
            alone=time(0, 0),
        ),
        Field(
            "until",
            "截止",
            Input.DATETIME,
            required=True,
            ask="什么时候截止？只写日期的，到当天结束。",
            example="截止：12-02 18:00",
            aliases=("止", "截止时间", "结束时间", "until"),
            alone=time(23, 59),
        ),
        Field(
            "material",
            "素材",
            Input.TEXT,
            limit=2000,
            example="素材：通稿或链接；文件、图片直接发来",
            aliases=("材料", "稿件", "material"),
        ),
        Field(
            "must_reply",
            "须回复",
            Input.ONE,
            (YES, NO),
            default=YES,
            example="须回复：是",
            aliases=("必须回复", "须反馈", "must_reply"),
        ),
        Field("person", "联系人", limit=40, default="您本人", example="联系人：赵老师", aliases=("contact",)),
        Field(
            "spared",
            "例外",
            Input.MANY,
            limit=400,
            example="例外：今日哈工大（静默期间仍可发布的中心媒体）",
            aliases=("不静默", "静默例外"),
        ),
    ),
    kind="DD",
    command="调动",
    thing="调动",
    named_by="campaign",
)

SHOT = Form(
    "调动截图",
    "第五条（一）",
    (
        Field(
            "medium",
            "媒体",
            required=True,
            limit=60,
            ask="是哪个媒体的截图？",
            example="媒体：机电之声",
            needed="您在这次调动里有几个媒体时必填",
        ),
        Field(
            "screenshot",
            "截图",
            required=True,
            limit=200,
            ask="请发来已发布页面的截图；确实没有的，请写明原因。",
            example="截图：页面已下线，没有截图",
            needed="必填，发图片",
            file=True,
        ),
    ),
    kind="DDJT",
    command="附截图",
    thing="截图",
    named_by="medium",
)
