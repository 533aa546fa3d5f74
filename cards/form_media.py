"""The forms of the ledger: F1 全媒体备案 (Article 6(1)) and F2 平台信息变更备案 (Article 6(2))."""

from collections.abc import Mapping
from typing import Any

from cards.card import Input
from cards.form import Field, Form, Page

YES_NO = ("是", "否")
NEW, LATE, AGAIN = KINDS = ("新建", "补备案", "重新备案")
LEVELS = ("学校", "单位", "单位下属", "学生组织")
SUBJECTS = ("学校", "单位", "教职工代注册")
CERTIFIED = ("已认证", "未认证", "拟认证")
FREQUENCIES = ("每日", "每周", "每月", "不定期")
AUDIENCES = ("校内师生", "校友", "考生家长", "社会公众")
OTHER = "其他"
DETAILS = (
    "home_url", "name_level", "subject", "phone_owner", "leader", "reviewers", "certified", "content",
    "audience", "frequency", "comments", "copyright_rules", "secrecy_rules",
)  # fmt: skip
"""What is seldom changed from its default: a card of its own in Feishu, choices in WeCom."""

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
            required=True,
            limit=30,
            ask="在哪个平台？例如：微信公众号、微博、单位网站、抖音、视频号、期刊。",
            example="平台类型：微信公众号",
            aliases=("平台",),
        ),
        Field(
            "platform_other",
            "其他平台",
            limit=30,
            ask="是名单以外的哪个平台？",
            example="其他平台：豆瓣",
            needed="平台类型选“其他”时必填",
            aliases=("其他平台名称",),
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
            aliases=("开设目的与定位", "开设目的", "目的"),
        ),
        Field("filing_kind", "备案类型", Input.ONE, KINDS, default=NEW, example="备案类型：补备案"),
        Field(
            "opened_on",
            "开通日期",
            Input.DATE,
            default="通过后开通",
            ask="实际是哪一天开通的？例如：2026-03-01。",
            example="开通日期：2026-03-01",
            aliases=("拟开通日期", "已开通日期"),
            needed="补备案必填",
        ),
        Field(
            "late_reason",
            "补备案原因",
            Input.TEXT,
            limit=200,
            ask="已在运行、现在才备案，原因是什么？",
            example="补备案原因：原负责人调离，未及时办理",
            needed="补备案必填",
        ),
        Field("account", "账号", limit=100, example="账号：hit_jidian", aliases=("账号ID", "域名", "刊号")),
        Field("host_unit", "主办单位", limit=100, example="主办单位：机电工程学院"),
        Field("phone", "联系电话", limit=30, example="联系电话：0451-86410000", aliases=("电话",)),
        Field(
            "same_platform",
            "同平台理由",
            Input.TEXT,
            limit=200,
            ask="本单位在这个平台已有媒体，为什么还要再开一个？",
            example="同平台理由：面向校友，与现有账号受众不同",
            needed="本单位在这个平台已有媒体时必填",
        ),
        Field(
            "partner", "校外合作", Input.ONE, YES_NO, default="否", ask="是否与校外单位合办？",
            example="校外合作：否", aliases=("与校外单位合作运营",),
        ),
        Field("home_url", "主页链接", limit=300, example="主页链接：https://…", aliases=("主页",)),
        Field("name_level", "名义级别", Input.ONE, LEVELS, default="单位", example="名义级别：单位"),
        Field("subject", "注册主体", Input.ONE, SUBJECTS, default="单位", example="注册主体：单位"),
        Field(
            "phone_owner", "绑定手机归属人", limit=60, example="绑定手机归属人：李老师", aliases=("绑定手机",)
        ),
        Field("leader", "分管负责人", limit=60, example="分管负责人：吴副书记"),
        Field(
            "reviewers", "三审人员", limit=100, default="运营负责人初审，分管负责人复审，第一责任人终审",
            example="三审人员：李老师初审，吴副书记复审，王书记终审",
        ),
        Field("certified", "平台认证", Input.ONE, CERTIFIED, default="拟认证", example="平台认证：已认证"),
        Field("content", "内容范围", Input.TEXT, limit=300, example="内容范围：学院新闻、通知公告"),
        Field("audience", "受众", Input.MANY, AUDIENCES, example="受众：校内师生、校友"),
        Field("frequency", "更新频率", Input.ONE, FREQUENCIES, default="每周", example="更新频率：每周"),
        Field("comments", "开放评论", Input.ONE, YES_NO, default="否", example="开放评论：否"),
        Field("copyright_rules", "版权制度", Input.ONE, YES_NO, default="是", example="版权制度：是"),
        Field("secrecy_rules", "保密制度", Input.ONE, YES_NO, default="是", example="保密制度：是"),
    ),
    kind="BA",
    command="备案",
    thing="备案申请",
    named_by="account_name",
    pages={
        "basics": Page("基本情况", ("filing_kind", "name_level", "subject")),
        "running": Page("运行情况", ("certified", "frequency", "comments")),
        "rules": Page("合规情况", ("partner", "copyright_rules", "secrecy_rules")),
        "audience": Page("受众", ("audience",)),
        "details": Page("其他情况", DETAILS),
    },
    apart=frozenset(DETAILS),
)  # fmt: skip


