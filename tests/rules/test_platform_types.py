"""Platforms as people write them, and the classes of Article 2(1)."""

import pytest

from handlers.rules.platform_types import media_class, near, usual
from storage.vocabulary import PLATFORM_TYPES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("微信公众号", "微信公众号"),
        ("公众号", "微信公众号"),
        ("B站", "哔哩哔哩"),
        ("ＡＰＰ", "移动客户端"),
        ("豆瓣", "豆瓣"),
    ],
)
def test_a_platform_has_one_usual_name(typed: str, meant: str) -> None:
    assert usual(typed) == meant


@pytest.mark.parametrize(
    ("typed", "close"),
    [("微信公共号", "微信公众号"), ("抖音账号", "抖音"), ("快手极速版", "快手"), ("学院网站", "单位网站")],
)
def test_a_slip_is_answered_with_what_may_be_meant(typed: str, close: str) -> None:
    assert close in near(typed)


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    assert near("豆瓣") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("今日哈工大", "网络平台"),
        ("小程序", "网络平台"),
        ("报纸", "出版物"),
        ("宣传册", "出版物"),
        ("广播电台", "广播电视"),
        ("采编制作部门", "广播电视"),
        ("其他", "网络平台"),
        ("", "网络平台"),
    ],
)
def test_each_platform_belongs_to_one_class(name: str, expected: str) -> None:
    assert media_class(name) == expected


def test_the_three_classes_share_all_platforms() -> None:
    classes = [media_class(name) for name in PLATFORM_TYPES]

    assert [classes.count(kind) for kind in ("网络平台", "出版物", "广播电视")] == [20, 7, 3]
