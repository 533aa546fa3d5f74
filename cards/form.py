"""Forms: one declaration serves text lines, the Feishu form, WeCom's choices and the preview."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from cards.card import Input, Option, Question
from storage.vocabulary import TOPICS

Choices = Mapping[str, tuple[Option, ...]]
"""Options that depend on the person: by field name."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `title` is what people type before the colon, `aliases` what else is understood.

    A choice without `options` has those that the process gives for the person. `ask` is the question
    of the guided dialogue, `ask_wecom` where WeCom needs another; `example` stands in mistakes; `limit`
    counts characters; `default` is what the preview shows where nothing was given; `needed` says on the
    form when a field is needed that is not always required. `none` is what people answer where there is
    nothing to write and files stand for it; `instead` the field that a web address alone answers; `file`
    says that files answer it, or words why there are none; `alone` is the hour that a day without one means.
    """

    name: str
    title: str
    input: Input = Input.LINE
    options: tuple[str, ...] = ()
    required: bool = False
    limit: int = 1000
    default: str = ""
    ask: str = ""
    ask_wecom: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    needed: str = ""
    none: str = ""
    instead: str = ""
    file: bool = False
    alone: time | None = None

    def question(self, value: Any, options: tuple[Option, ...] = ()) -> Question:
        """The field as something to fill in, with what stands there already."""
        shown: str | tuple[str, ...] = value or self.default
        if self.input is Input.MANY:
            shown = (value,) if isinstance(value, str) else tuple(value or ())
        elif self.input is Input.DATETIME:
            shown = str(value or "").replace("T", " ")[:16]
        return Question(
            name=self.name,
            title=self.title,
            input=self.input,
            options=options or tuple(Option(text, text) for text in self.options),
            value=shown,
            hint=self._hint(),
            required=self.required,
            limit=self.limit,
        )

    def _hint(self) -> str:
        """The question, or an example that is marked as one; among options it would look like the answer."""
        if self.ask or self.input in (Input.ONE, Input.MANY):
            return self.ask
        example = self.example.removeprefix(f"{self.title}：")
        return f"例：{example}" if example and not example.startswith("（") else example


@dataclass(frozen=True, slots=True)
class Page:
    """Some choices asked on one card; `then` is the page that follows it."""

    title: str
    fields: tuple[str, ...]
    then: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A process's form: its title, the article it rests on, its command, its fields in order.

    `kind` begins the numbers of its requests (`FB`), unless they are of the `series` of another.
    `named_by` is the field a draft is called by; `pages` the choice cards of the dialogue; `apart` the
    fields that have a card of their own and not a place in the form card; `groups` maps a key of the
    stored form to the prefix of the fields that are kept under it. `calls_for` is, where that follows from
    what was answered, the fields that are asked for and whether each is needed. `tapped` are choices asked
    one by one, with a button for each option.
    """

    title: str
    article: str
    fields: tuple[Field, ...]
    kind: str = ""
    series: str = ""
    command: str = ""
    thing: str = "稿件"
    named_by: str = "title"
    pages: Mapping[str, Page] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    groups: Mapping[str, str] = field(default_factory=dict)
    calls_for: Callable[[Mapping[str, Any]], Mapping[str, bool]] | None = None
    tapped: frozenset[str] = frozenset()

    def asks(self, values: Mapping[str, Any]) -> Mapping[str, bool]:
        """The fields that are asked for where these were answered, and whether each is needed."""
        if self.calls_for:
            return self.calls_for(values)
        return {field.name: field.required for field in self.fields}

    def flat(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values by field name: those of the groups beside the others."""
        grouped = {
            f"{prefix}{name}": value
            for key, prefix in self.groups.items()
            for name, value in (values.get(key) or {}).items()
        }
        return {**values, **grouped}

    def nested(self, values: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values with newly given ones in them; None takes one out, of a group any empty one."""
        result = dict(values)
        for name, value in given.items():
            group = next((key for key, prefix in self.groups.items() if name.startswith(prefix)), "")
            if not group:
                result.pop(name, None)
                result |= {} if value is None else {name: value}
                continue
            members = dict(result.get(group) or {})
            members.pop(short := name.removeprefix(self.groups[group]), None)
            result[group] = members | ({short: value} if value else {})
        return result

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)

    def titles(self) -> Mapping[str, Field]:
        """Every title and alias that may begin a line."""
        return {title: one for one in self.fields for title in (one.title, *one.aliases)}


ASSETS = ("原创", "已授权", "免费可商用", "不涉及")


def _asset(name: str, what: str) -> Field:
    return Field(
        f"copyright_{name}",
        f"{what}版权",
        Input.ONE,
        ASSETS,
        aliases=(f"版权{what}",),
        example=f"{what}版权：{ASSETS[0]}",
    )


ASSET_FIELDS = tuple(
    _asset(name, what)
    for name, what in (
        ("text", "文字"),
        ("image", "图片"),
        ("font", "字体"),
        ("video", "视频"),
        ("music", "音乐"),
    )
)

