"""Whose link is whose: by name, by platform, by order, or nobody can tell."""

import pytest

from handlers.rules.links import Places, places, rest_unpublished, says_out
from storage.records import Medium

VOICE = Medium("QM-0001", "机电之声", "微信公众号", "2100", "2104")
SITE = Medium("QM-0002", "机电学院网站", "单位网站", "2100", "2104")
PRESS = Medium("QM-0005", "机电旧刊", "期刊", "2100", "2105")
A, B = "https://mp.weixin.qq.com/s/a", "https://me.hit.edu.cn/b"


@pytest.mark.parametrize(
    ("text", "media", "found"),
    [
        (B, [SITE], Places({"QM-0002": (B,)})),
        (A, [PRESS], Places({"QM-0005": (A,)})),
        (A, [SITE], Places({}, (), (("QM-0002", A),))),
        (f"确认 {A}", [SITE], Places({"QM-0002": (A,)})),
        (f"机电学院网站 {A} 机电之声 {B}", [VOICE, SITE], Places({}, (), (("QM-0002", A), ("QM-0001", B)))),
        (f"机电之声 {A} 机电旧刊 {B}", [VOICE, PRESS], Places({"QM-0001": (A,), "QM-0005": (B,)})),
        (
            f"机电学院网站 https://weibo.com/1 机电之声 {A}",
            [VOICE, SITE],
            Places({"QM-0001": (A,)}, (), (("QM-0002", "https://weibo.com/1"),)),
        ),
        (f"{A}，{B}。", [VOICE], Places({"QM-0001": (A, B)})),
        (f"{A} {B}", [SITE, VOICE], Places({"QM-0001": (A,), "QM-0002": (B,)})),
        (f"{B}\n{A}", [SITE, PRESS], Places({"QM-0002": (B,), "QM-0005": (A,)})),
        (f"机电旧刊：{A} 机电学院网站:{B}", [SITE, PRESS], Places({"QM-0005": (A,), "QM-0002": (B,)})),
        (f"QM-0005 {B}", [SITE, PRESS], Places({"QM-0005": (B,)})),
        (B, [VOICE, SITE], Places({}, (B,))),
        (A, [VOICE, SITE], Places({"QM-0001": (A,)})),
        ("已经发了", [VOICE, SITE], Places({})),
    ],
    ids=[
        "one",
        "no website",
        "contradicts",
        "for sure",
        "swapped",
        "no platform",
        "neither's",
        "two of one",
        "platform",
        "order",
        "named",
        "number",
        "unclear",
        "partly",
        "none",
    ],
)
def test_whose_a_link_is(text: str, media: list[Medium], found: Places) -> None:
    assert places(text, media) == found


def test_a_single_link_is_that_of_the_medium_that_is_left() -> None:
    assert places(B, [VOICE, SITE], ["QM-0001"]) == Places({"QM-0002": (B,)})


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("发好了", True), ("已经发布", True), ("稿子已推送。", True), (f"发好了：{A}", True), (A, False),
        ("还没发", False), ("什么时候发布？", False), ("等通过了再发", False), ("好的", False),
        ("经学校批准今天发布的通知请各单位遵照执行", False),
    ],
)  # fmt: skip
def test_that_it_is_out(text: str, out: bool) -> None:
    assert says_out(text) is out


@pytest.mark.parametrize(
    ("text", "rest"), [("其余未发", True), ("其他媒体没有发。", True), ("已经发了", False), (A, False)]
)
def test_that_it_came_out_nowhere_else(text: str, rest: bool) -> None:
    assert rest_unpublished(text) is rest
