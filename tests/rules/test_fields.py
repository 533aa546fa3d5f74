"""What people type into fields: moments, choices, links; a mistake has its reason."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.form import PUBLISH
from handlers.drafts import fields
from handlers.drafts.fields import Wrong
from storage.vocabulary import TOPICS
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
        ("", ""),
        ("尽快", ""),
        ("通过后即发", ""),
    ],
)
def test_when_a_post_should_go_out(typed: str, moment: str) -> None:
    assert fields.moment(typed, AT) == moment


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
    ],
)
def test_a_moment_that_cannot_be(typed: str, reason: str) -> None:
    with pytest.raises(Wrong, match=reason):
        fields.moment(typed, AT)


@given(st.text())
def test_any_text_is_a_moment_or_wrong(typed: str) -> None:
    try:
        found = fields.moment(typed, AT)
    except Wrong:
        return
    assert not found or datetime.fromisoformat(found).tzinfo is not None


def test_the_planned_moment_of_a_form_is_in_utc() -> None:
    assert fields.planned({"planned_at": "2026-11-24T09:30+08:00"}) == datetime(
        2026, 11, 24, 1, 30, tzinfo=UTC
    )
    assert fields.planned({"planned_at": ""}) is None
    assert fields.planned({}) is None


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("involves", "校领导、上级领导，突发事件; 招生考试", ["校领导", "上级领导", "突发事件", "招生考试"]),
        ("involves", "校领导 校领导", ["校领导"]),
        ("involves", "无", []),
        ("involves", "", []),
        ("involves", ("校领导",), ["校领导"]),
        ("media", "机电之声、QM-0002", ["机电之声", "QM-0002"]),
        ("urgency", "特急（30分钟）", "特急"),
        ("urgency", "", "普通"),
        ("source_kind", "本校转载", "本校转载"),
        ("title", "  学院更名 ", "学院更名"),
        ("link", "https://mp.weixin.qq.com/s/abc?x=1", "https://mp.weixin.qq.com/s/abc?x=1"),
        ("link", "", ""),
    ],
)
def test_a_good_value(name: str, typed: str | tuple[str, ...], value: object) -> None:
    assert fields.clean(PUBLISH, {name: typed}, AT) == ({name: value}, [])


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("title", "长" * 65, "最多 64 字，现在 65 字"),
        ("urgency", "很急", "只能填：普通、紧急、特急"),
        (
            "involves",
            "党建",
            f"没有“党建”这一项，可填：{'、'.join(TOPICS)}，或“无”",
        ),
        ("link", "mp.weixin.qq.com", "链接要以 http:// 或 https:// 开头，中间没有空格"),
        ("link", "javascript:alert(1)", "链接要以 http:// 或 https:// 开头，中间没有空格"),
        ("link", "https://a b", "链接要以 http:// 或 https:// 开头，中间没有空格"),
        ("link", "https://[", "链接要以 http:// 或 https:// 开头，中间没有空格"),
    ],
)
def test_a_mistake_names_the_field_its_reason_and_an_example(name: str, typed: str, reason: str) -> None:
    field = PUBLISH.field(name)
    values, mistakes = fields.clean(PUBLISH, {name: typed}, AT)

    assert (values, [(m.title, m.typed, m.reason, m.example) for m in mistakes]) == (
        {},
        [(field.title, typed, reason, field.example)],
    )


@given(st.dictionaries(st.sampled_from([field.name for field in PUBLISH.fields]), st.text()))
def test_every_field_that_was_typed_is_a_value_or_a_mistake(raw: dict[str, str]) -> None:
    values, mistakes = fields.clean(PUBLISH, raw, AT)

    assert set(values) | {mistake.name for mistake in mistakes} == set(raw)
    assert not set(values) & {mistake.name for mistake in mistakes}


@pytest.mark.parametrize(
    "typed",
    ["https://mp.weixin.qq.com/s/1", "https://mp.weixin.qq.com/s/1。", "https://mp.weixin.qq.com/s/1，请看"],
)
def test_a_link_is_taken_without_the_chinese_marks_behind_it(typed: str) -> None:
    assert fields.web_address(typed) == "https://mp.weixin.qq.com/s/1"
