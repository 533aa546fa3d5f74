"""The forms of an account in somebody else's name: the report, what the unit says of it, the complaint, the
end (form F9, Article 11)."""

from cards.card import Input
from cards.form import Field, Form, Page

SCHOOL, UNIT, PERSON = TARGETS = ("学校", "单位", "师生个人")
PATTERNS = ("表白墙", "万能墙", "校园集市", "新生群", "学长学姐", "树洞")
"""The usual kinds of such accounts, as statements of schools name them."""

BEHAVIOURS = (
    *("冒名发布", "盗用校名校徽", "诈骗", "营销", "收集个人信息", "虚假招聘", "与校外单位协办"),
    "其他",
)
HARMS = ("无", "一般", "较大", "已有受害人")
WISHES = ("公开声明", "平台投诉", "报警", "法务函")
RESULTS = ("平台已处置", "对方已更名或注销", "平台未处置", "已转公安机关", "其他")
FAKE, OURS, LICENSED = SAYS = ("不是本单位的", "本单位所办", "本单位已授权")

IMPERSONATION = Form(
    "冒用上报",
    "第十一条",
    (
        Field(
            "fake_name",
            "账号名称",
            required=True,
            limit=60,
            ask="疑似冒用的账号叫什么名字？",
            example="账号名称：哈工大表白墙",
            aliases=("冒用账号", "账号", "假账号", "名称"),
        ),
        Field(
            "platform",
            "平台",
            required=True,
            limit=30,
            ask="在哪个平台？例如：微博、微信公众号、抖音、QQ群。",
            example="平台：微博",
            aliases=("平台类型",),
        ),
        Field(
            "impersonated",
            "被冒用",
            required=True,
            limit=60,
            ask="用了谁的名义？可填学校、单位名称，或老师同学的姓名。",
            example="被冒用：机电学院党委",
            aliases=("被冒用名称", "被冒用对象", "冒用了谁", "被冒用方"),
        ),
        Field(
            "target",
            "冒用对象",
            Input.ONE,
            TARGETS,
            ask="被冒用的是学校、单位，还是师生个人？",
            example="冒用对象：单位",
            needed="看得出的不用填",
        ),
        Field(
            "unit",
            "所属单位",
            limit=100,
            ask="被冒用的属于哪个单位？请写单位全称，由该单位确认。",
            example="所属单位：机电学院党委",
            aliases=("单位", "被冒用单位"),
            needed="单位、个人必填",
        ),
        Field("behaviour", "行为", Input.MANY, BEHAVIOURS, required=True, ask="这个账号做了什么？可多选。",
              example="行为：盗用校名校徽、营销", aliases=("冒用行为",)),
        Field("harm", "后果", Input.ONE, HARMS, required=True, ask="造成了什么后果？",
              example="后果：一般", aliases=("危害", "影响")),
        Field(
            "evidence",
            "截图",
            required=True,
            ask="请发来截图，至少一张（看得到账号名称和内容）。",
            aliases=("证据",),
            needed="至少一张，直接发给我",
            file=True,
        ),
        Field("account_id", "账号ID", limit=100, example="账号ID：hit_biaobai", aliases=("ID",)),
        Field("link", "链接", limit=1000, example="链接：https://weibo.com/…", aliases=("主页", "网址")),
        Field("pattern", "类型", Input.MANY, PATTERNS, example="类型：表白墙", aliases=("标签",)),
        Field("first_seen", "发现日期", Input.DATE, default="今天", example="发现日期：2026-11-20",
              aliases=("发现时间",)),
        Field("victims", "受害人数", limit=6, example="受害人数：3"),
        Field("complaint_no", "投诉编号", limit=60, example="投诉编号：WB20261120",
              needed="已向平台投诉的"),
        Field("police", "已报警", Input.ONE, ("是", "否"), default="否", example="已报警：否"),
        Field("wish", "希望", Input.MANY, WISHES, example="希望：平台投诉"),
        Field("note", "说明", Input.TEXT, limit=300, example="说明：（300 字以内）"),
    ),
    kind="MY",
    command="冒用",
    thing="上报",
    named_by="fake_name",
    pages={"pattern": Page("类型", ("pattern",))},
)  # fmt: skip

CONFIRMED = Form(
    "单位确认",
    "第十一条",
    (
        Field("says", "认定", Input.ONE, SAYS, required=True, ask="这个账号是贵单位的吗？",
              example="认定：不是本单位的"),
        Field("note", "说明", Input.TEXT, limit=200, example="说明：（200 字以内）"),
    ),
    kind="MYQR",
    command="确认",
    thing="确认",
    named_by="says",
)  # fmt: skip

COMPLAINT = Form(
    "平台投诉",
    "第十一条",
    (
        Field("complaint_no", "投诉编号", required=True, limit=60, ask="平台给的投诉编号是什么？",
              example="投诉编号：WB20261120", aliases=("编号",)),
        Field("filed_on", "投诉日期", Input.DATE, required=True, ask="哪一天投诉的？",
              example="投诉日期：2026-11-24", aliases=("日期",)),
        Field("note", "说明", Input.TEXT, limit=200, example="说明：（200 字以内）"),
    ),
    kind="MYTS",
    command="平台投诉",
    thing="投诉记录",
    named_by="complaint_no",
)  # fmt: skip

CLOSED = Form(
    "冒用结案",
    "第十一条",
    (
        Field("result", "结果", Input.ONE, RESULTS, required=True, ask="结果怎样？",
              example="结果：平台已处置"),
        Field("answer", "平台答复", Input.TEXT, required=True, limit=300,
              ask="平台是怎样答复的？没有投诉或没有答复的，请写明。", example="平台答复：已封禁该账号",
              aliases=("答复",)),
        Field("done_on", "办结日期", Input.DATE, required=True, ask="哪一天办结的？",
              example="办结日期：2026-12-01", aliases=("日期",)),
        Field("complaint_no", "投诉编号", limit=60, example="投诉编号：WB20261120", aliases=("编号",)),
    ),
    kind="MYJA",
    command="结案",
    thing="结案",
    named_by="answer",
)  # fmt: skip