ASSET_NAMES = tuple(one.name for one in ASSET_FIELDS)
INFO_KINDS = ("新闻", "通知公告", "专题", "视频", "直播", "图片", "转载", "活动", "声明", "其他")

PUBLISH = Form(
    "信息发布审批",
    "第六条（三）1",
    (
        Field(
            "media",
            "媒体",
            Input.MANY,
            required=True,
            ask="在哪个媒体发布？可填名称或备案号，多个用顿号隔开。",
            example="媒体：机电之声",
            aliases=("发布媒体", "媒体名称"),
        ),
        Field(
            "title",
            "标题",
            required=True,
            limit=64,
            ask="标题是什么？（64 字以内）",
            example="标题：学院更名公告",
        ),
        Field(
            "body",
            "正文",
            Input.TEXT,
            limit=20000,
            ask="请发来正文；也可以发预览链接，或直接发文件、图片。",
            ask_wecom="请发来正文或预览链接。图片、视频可直接发；文件请给链接，或在飞书里发。",
            example="正文：（拟发布的全文）",
            aliases=("内容",),
            needed="必填，或给链接、附件",
            none="没有正文",
            instead="link",
        ),
        Field("link", "链接", limit=1000, ask="预览链接", example="链接：https://mp.weixin.qq.com/s/…"),
        Field(
            "source_kind",
            "来源",
            Input.ONE,
            ("原创", "本校转载", "校外转载"),
            default="原创",
            example="来源：原创",
        ),
        Field(
            "source_name",
            "转载来源",
            limit=100,
            ask="转载自哪里？",
            example="转载来源：新华社",
            aliases=("来源名称",),
            needed="转载必填",
        ),
        Field(
            "planned_at",
            "发布时间",
            Input.DATETIME,
            default="通过后即发",
            ask="拟什么时候发布？",
            example="发布时间：明天 18:00",
            aliases=("拟发布时间", "拟发布"),
        ),
        Field(
            "urgency",
            "紧急",
            Input.ONE,
            ("普通", "紧急", "特急"),
            default="普通",
            example="紧急：特急",
            aliases=("紧急程度",),
        ),
        Field(
            "urgent_reason",
            "紧急理由",
            limit=100,
            ask="为什么要加急？",
            example="紧急理由：今晚活动开始前须发布",
            needed="紧急、特急必填",
        ),
        Field(
            "involves",
            "涉及",
            Input.MANY,
            TOPICS,
            default="无",
            ask="是否涉及以下内容？都没有就直接按“下一步”。",
            example="涉及：重大事项决策",
        ),
        Field(
            "info_kind",
            "类别",
            Input.ONE,
            INFO_KINDS,
            default="新闻",
            example="类别：通知公告",
            aliases=("信息类别",),
        ),
        Field("summary", "摘要", Input.TEXT, limit=300, example="摘要：（300 字以内）"),
        Field("author", "作者", limit=50, example="作者：李老师", aliases=("撰稿", "撰稿人")),
        Field(
            "comments",
            "开放评论",
            Input.ONE,
            ("是", "否"),
            ask="开放留言评论吗？不选时按媒体的备案办理。",
            example="开放评论：否",
        ),
        Field(
            "watcher",
            "评论值守",
            limit=40,
            example="评论值守：李老师（开放评论时不填即本人）",
            aliases=("评论值守人",),
        ),
        Field(
            "portrait",
            "肖像授权",
            Input.ONE,
            ("是", "不涉及"),
            default="不涉及",
            example="肖像授权：是",
            aliases=("肖像",),
        ),
        Field(
            "licence",
            "授权证明",
            limit=100,
            example="授权证明：BQ-2026-0001（/版权 登记的编号）",
            aliases=("版权证明",),
        ),
        *ASSET_FIELDS,
    ),
    kind="FB",
    command="发布",
    named_by="title",
    pages={
        "basics": Page("基本情况", ("source_kind", "urgency", "info_kind")),
        "involves": Page("涉及内容", ("involves",)),
        "assets": Page("版权", (*ASSET_NAMES, "portrait")),
        "assets1": Page("版权（1/2）", ASSET_NAMES[:3], then="assets2"),
        "assets2": Page("版权（2/2）", (*ASSET_NAMES[3:], "portrait")),
    },
    apart=frozenset((*ASSET_NAMES, "portrait")),
    groups={"copyright": "copyright_"},
)

SECRECY_QUESTIONS = (
    "国家秘密或内部敏感事项",
    "工作秘密",
    "涉密科研项目的进展",
    "涉密成果、技术数据、图纸或照片",
    "军工涉外合作",
    "商业秘密",
    "个人隐私",
    "其他不宜公开的内容",
)
"""The eight questions of form F4; a yes to any of them stops the flow (Article 8)."""

SECRECY_BRIEFLY = (
    "国家秘密或敏感事项、工作秘密、涉密科研、涉密技术资料、军工涉外、商业秘密、个人隐私、其他不宜公开"
)
"""All eight in few words, for a card on a phone; they are whole behind 查看."""
