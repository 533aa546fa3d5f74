"""The forms of the ledger: F1 全媒体备案 (Article 6(1)) and F2 平台信息变更备案 (Article 6(2))."""

from cards.card import Input
from cards.form import Field, Form, Page
from storage.records import PLATFORM_TYPES

YES_NO = ("是", "否")
KINDS = ("新建", "补备案", "重新备案")
LEVELS = ("学校", "单位", "单位下属", "学生组织")

FILING = Form(
    "全媒体备案",
    "第六条（一）",
    (
        Field(
            "account_name",
            "媒体名称",
            required=True,
            limit=40,
            ask="媒体叫什么名字？（2–40 字）",
            example="媒体名称：机电之声",
            aliases=("名称", "账号名称"),
        ),
        Field(
            "platform_type",
            "平台类型",
            Input.ONE,
            PLATFORM_TYPES,
            required=True,
            ask="在哪个平台？例如：微信公众号、微博、单位网站、抖音、视频号、期刊。",
            example="平台类型：微信公众号",
            aliases=("平台",),
        ),
        Field(
            "operator",
            "运营负责人",
            required=True,
            limit=60,
            ask="谁负责运营？请填姓名或工号（须是教职工）。",
            example="运营负责人：李老师",
        ),
        Field(
            "admins",
            "管理员",
            Input.MANY,
            required=True,
            ask="管理员有谁？1–5 人，至少一名教职工，用顿号隔开。",
            example="管理员：李老师、何老师",
        ),
        Field(
            "purpose",
            "定位",
            Input.TEXT,
            required=True,
            limit=300,
            ask="开设的目的和定位是什么？（10–300 字）",
            example="定位：发布学院新闻和通知，服务师生校友。",
            aliases=("开设目的", "目的"),
        ),
        Field("filing_kind", "备案类型", Input.ONE, KINDS, default="新建", example="备案类型：补备案"),
        Field(
            "opened_on",
            "开通日期",
            Input.DATE,
            default="通过后开通",
            ask="实际是哪一天开通的？",
            example="开通日期：2026-03-01",
            aliases=("拟开通日期", "已开通日期"),
        ),
        Field(
            "late_reason",
            "补备案原因",
            Input.TEXT,
            limit=200,
            ask="已在运行、现在才备案，原因是什么？",
            example="补备案原因：原负责人调离，未及时办理",
        ),
        Field("account", "账号", limit=100, example="账号：hit_jidian", aliases=("账号ID", "域名", "刊号")),
        Field("home_url", "主页链接", limit=300, example="主页链接：https://…"),
        Field("host_unit", "主办单位", limit=100, example="主办单位：机电工程学院"),
        Field("phone", "联系电话", limit=30, example="联系电话：0451-86410000"),
        Field("name_level", "名义级别", Input.ONE, LEVELS, default="单位", example="名义级别：单位"),
        Field(
            "subject", "注册主体", Input.ONE, ("学校", "单位", "教职工代注册"), default="单位",
            example="注册主体：单位",
        ),
        Field(
            "certified", "平台认证", Input.ONE, ("已认证", "未认证", "拟认证"), default="拟认证",
            example="平台认证：已认证",
        ),
        Field("content", "内容范围", Input.TEXT, limit=300, example="内容范围：学院新闻、通知公告"),
        Field(
            "audience", "受众", Input.MANY, ("校内师生", "校友", "考生家长", "社会公众"),
            example="受众：校内师生、校友",
        ),
        Field(
            "frequency", "更新频率", Input.ONE, ("每日", "每周", "每月", "不定期"), default="每周",
            example="更新频率：每周",
        ),
        Field("comments", "开放评论", Input.ONE, YES_NO, default="否", example="开放评论：否"),
        Field(
            "partner", "校外合作", Input.ONE, YES_NO, default="否", ask="是否与校外单位合办？",
            example="校外合作：否", aliases=("与校外单位合作运营",),
        ),
        Field(
            "same_platform",
            "同平台理由",
            Input.TEXT,
            limit=200,
            ask="本单位在这个平台已有媒体，为什么还要再开一个？",
            example="同平台理由：面向校友，与现有账号受众不同",
        ),
        Field("copyright_rules", "版权制度", Input.ONE, YES_NO, default="是", example="版权制度：是"),
        Field("secrecy_rules", "保密制度", Input.ONE, YES_NO, default="是", example="保密制度：是"),
    ),
    command="备案",
    thing="备案申请",
    named_by="account_name",
    pages={
        "basics": Page("基本情况", ("filing_kind", "name_level", "subject")),
        "running": Page("运行情况", ("certified", "frequency", "comments")),
        "rules": Page("合规情况", ("partner", "copyright_rules", "secrecy_rules")),
    },
)  # fmt: skip

ITEMS = {
    "name": "名称",
    "account": "账号",
    "operator": "运营负责人",
    "admins": "管理员",
    "host_unit": "主办单位",
    "platform_type": "平台迁移",
    "subject": "注册主体",
    "phone_owner": "绑定手机",
    "certified": "认证",
    "profile": "头像简介",
    "purpose": "内容定位",
    "frequency": "频率",
    "state": "状态",
    "other": "其他",
}
"""变更事项 of form F2: what is kept in the ledger first."""

LEDGER_ITEMS = ("name", "account", "operator", "admins", "host_unit", "platform_type", "state")
PERSON_ITEMS = ("operator", "admins")
_ALIASES = {
    "account": ("账号ID", "域名"),
    "platform_type": ("平台",),
    "profile": ("简介", "头像"),
    "purpose": ("定位",),
    "name": ("媒体新名称", "新名称"),
}


def _item(name: str, title: str) -> Field:
    kind = Input.MANY if name == "admins" else Input.LINE
    aliases = _ALIASES.get(name, ())
    example = f"{title}：（新的{title}）"
    return Field(f"after_{name}", title, kind, limit=100, aliases=aliases, example=example)


CHANGE = Form(
    "平台信息变更备案",
    "第六条（二）",
    (
        Field(
            "media",
            "媒体",
            Input.MANY,
            required=True,
            ask="哪个媒体有变更？",
            example="媒体：机电之声",
            aliases=("备案号",),
        ),
        Field(
            "changed_on",
            "变更日期",
            Input.DATE,
            required=True,
            ask="实际是哪一天变更的？例如：11-20，昨天。",
            example="变更日期：2026-11-20",
            aliases=("实际变更日期",),
        ),
        *(_item(name, title) for name, title in ITEMS.items()),
        Field(
            "reason", "变更原因", Input.TEXT, limit=200, example="变更原因：原管理员调离", aliases=("原因",)
        ),
        Field(
            "late_reason",
            "逾期原因",
            Input.TEXT,
            limit=200,
            ask="已超过 5 个工作日，请说明原因。",
            example="逾期原因：寒假期间未及时发现",
        ),
    ),
    command="变更",
    thing="变更申请",
    named_by="media",
    groups={"after": "after_"},
)
