"""The form of a medium that ends, and of the proof that it has (form F8, Article 15)."""

from cards.card import Input
from cards.form import Field, Form

STOPPING = "停更公告"
WAYS = (STOPPING, "注销", "停刊", "迁移合并")
ORDERED = "责令注销"
REASONS = ("不再使用", "僵尸", ORDERED, "合并", "密码遗失", "机构撤并")

DEREGISTER = Form(
    "媒体注销",
    "第十五条",
    (
        Field(
            "media",
            "媒体",
            Input.MANY,
            required=True,
            ask="要注销哪个媒体？可填名称或备案号。",
            example="媒体：机电之声",
            aliases=("媒体名称",),
        ),
        Field("way", "方式", Input.ONE, WAYS, required=True, ask="怎样办理？", example="方式：注销"),
        Field(
            "reason", "原因", Input.ONE, REASONS, required=True, ask="原因是什么？", example="原因：不再使用"
        ),
        Field("reason_text", "说明", Input.TEXT, limit=200, example="说明：（200 字以内）"),
        Field("last_post", "最后更新", Input.DATE, example="最后更新：2026-06-30"),
        Field(
            "archived",
            "已归档",
            Input.ONE,
            ("是", "否"),
            required=True,
            ask="历史内容是否已归档？",
            example="已归档：是",
            aliases=("归档",),
        ),
        Field("home_url", "公告链接", limit=300, example="公告链接：https://…"),
        Field(
            "planned_on",
            "计划日期",
            Input.DATE,
            required=True,
            ask="计划哪一天办理？",
            example="计划日期：2026-12-10",
            aliases=("日期",),
        ),
        Field("successor", "承接媒体", example="承接媒体：机电学院官网", aliases=("承接",)),
    ),
    kind="ZX",
    command="注销",
    thing="注销申请",
    named_by="media",
)

PROOF = Form(
    "注销证明",
    "第十五条",
    (
        Field(
            "done_on",
            "办结日期",
            Input.DATE,
            required=True,
            ask="哪一天在平台上办完的？",
            example="办结日期：2026-12-10",
            aliases=("日期",),
        ),
        Field(
            "proof",
            "证明",
            required=True,
            limit=200,
            ask="请发来平台确认注销的截图；确实没有的，请写明原因。",
            example="证明：平台已无此账号，见公告",
            needed="必填，或发截图",
            file=True,
        ),
    ),
    kind="ZXZM",
    command="上传证明",
    thing="证明",
    named_by="proof",
)
