"""The form of a personal account that its holder registers (form F11, Articles 2(2), 5(2), 6(3)2)."""

from cards.card import Input
from cards.form import Field, Form

PLATFORMS = (
    "微信公众号",
    "视频号",
    "微博",
    "抖音",
    "哔哩哔哩",
    "小红书",
    "快手",
    "知乎",
    "今日头条",
    "百家号",
    "网易号",
    "花椒直播",
    "其他",
)
FANS = ("1000以下", "1千至1万", "1万至10万", "10万以上")
NOT_REMINDED, WEEKLY = "不提醒", "每周提醒"
YES_OR_NO = ("是", "否")

PERSONAL = Form(
    "个人账号登记",
    "第六条（三）2",
    (
        Field(
            "platform",
            "平台",
            Input.ONE,
            PLATFORMS,
            required=True,
            ask="账号在哪个平台？",
            example="平台：微博",
            aliases=("平台类型",),
        ),
        Field(
            "title",
            "账号名称",
            required=True,
            limit=40,
            ask="账号叫什么？（40 字以内）",
            example="账号名称：小李说机电",
            aliases=("名称", "账号"),
        ),
        Field("account_id", "账号ID", limit=60, example="账号ID：xiaoli2026", aliases=("ID", "号码")),
        Field("home_url", "链接", limit=300, example="链接：https://…", aliases=("主页链接", "主页")),
        Field(
            "uses_name",
            "使用校名",
            Input.ONE,
            YES_OR_NO,
            required=True,
            ask="名称、简介或头像中使用学校、学院的名称或标识吗？",
            example="使用校名：否",
            aliases=("是否使用校名",),
        ),
        Field("certified_as", "认证身份", limit=60, example="认证身份：哈工大教师", aliases=("认证",)),
        Field(
            "fans",
            "粉丝数",
            Input.ONE,
            FANS,
            required=True,
            ask="大约有多少粉丝？",
            example="粉丝数：1000以下",
            aliases=("粉丝",),
        ),
        Field("content", "内容领域", limit=60, example="内容领域：科普", aliases=("内容",)),
        Field(
            "reminder",
            "评论提醒",
            Input.ONE,
            (NOT_REMINDED, WEEKLY),
            default=NOT_REMINDED,
            ask="要不要每周提醒您看一看留言评论？由您自己定。",
            example="评论提醒：每周提醒",
        ),
    ),
    kind="GR",
    command="个人账号",
    thing="登记",
)
