"""A matter on one line of a list: the title gives way, and never the time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.duties import LINE, one_line


@pytest.mark.parametrize(
    ("what", "title", "until", "line"),
    [
        ("待审批", "学院更名", "12月3日 09:07前", "待审批 学院更名 12月3日 09:07前"),
        (
            "待审批",
            "关于机电学院更名的通知公告",
            "12月13日 09:07前",
            "待审批 关于机电学院更名的通知… 12月13日 09:07前",
        ),
        (
            "久未办理",
            "关于机电学院更名的通知公告",
            "已超时（12月13日）",
            "久未办理 关于机电学院更名的通知公告 已超时（12月13日）",
        ),
        ("待备案", "学院更名", "", "待备案 学院更名"),
    ],
)
def test_the_title_gives_way_to_the_time(what: str, title: str, until: str, line: str) -> None:
    assert one_line(what, title, until) == line


@given(st.text("字", min_size=1, max_size=64))
def test_the_line_fits_and_ends_with_the_time(title: str) -> None:
    line = one_line("变更待备案", title, "2027年12月13日 24:00前")

    assert len(line) <= LINE
    assert line.endswith(" 2027年12月13日 24:00前")
