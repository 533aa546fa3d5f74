"""The forms of Article 10's four powers: what is asked of a unit each year, and what it answers."""

from collections.abc import Mapping
from typing import Any

from cards.card import Input
from cards.form import Field, Form

HELD, LACKING = ANSWERS = ("已落实", "未落实")
POWERS = {
    "decision": "决策权",
    "assets": "资产配置权",
    "direction": "导向把关权",
    "posts": "人事任免权",
}
"""要始终掌握出版机构重大事项的决策权、资产配置的控制权、出版方向的把关权、主要领导人员的任免权（第十条）."""


WHOLE = ("重大事项的决策权", "资产配置的控制权", "出版方向的把关权", "主要领导人员的任免权")


def calls_for(values: Mapping[str, Any]) -> dict[str, bool]:
    """All four, and a word on those that are not held."""
    lacking = any(values.get(name) == LACKING for name in POWERS)
    return {**dict.fromkeys(POWERS, True), **({"reason": True} if lacking else {})}


ASKED = Form(
    "出版机构四权确认",
    "第十条",
    (
        Field("year", "年度", required=True),
        Field("due_on", "截止", Input.DATE, required=True),
        Field("media", "出版物", Input.MANY),
    ),
    kind="QL",
    command="四权",
    thing="四权确认",
    named_by="year",
)

CONFIRMED = Form(
    "四权确认",
    "第十条",
    (
        *(
            Field(name, title, Input.ONE, ANSWERS, required=True, ask=f"{what}由本单位始终掌握吗？",
                  example=f"{title}：{HELD}", aliases=(what,))
            for (name, title), what in zip(POWERS.items(), WHOLE, strict=True)
        ),
        Field("reason", "未落实的说明", Input.TEXT, limit=300,
              ask="哪一项没有落实，为什么，打算什么时候落实？（300 字以内）",
              example="未落实的说明：社长由学校任命，正在理顺，明年 3 月前完成", aliases=("原因", "说明")),
    ),
    kind="QLQR",
    command="确认四权",
    thing="四权确认",
    named_by="decision",
    calls_for=calls_for,
    tapped=frozenset(POWERS),
)  # fmt: skip
