"""The form of a system that a unit puts on record: the first half of form F13 (Articles 7 to 9)."""

from cards.card import Input
from cards.form import Field, Form
from storage import vocabulary

SYSTEMS = Form(
    "制度登记",
    "第七条",
    (
        Field(
            "kind",
            "种类",
            Input.ONE,
            vocabulary.SYSTEMS,
            required=True,
            ask="是哪一种？责任、岗位方面的选“制度文件”。",
            example="种类：制度文件",
            aliases=("类型",),
        ),
        Field(
            "title",
            "名称",
            required=True,
            limit=60,
            ask="叫什么？（60 字以内）",
            example="名称：机电学院全媒体管理责任制",
            aliases=("标题", "制度名称"),
        ),
        Field(
            "held_on",
            "日期",
            Input.DATE,
            required=True,
            ask="哪一天印发或起用的？",
            example="日期：2026-03-01",
            aliases=("印发日期", "施行日期", "生效日期"),
        ),
        Field(
            "replaces",
            "替代",
            limit=20,
            example="替代：ZD-2026-0001（原来登记的编号，没有不填）",
            aliases=("替代编号",),
        ),
        Field(
            "materials",
            "材料",
            required=True,
            limit=200,
            ask="请发来文件；没有电子版的，写明存放在哪里。",
            example="材料：纸质文件存学院办公室",
            needed="必填，或发文件",
            file=True,
            aliases=("附件",),
        ),
    ),
    kind="ZD",
    command="制度",
    thing="登记",
)
