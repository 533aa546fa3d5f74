"""一事一审: a digest is over exactly what goes out and what was declared."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.digest import OUTGOING, digest

POST = {
    "media": ["QM-0001"],
    "title": "学院更名",
    "body": "经学校批准，机电学院今日更名。",
    "involves": ["校领导"],
    "copyright": {"text": "原创", "image": "不涉及"},
    "files": [{"sha256": "ab", "name": "议程.pdf", "size": 6, "type": ""}],
}
VALUES = st.one_of(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1))


def test_the_digest_is_what_it_has_always_been() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert digest({"title": "学院更名"}) == "eb2d4f8a616394cb2ca57b082751fa2a01456c95b228f16f09017f87ff729e47"


@given(st.permutations(list(POST)))
def test_the_order_of_fields_does_not_matter(names: list[str]) -> None:
    assert digest({name: POST[name] for name in names}) == digest(POST)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "学院更名。"},
        {"body": "经学校批准，机电学院今日更名"},
        {"media": ["QM-0001", "QM-0002"]},
        {"involves": []},
        {"copyright": {"text": "已授权", "image": "不涉及"}},
        {"files": [{"sha256": "cd", "name": "议程.pdf", "size": 6, "type": ""}]},
        {"files": []},
        {"planned_at": "2026-11-24T09:30+08:00"},
        {"urgency": "特急"},
    ],
)
def test_one_changed_character_changes_it(change: dict[str, Any]) -> None:
    assert digest(POST | change) != digest(POST)


@given(st.dictionaries(st.text(min_size=1).filter(lambda name: name not in OUTGOING), VALUES))
def test_what_does_not_go_out_does_not_count(others: dict[str, Any]) -> None:
    assert digest(POST | others) == digest(POST)


@given(st.sampled_from(OUTGOING), VALUES, VALUES)
def test_two_posts_have_one_digest_only_when_they_are_the_same(name: str, one: Any, other: Any) -> None:
    assert (digest(POST | {name: one}) == digest(POST | {name: other})) == (one == other)


@pytest.mark.parametrize("empty", ["", None, [], {}])
def test_a_field_left_empty_is_a_field_not_given(empty: object) -> None:
    assert digest(POST | {"summary": empty}) == digest(POST)
