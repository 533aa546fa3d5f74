"""What people type into fields: moments, choices, links; a mistake has its reason."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.form import PUBLISH
from handlers.rules.deadlines import planned
from handlers.typed import fields
from storage.vocabulary import TOPICS
from tests.rules.requests import AT


def test_the_planned_moment_of_a_form_is_in_utc() -> None:
    assert planned({"planned_at": "2026-11-24T09:30+08:00"}) == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert planned({"planned_at": ""}) is None
    assert planned({}) is None


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("involves", "校领导、上级领导，突发事件; 招生考试", ["校领导", "上级领导", "突发事件", "招生考试"]),
        ("involves", "校领导 校领导", ["校领导"]),
        ("involves", "无", []),
        ("involves", "", []),
        ("involves", ("校领导",), ["校领导"]),
        ("involves", "招生、港澳台，涉外", ["招生考试", "涉外港澳台"]),
        ("involves", "涉及招生考试的报道", ["招生考试"]),
        ("title", "机\u00ad电\u202e之声\x01 👨\u200d👩\u200d👧", "机电之声 👨\u200d👩\u200d👧"),
        ("body", "می\u200cخواهم\u2028ئۇيغۇر\u200d", "می\u200cخواهم\nئۇيغۇر"),
        ("media", "机电之声、QM-0002", ["机电之声", "QM-0002"]),
        ("media", "王　磊 何　强，李  老师 孙老师", ["王磊", "何强", "李老师", "孙老师"]),
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
        ("urgency", "紧急程度：普通", "看不出是哪一项，只能填：普通、紧急、特急"),
        ("urgency", "紧急程度：很高", "看不出是哪一项，只能填：普通、紧急、特急"),
        ("portrait", "是/不涉及", "看不出是哪一项，只能填：是、不涉及"),
        (
            "involves",
            "党建",
            f"没有“党建”这一项，可填：{'、'.join(TOPICS)}，或“无”",
        ),
        ("involves", "领导", "没有“领导”这一项，您是不是要填：校领导、上级领导？"),
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
