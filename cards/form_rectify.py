"""The forms of a rectification: the notice, and what the unit replies (form F10, Article 15)."""

from cards.card import Input
from cards.form import Field, Form

WARN, TALK, RECTIFY_BY, STOP, CLOSE = MEASURES = ("提醒", "约谈", "限期整改", "责令停止运行", "责令注销")
"""The measures that form F10 lists, from the lightest on."""

NEXT_MEASURE = {WARN: STOP, TALK: STOP, RECTIFY_BY: STOP, STOP: CLOSE}
"""What is proposed where a measure did not help (Article 15); it begins with a notice of its own."""

RECTIFY = Form(
    "整改通知书",
    "第十五条",
    (
        Field(
            "media",
            "媒体",
            Input.MANY,
            required=True,
            ask="涉及哪个媒体？可填名称或备案号，多个用顿号隔开；不涉及媒体的请填单位全称。",
            example="媒体：机电之声",
            aliases=("媒体名称", "media_id", "media"),
            needed="媒体、单位至少填一项",
        ),
        Field(
            "host_unit",
            "单位",
            limit=100,
            example="单位：机电学院党委",
            aliases=("整改单位", "责任单位", "to_unit", "unit"),
        ),
        Field(
            "problem",
            "问题",
            Input.TEXT,
            required=True,
            limit=300,
            ask="存在什么问题？只写事实（300 字以内）。",
            example="问题：首页仍在使用旧校名",
            aliases=("存在问题", "problem"),
        ),
        Field(
            "requirement",
            "要求",
            Input.TEXT,
            required=True,
            limit=500,
            ask="要求怎样整改？（500 字以内）",
            example="要求：更正校名，排查同类页面",
            aliases=("整改要求", "requirement"),
        ),
        Field(
            "measure",
            "措施",
            Input.ONE,
            MEASURES,
            default=RECTIFY_BY,
            ask="采取哪一种措施？",
            example=f"措施：{RECTIFY_BY}",
            aliases=("处理措施", "measure"),
        ),
        Field(
            "due_on",
            "限期",
            Input.DATE,
            default="5 个工作日",
            ask="哪一天前完成？",
            example="限期：2026-12-10",
            aliases=("期限", "整改期限", "整改限期", "due_on"),
        ),
        Field("basis", "依据", limit=100, example="依据：WG-2026-0001", aliases=("案件", "依据案件", "case")),
    ),
    kind="ZG",
    command="整改",
    thing="整改通知",
    named_by="media",
)

REPLY = Form(
    "整改回复",
    "第十五条",
    (
        Field(
            "done",
            "整改情况",
            Input.TEXT,
            required=True,
            limit=500,
            ask="做了哪些整改？（500 字以内）",
            example="整改情况：已更正首页校名，并排查全部栏目",
            aliases=("已整改", "整改内容", "done"),
        ),
        Field(
            "evidence",
            "前后证据",
            required=True,
            limit=200,
            ask="请先发整改前、再发整改后的截图（可发多张）；确实没有的，请写明原因。",
            example="前后证据：页面已下线，无法截图",
            aliases=("整改前后", "证据", "evidence"),
            needed="必填，或发截图",
            file=True,
        ),
        Field(
            "root_cause",
            "原因",
            Input.TEXT,
            limit=200,
            example="原因：改版时漏改",
            aliases=("问题原因", "root_cause"),
        ),
        Field(
            "prevention",
            "防范措施",
            Input.TEXT,
            limit=200,
            example="防范措施：改版后由专人逐页核对",
            aliases=("防范", "prevention"),
        ),
        Field(
            "done_on",
            "完成日期",
            Input.DATE,
            required=True,
            ask="哪一天完成的？",
            example="完成日期：2026-12-08",
            aliases=("日期", "done_on"),
        ),
    ),
    kind="ZGHF",
    command="回复整改",
    thing="整改回复",
    named_by="done",
)
