"""The form of a training: the second half of form F13 (Articles 7 to 9)."""

from cards.card import Input
from cards.form import Field, Form
from storage.vocabulary import TRAININGS

TRAINING = Form(
    "培训",
    "第七条",
    (
        Field(
            "kind",
            "种类",
            Input.ONE,
            TRAININGS,
            required=True,
            ask="是哪一种？",
            example="种类：警示教育",
            aliases=("类型",),
        ),
        Field(
            "title",
            "标题",
            required=True,
            limit=60,
            ask="叫什么？（60 字以内）",
            example="标题：新媒体运营警示教育",
            aliases=("名称", "主题"),
        ),
        Field(
            "held_on",
            "日期",
            Input.DATE,
            required=True,
            ask="哪一天？已经办过的写那一天。",
            example="日期：2026-12-03",
            aliases=("培训日期",),
        ),
        Field("starts", "时间", limit=20, example="时间：14:00", aliases=("开始时间", "几点")),
        Field("place", "地点", limit=60, example="地点：行政楼 201"),
        Field("hours", "学时", limit=10, example="学时：2", aliases=("时长",)),
        Field(
            "people",
            "参加人",
            limit=300,
            example="参加人：李老师、何老师（或 35 人）",
            aliases=("参加人数", "人数", "人员"),
        ),
        Field(
            "quiz",
            "测验",
            Input.TEXT,
            limit=1000,
            example="测验：发布前先做什么？；A 保密审查；B 排版；答案 A（每行一题，最多 5 题）",
            aliases=("测验题", "题目"),
        ),
        Field(
            "case_used",
            "引用案例",
            limit=100,
            example="引用案例：案例 1（发 /培训 案例 可看）",
            aliases=("案例",),
        ),
        Field("materials", "材料", limit=200, example="材料：课件请直接发文件", aliases=("课件",)),
    ),
    kind="PX",
    series="ZD",
    command="培训",
    thing="培训",
)
