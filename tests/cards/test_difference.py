"""What changed between two versions, in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.difference import changes

POST: dict[str, Any] = {
    "media": ["QM-0001"],
    "title": "学院更名",
    "body": "第一句。第二句。第三句。",
    "involves": ["校领导"],
    "copyright": {"text": "原创"},
    "files": [{"sha256": "ab", "name": "议程.pdf"}],
}


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, ()),
        ({"title": "学院更名公告"}, ("标题：学院更名 → 学院更名公告",)),
        ({"summary": "更名"}, ("摘要：无 → 更名",)),
        ({"involves": []}, ("涉及：校领导 → 无",)),
        ({"involves": ["校领导", "突发事件"]}, ("涉及：校领导 → 校领导、突发事件",)),
        ({"media": ["QM-0002"]}, ("媒体：QM-0001 → QM-0002",)),
        (
            {"copyright": {"text": "原创", "image": "已授权"}},
            ("版权：文字原创，其余不涉及 → 文字原创、图片已授权，其余不涉及",),
        ),
        (
            {"files": [{"sha256": "cd", "name": "名单.pdf"}]},
            ("附件：去掉 议程.pdf", "附件：新增 名单.pdf"),
        ),
        ({"body": "第一句。第二句改了。第三句。"}, ("正文：“第二句。”改为“第二句改了。”",)),
        ({"body": "第一句。第三句。"}, ("正文删去：“第二句。”",)),
        ({"body": "第一句。第二句。第三句。第四句。"}, ("正文增加：“第四句。”",)),
        (
            {"title": "改", "body": "第一句。第二句。"},
            ("标题：学院更名 → 改", "正文删去：“第三句。”"),
        ),
    ],
)
def test_each_change_is_one_line(change: dict[str, Any], lines: tuple[str, ...]) -> None:
    assert changes(POST, POST | change) == lines


def test_media_go_by_their_names_where_they_are_known() -> None:
    names = {"QM-0001": "机电之声", "QM-0002": "机电学院网站"}

    assert changes(POST, POST | {"media": ["QM-0002", "QM-0009"]}, names) == (
        "媒体：机电之声 → 机电学院网站、QM-0009",
    )


def test_a_long_passage_is_cut() -> None:
    (line,) = changes(POST, POST | {"body": POST["body"] + "长" * 100})

    assert line == f"正文增加：“{'长' * 59}…”"


BODIES = st.text(alphabet="甲乙。\n！", max_size=40)


@given(BODIES, BODIES)
def test_a_changed_body_always_shows(before: str, after: str) -> None:
    assert bool(changes({"body": before}, {"body": after})) == (before != after)
