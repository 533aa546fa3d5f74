"""Whom a campaign is for: what words mean, and which media that is (Article 5(1))."""

import pytest

from handlers.rules import targets
from handlers.rules.targets import Books
from storage.records import Medium, MediumState, Unit, UnitKind

ACTIVE, PAUSED, GONE = MediumState.ACTIVE, MediumState.PAUSED, MediumState.DEREGISTERED


def medium(no: str, name: str, platform: str, unit: str, state: MediumState = ACTIVE) -> Medium:
    return Medium(no, name, platform, unit, "2104", state=state)


BOOKS = Books(
    (
        medium("QM-0001", "机电之声", "微信公众号", "2100"),
        medium("QM-0002", "机电之声", "微博", "2110"),
        medium("QM-0003", "今日哈工大", "微信公众号", "1100"),
        medium("QM-0004", "旧刊", "期刊", "2100", PAUSED),
        medium("QM-0005", "旧号", "微博", "2100", GONE),
    ),
    {
        "1100": Unit("1100", "全媒体中心", UnitKind.MEDIA_CENTER),
        "2100": Unit("2100", "机电学院党委", UnitKind.PARTY_UNIT),
        "2110": Unit("2110", "机电学院办公室", UnitKind.INNER, "2100"),
    },
)


@pytest.mark.parametrize(
    ("typed", "words", "numbers"),
    [
        ("全校", "全校", ["QM-0001", "QM-0002", "QM-0003", "QM-0004"]),
        ("机电之声", "机电之声", ["QM-0001", "QM-0002"]),
        ("qm-0002", "QM-0002", ["QM-0002"]),
        ("公众号", "微信公众号", ["QM-0001", "QM-0003"]),
        ("机电学院党委", "机电学院党委", ["QM-0001", "QM-0002", "QM-0004"]),
        ("2110", "机电学院办公室", ["QM-0002"]),
        ("出版物", "出版物", ["QM-0004"]),
        ("今日哈工大", "今日哈工大", ["QM-0003"]),
    ],
)
def test_what_a_word_means(typed: str, words: str, numbers: list[str]) -> None:
    found = targets.read([typed, typed], BOOKS)

    assert (list(found.words), dict(found.wrong)) == ([words], {})
    assert [one.no for one in targets.aimed(found.words, BOOKS)] == numbers


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("机电之生", "没有叫“机电之生”的媒体、平台、大类或单位。您是不是要找：机电之声"),
        ("旧刊", "“旧刊”目前是“停更”状态，不能调动。"),
        ("旧号", "“旧号”目前是“注销”状态，不能调动。"),
        ("抖音", "没有叫“抖音”的媒体"),
        ("😀" * 30, "没有叫"),
    ],
)
def test_what_means_nothing_is_said(typed: str, why: str) -> None:
    assert targets.read([typed], BOOKS).wrong[typed].startswith(why)


def test_the_most_come_first() -> None:
    assert targets.counted(BOOKS.media[:3]) == "微信公众号 2、微博 1"
