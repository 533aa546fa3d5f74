"""The forms of a unit's yearly account: the pack, the unit's part of it, its 意见, and how it is settled
(form F7, Article 12)."""

from cards.card import Input
from cards.form import Field, Form

RESULTS = ("合格", "限期整改", "不合格")
SELF_SCORES = ("优秀", "合格", "不合格")

INSPECTION = Form(
    "年度督查",
    "第十二条",
    (
        Field("year", "年度", required=True),
        Field("due_on", "意见截止", Input.DATE, required=True),
    ),
    kind="DC",
    command="督查",
    thing="督查材料",
    named_by="year",
)

MEDIA_PART = Form(
    "各媒体情况",
    "第十二条",
    (
        Field(
            "rows",
            "各媒体",
            Input.TEXT,
            required=True,
            limit=4000,
            ask="请每行写一个媒体：媒体：自评；运行总结。自评写优秀、合格或不合格。",
            example="各媒体：机电之声：合格；全年发布 120 条，专人值守评论",
            aliases=("媒体情况", "自评"),
        ),
    ),
    kind="DCTB",
    command="填报年检",
    thing="年检情况",
    named_by="rows",
)

OPINION = Form(
    "单位意见",
    "第十二条",
    (
        Field(
            "opinion",
            "意见",
            Input.TEXT,
            required=True,
            limit=500,
            ask="贵单位对各项数据和得分有什么意见？没有异议请写“无异议”；哪项不对请写明。",
            example="意见：无异议",
            aliases=("单位意见", "异议"),
        ),
    ),
    kind="DCYJ",
    command="提意见",
    thing="意见",
    named_by="opinion",
)

MORE = Form(
    "补充意见",
    "第十二条",
    (
        Field(
            "more",
            "补充意见",
            Input.TEXT,
            required=True,
            limit=500,
            ask="要补充什么意见？定稿前都可以补充。",
            example="补充意见：第 3 项已更正",
            aliases=("意见",),
        ),
    ),
    kind="DCBC",
    command="补充意见",
    thing="意见",
    named_by="more",
)

RECOUNT = Form(
    "重新核算",
    "第十二条",
    (
        Field(
            "reason",
            "理由",
            Input.TEXT,
            required=True,
            limit=300,
            ask="为什么要重新核算？请写明哪一项、哪件记录。",
            example="理由：BG-2026-0002 已更正变更日期",
        ),
    ),
    kind="DCCS",
    command="重新核算",
    thing="重新核算",
    named_by="reason",
)

SETTLED = Form(
    "督查定稿",
    "第十二条",
    (
        Field(
            "result",
            "结果",
            Input.ONE,
            RESULTS,
            required=True,
            ask="这个单位的年度检查结果是？",
            example="结果：合格",
            aliases=("检查结果",),
        ),
        Field(
            "score",
            "得分",
            limit=3,
            ask="得分多少？（0 到 100）",
            example="得分：90",
            needed="不改系统建议的可不填",
            aliases=("评分",),
        ),
        Field(
            "reason",
            "理由",
            Input.TEXT,
            limit=300,
            ask="得分与系统建议的不同，请写明理由。",
            example="理由：逾期一件系平台迁移，予以核减",
            needed="改得分的必填",
        ),
    ),
    kind="DCDG",
    command="定稿",
    thing="定稿",
    named_by="result",
)
