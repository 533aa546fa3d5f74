"""The forms of a case: what is reported, the answer of who is concerned, decision and review (form F10)."""

from cards.card import Input
from cards.form import Field, Form
from storage.vocabulary import FINDINGS, MEASURES, REVIEWED, SEVERITIES

SOURCES = ("举报", "巡查", "上级通报", "舆情")
PERSON, HEAD, UNIT = SUBJECTS = ("师生个人", "单位负责人", "单位")
ARTICLE = "第十三条、第十四条"

VIOLATION = Form(
    "情况反映",
    ARTICLE,
    (
        Field(
            "subject",
            "对象类型",
            Input.ONE,
            SUBJECTS,
            required=True,
            ask="反映的是个人、单位负责人，还是单位？",
            example="对象类型：单位",
            aliases=("对象", "subject_type"),
        ),
        Field(
            "media",
            "媒体",
            Input.MANY,
            ask="涉及哪个媒体？可填名称或备案号。",
            example="媒体：机电之声",
            aliases=("媒体名称", "media_id"),
            needed="媒体、单位、人员至少填一项",
        ),
        Field("host_unit", "单位", ask="是哪个单位？", example="单位：机电学院党委", aliases=("unit",)),
        Field(
            "person",
            "人员",
            ask="是哪位师生？请填姓名或工号。",
            example="人员：何老师",
            aliases=("姓名", "当事人", "person"),
        ),
        Field(
            "clause",
            "条款",
            Input.MANY,
            required=True,
            ask="可能涉及哪一条款？可多选。",
            example="条款：14-3",
            aliases=("clause",),
        ),
        Field(
            "facts",
            "事实",
            Input.TEXT,
            required=True,
            limit=500,
            ask="请写清时间、地点和经过，只写事实（500 字以内）。",
            example="事实：11月20日，机电之声推送中的报名日期与学校通知不一致",
            aliases=("情况", "经过", "facts"),
        ),
        Field(
            "found_on",
            "发现日期",
            Input.DATE,
            required=True,
            ask="哪一天发现的？",
            example="发现日期：2026-11-20",
            aliases=("发现时间", "found_at"),
        ),
        Field("link", "链接", limit=1000, example="链接：https://…", aliases=("网址", "found_where")),
        Field(
            "evidence",
            "证据",
            required=True,
            limit=200,
            ask="请发来截图等证据；确实没有的，请写明原因。",
            example="证据：页面已删除，没有截图",
            needed="必填，或发截图",
            aliases=("evidence",),
            file=True,
        ),
        Field(
            "source", "来源", Input.ONE, SOURCES, default="举报", example="来源：举报", aliases=("source",)
        ),
    ),
    kind="WG",
    command="违规",
    thing="情况反映",
    named_by="facts",
)

PLEA = Form(
    "申辩",
    ARTICLE,
    (
        Field(
            "plea",
            "申辩",
            Input.TEXT,
            required=True,
            limit=1000,
            ask="请说明情况（1000 字以内），截图等材料可直接发。",
            example="申辩：当天已按学校通知更正，见截图",
            aliases=("说明", "意见"),
            file=True,
            needed="必填，或发材料",
        ),
    ),
    kind="WGSB",
    command="申辩",
    thing="申辩",
    named_by="plea",
)

_ORDER = (
    Field(
        "severity",
        "情节",
        Input.ONE,
        SEVERITIES,
        ask="情节怎样？",
        example="情节：一般",
        aliases=("severity",),
    ),
    Field(
        "measures",
        "措施",
        Input.MANY,
        MEASURES,
        ask="采取哪些措施？可多选。",
        example="措施：提醒、限期整改",
        aliases=("处理措施", "measure"),
    ),
    Field(
        "on_media",
        "涉及媒体",
        Input.MANY,
        ask="措施涉及哪个媒体？",
        example="涉及媒体：机电之声",
        aliases=("媒体",),
        needed="停止运行、注销必填",
    ),
    Field(
        "problem",
        "问题",
        Input.TEXT,
        limit=300,
        ask="须整改的问题是什么？",
        example="问题：报名日期与学校通知不一致",
        aliases=("problem",),
        needed="整改必填",
    ),
    Field(
        "requirement",
        "要求",
        Input.TEXT,
        limit=500,
        ask="整改的要求是什么？",
        example="要求：更正并排查同类信息",
        aliases=("requirement",),
        needed="整改必填",
    ),
    Field(
        "due_on",
        "期限",
        Input.DATE,
        default="5 个工作日",
        example="期限：2026-12-10",
        aliases=("整改期限", "due_on"),
    ),
)
_REASON = Field(
    "reason",
    "理由",
    Input.TEXT,
    required=True,
    limit=500,
    ask="请写明理由：认定了什么，依据是什么（500 字以内）。",
    example="理由：经核对原文与学校通知，日期有误",
)

DISPOSAL = Form(
    "处理",
    ARTICLE,
    (
        Field(
            "finding",
            "认定",
            Input.ONE,
            FINDINGS,
            required=True,
            ask="所反映的情况是否属实？",
            example="认定：部分属实",
            aliases=("finding",),
        ),
        *_ORDER,
        _REASON,
    ),
    kind="WGCL",
    command="处理",
    thing="处理决定",
    named_by="reason",
)

REVIEW = Form(
    "复核",
    ARTICLE,
    (
        Field(
            "result",
            "结论",
            Input.ONE,
            REVIEWED,
            required=True,
            ask="复核结论是什么？",
            example="结论：维持",
            aliases=("复核",),
        ),
        *_ORDER,
        _REASON,
    ),
    kind="WGFH",
    command="复核",
    thing="复核决定",
    named_by="reason",
)
