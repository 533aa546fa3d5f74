"""When people say that something should be, or was: the moment or day meant, or why it is asked."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.times import SHANGHAI
from handlers.typed import moments
from handlers.typed.moments import Wrong
from tests.rules.requests import AT


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-25 18:00", "2026-11-25T18:00+08:00"),
        ("2026/11/25 8:05", "2026-11-25T08:05+08:00"),
        ("2026年11月25日 18点", "2026-11-25T18:00+08:00"),
        ("11月25日 下午3点半", "2026-11-25T15:30+08:00"),
        ("11-25 18：00", "2026-11-25T18:00+08:00"),
        ("1月5日 9:00", "2027-01-05T09:00+08:00"),
        ("明天 9:30", "2026-11-24T09:30+08:00"),
        ("明早 9点", "2026-11-24T09:00+08:00"),
        ("后天上午10点", "2026-11-25T10:00+08:00"),
        ("今晚8点半", "2026-11-23T20:30+08:00"),
        ("明晚8点", "2026-11-24T20:00+08:00"),
        ("中午12点", "2026-11-23T12:00+08:00"),
        ("明天中午1点", "2026-11-24T13:00+08:00"),
        ("明天凌晨1点", "2026-11-24T01:00+08:00"),
        ("18:00", "2026-11-23T18:00+08:00"),
        ("9:00", "2026-11-23T09:00+08:00"),
        ("明天中午", "2026-11-24T12:00+08:00"),
        ("下周五下午3点", "2026-12-04T15:00+08:00"),
        ("本周日 10:00", "2026-11-29T10:00+08:00"),
        ("周三 9:00", "2026-11-25T09:00+08:00"),
        ("下下星期一9点", "2026-12-07T09:00+08:00"),
        ("2026-11-30 15:00:00", "2026-11-30T15:00+08:00"),
        ("2026/11/30 9:05:00", "2026-11-30T09:05+08:00"),
        ("2026-11-30T15:00:00+08:00", "2026-11-30T15:00+08:00"),
        ("2026-11-30T07:00:00.000Z", "2026-11-30T15:00+08:00"),
        ("20261130 15:00", "2026-11-30T15:00+08:00"),
        ("２０２６－１１－３０　１５∶００", "2026-11-30T15:00+08:00"),
        ("十一月三十日下午三点一刻", "2026-11-30T15:15+08:00"),
        ("明天下午三点", "2026-11-24T15:00+08:00"),
        ("明天下午三点二十发布。", "2026-11-24T15:20+08:00"),
        ("周三十点", "2026-11-25T10:00+08:00"),
        ("11月25日（周三）18:00", "2026-11-25T18:00+08:00"),
        ("今晚12点", "2026-11-24T00:00+08:00"),
        ("今晚0点", "2026-11-24T00:00+08:00"),
        ("今晚1点半", "2026-11-24T01:30+08:00"),
        ("明晚12点", "2026-11-25T00:00+08:00"),
        ("凌晨12点", "2026-11-24T00:00+08:00"),
        ("明天凌晨12点", "2026-11-24T00:00+08:00"),
        ("24:00", "2026-11-24T00:00+08:00"),
        ("0点", "2026-11-24T00:00+08:00"),
        ("今年12月1日 9点", "2026-12-01T09:00+08:00"),
        ("明年1月5日 9:00", "2027-01-05T09:00+08:00"),
        ("下个月5号 9点", "2026-12-05T09:00+08:00"),
        ("大后天9点", "2026-11-26T09:00+08:00"),
        ("", ""),
        ("尽快", ""),
        ("通过后即发", ""),
    ],
)
def test_when_a_post_should_go_out(typed: str, moment: str) -> None:
    assert moments.moment(typed, AT) == moment


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("8:00", "这个时间已经过去了"),
        ("2026-11-22 18:00", "这个时间已经过去了"),
        ("2027-03-01 9:00", "只能填 90 天以内的时间"),
        ("2026-02-30 9:00", "没有这一天"),
        ("明天 25:00", "没有这个钟点"),
        ("明天", "看不出是几点"),
        ("上周三 9:00", "这个时间已经过去了"),
        ("某天 9:00", "看不出是哪一天"),
        ("昨天 10:00", "这个时间已经过去了（11月22日（周日）10:00）"),
        ("上上周五 10:00", "这个时间已经过去了（11月13日（周五）10:00）"),
        ("今天凌晨12点", "这个时间已经过去了（11月23日（周一）00:00）"),
        ("9点-10点", "这里有两个时间，请只填开始的那一个"),
        ("明天9:00—10:30", "这里有两个时间，请只填开始的那一个"),
        ("11月25日（周二）18:00", "2026年11月25日是周三，请核对"),
        ("上午15点", "上午没有这个钟点，请写成 24 小时制"),
        ("9999-12-31 24:00", "没有这个钟点"),
        ("0001-01-01T00:00+08:00", "没有这个时间"),
    ],
)
def test_a_moment_that_cannot_be(typed: str, reason: str) -> None:
    with pytest.raises(Wrong, match=re.escape(reason)):
        moments.moment(typed, AT)


@given(st.text())
def test_any_text_is_a_moment_or_wrong(typed: str) -> None:
    try:
        found = moments.moment(typed, AT)
    except Wrong:
        return
    assert not found or datetime.fromisoformat(found).tzinfo is not None


WAYS = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:00+08:00",
    "%Y年%m月%d日%H点%M分",
    "%Y.%m.%d，%H：%M",
    "%Y%m%d %H:%M",
)


@given(st.integers(0, 90 * 24 * 60 - 1), st.sampled_from(WAYS))
def test_every_minute_is_understood_however_it_is_written(ahead: int, way: str) -> None:
    at = (AT + timedelta(minutes=ahead)).astimezone(SHANGHAI)

    assert moments.moment(at.strftime(way), AT) == at.isoformat(timespec="minutes")


@given(st.text(alphabet="今明后天昨周一二三十百点时分半刻年月日号上下个早晚中午凌晨:：-—/T+Z 0123456789，的"))
def test_any_words_of_time_are_a_moment_and_a_day_or_wrong(typed: str) -> None:
    for read in (moments.moment, moments.calendar_day):
        try:
            found = read(typed, AT)
        except Wrong:
            continue
        assert not found or datetime.fromisoformat(found)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20 00:00:00", "2026-11-20"),
        ("11月20日", "2026-11-20"),
        ("11-20（周五）", "2026-11-20"),
        ("昨天", "2026-11-22"),
        ("前天下午", "2026-11-21"),
        ("上周五", "2026-11-20"),
        ("上上周五", "2026-11-13"),
        ("上个月20号", "2026-10-20"),
        ("去年12月1日", "2025-12-01"),
        ("今年12月1日", "2026-12-01"),
        ("12月1日", "2026-12-01"),
        ("7月1日", "2026-07-01"),
        ("二〇二六年十一月二十日", "2026-11-20"),
    ],
)
def test_the_day_meant(typed: str, day: str) -> None:
    assert moments.calendar_day(typed, AT) == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2月30日", "没有这一天"),
        ("2月29日", "没有这一天"),
        ("18:00", "看不出是哪一天"),
        ("", "看不出是哪一天"),
        ("上个世纪", "看不出是哪一天"),
    ],
)
def test_a_day_that_cannot_be(typed: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        moments.calendar_day(typed, AT)


def test_a_leap_day_is_that_of_the_year_that_has_it() -> None:
    assert moments.calendar_day("2月29日", datetime(2027, 12, 1, tzinfo=UTC)) == "2028-02-29"