def platform(form: Mapping[str, Any]) -> str:
    """The platform a filing is for: one of the usual names, or the one written out."""
    usual = str(form.get("platform_type") or "")
    return str(form.get("platform_other") or usual) if usual == OTHER else usual


ITEMS = {
    "name": "名称",
    "account": "账号",
    "operator": "运营负责人",
    "admins": "管理员",
    "first_responsible": "第一责任人",
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
"""变更事项 of form F2."""

PERSON_ITEMS = ("operator", "admins", "first_responsible", "phone_owner")
"""Items whose value is people, kept by 工号."""

HANDED_OVER = ("operator", "admins", "host_unit")
"""Items with which passwords and rights change hands."""

_ALIASES = {
    "name": ("新名称", "媒体新名称"),
    "account": ("账号ID", "域名"),
    "platform_type": ("平台", "新平台", "平台类型"),
    "phone_owner": ("绑定手机归属人",),
    "certified": ("平台认证",),
    "profile": ("简介", "头像"),
    "purpose": ("定位",),
    "frequency": ("更新频率",),
}
_OPTIONS = {
    "subject": SUBJECTS,
    "certified": CERTIFIED,
    "frequency": FREQUENCIES,
    "state": ("在用", "停更"),
}
_LIMITS = {"name": 40, "platform_type": 30, "operator": 60, "profile": 300, "purpose": 300, "other": 300}
_ASKS = {
    "name": "变更后叫什么名字？（2–40 字）",
    "operator": "变更后由谁负责运营？请填姓名或工号（须是教职工）。",
    "admins": "变更后的管理员有谁？请写全：1–5 人，至少一名教职工，用顿号隔开。",
    "first_responsible": "变更后的第一责任人是谁？请填姓名或工号。",
    "host_unit": "变更后由哪个单位主办？请填单位全称或代码。",
    "platform_type": "迁移到哪个平台？",
    "phone_owner": "账号现在绑定谁的手机？请填姓名或工号。",
    "certified": "平台认证现在是哪种情况？",
    "frequency": "现在多久更新一次？",
    "other": "还有什么变更？",
}
_EXAMPLES = {
    "name": "名称：机电新声",
    "operator": "运营负责人：何老师",
    "admins": "管理员：李老师、何老师",
    "host_unit": "主办单位：机电工程学院",
    "platform_type": "平台迁移：微信公众号",
    "state": "状态：停更",
}


def _item(name: str, title: str) -> Field:
    options = _OPTIONS.get(name, ())
    kind = Input.MANY if name == "admins" else Input.ONE if options else Input.LINE
    return Field(
        f"after_{name}",
        title,
        kind,
        options,
        limit=_LIMITS.get(name, 100),
        ask=_ASKS.get(name, f"变更后的{title}是什么？"),
        example=_EXAMPLES.get(name, f"{title}：（变更后的{title}）"),
        aliases=_ALIASES.get(name, ()),
    )


CHANGE = Form(
    "平台信息变更备案",
    "第六条（二）",
    (
        Field(
            "media",
            "媒体",
            Input.ONE,
            required=True,
            ask="哪个媒体有变更？请填名称或备案号。",
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
        Field(
            "items",
            "变更事项",
            Input.MANY,
            tuple(ITEMS.values()),
            ask="变更了哪些事项？选好后逐项填变更后的内容。",
            example="变更事项：管理员",
            needed="至少一项",
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
            ask="已超过变更后 5 个工作日，请说明原因。",
            example="逾期原因：寒假期间未及时发现",
            needed="逾期必填",
        ),
    ),
    kind="BG",
    command="变更",
    thing="变更申请",
    named_by="media",
    groups={"after": "after_"},
)
