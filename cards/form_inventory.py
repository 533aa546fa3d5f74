"""The forms of an inventory: what the centre asks of a unit, and what the unit answers (form F6)."""

from cards.card import Input
from cards.form import Field, Form

USED = ("在用", "停更", "拟注销", "已注销")
PROBLEMS = (
    "僵尸", "未认证", "名称不符", "无人审核", "学生独管", "违规内容", "内容陈旧", "个人信息泄露", "冒用",
)  # fmt: skip
ALL = "全部"

RETURN = Form(
    "媒体摸底",
    "第十一条",
    (
        Field("round", "摸底", required=True),
        Field("due_on", "截止", Input.DATE, required=True),
    ),
    kind="MD",
    command="摸底",
    thing="摸底表",
    named_by="round",
)

FILLED = Form(
    "摸底填报",
    "第十一条",
    (
        Field(
            "unchanged",
            "无变化",
            Input.MANY,
            ask="哪些媒体与台账一致、没有变化？都没有变化请回复“全部”。",
            example="无变化：全部",
            aliases=("没有变化",),
        ),
        Field(
            "rows",
            "其他情况",
            Input.TEXT,
            limit=4000,
            ask="其余媒体请每行写一个：媒体：现状；问题；说明。现状写在用、停更、拟注销或已注销。",
            example="其他情况：机电旧刊：拟注销；僵尸；两年未更新",
            aliases=("有变化",),
        ),
        Field(
            "unfiled",
            "未备案",
            Input.TEXT,
            limit=1000,
            example="未备案：机电先锋（微信公众号）",
            aliases=("未备案媒体",),
        ),
        Field(
            "impersonations",
            "冒用",
            Input.TEXT,
            limit=1000,
            example="冒用：校园表白墙冒用学院名义",
            aliases=("冒用情况",),
        ),
        Field("personal", "个人账号", limit=4, example="个人账号：12", aliases=("个人账号数",)),
    ),
    kind="MDTB",
    command="填报摸底",
    thing="摸底表",
    named_by="unchanged",
)
