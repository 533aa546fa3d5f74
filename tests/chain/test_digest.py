"""一事一审: a digest is over the kind and every answer of every form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chain.digest import digest
from handlers.processes.all import PROCESSES

POST = {
    "media": ["QM-0001"],
    "title": "学院更名",
    "body": "经学校批准，机电学院今日更名。",
    "involves": ["校领导"],
    "copyright": {"text": "原创", "image": "不涉及"},
    "files": [{"sha256": "ab", "name": "议程.pdf", "size": 6, "type": ""}],
}
VALUES = st.one_of(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1))
ANSWERS = [(kind, field.name) for kind, process in PROCESSES.items() for field in process.form.fields]


def test_the_digest_is_what_it_is_from_now_on() -> None:
    assert digest("FB", {}) == "c343dbc378ac550534ef0f8233a177aa4c74d97904ff9d4952a3c2ff96aa2012"
    assert digest("FB", {"title": "学院更名"}) == (
        "f799846f67be365847e4b0201600796effa4cfd01e1b97fe2ac19aa56431cc60"
    )


@given(st.permutations(list(POST)))
def test_the_order_of_fields_does_not_matter(names: list[str]) -> None:
    assert digest("FB", {name: POST[name] for name in names}) == digest("FB", POST)


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
    assert digest("FB", POST | change) != digest("FB", POST)


@given(st.sampled_from(ANSWERS), VALUES, VALUES)
def test_every_answer_of_every_form_counts(answer: tuple[str, str], one: Any, other: Any) -> None:
    kind, name = answer
    form = PROCESSES[kind].form
    first, second = (form.nested({"files": []}, {name: value}) for value in (one, other))

    assert (digest(kind, first) == digest(kind, second)) == (one == other)
    assert digest(kind, first) != digest(kind, {"files": []})


@given(st.sampled_from(sorted(PROCESSES)), st.sampled_from(sorted(PROCESSES)))
def test_the_kind_counts(one: str, other: str) -> None:
    assert (digest(one, POST) == digest(other, POST)) == (one == other)


@given(st.dictionaries(st.text(min_size=1), VALUES), st.text(min_size=1), VALUES)
def test_what_a_form_may_come_to_hold_counts_unless_it_says_otherwise(
    form: dict[str, Any], name: str, value: Any
) -> None:
    assert (digest("FB", {**form, name: value}) == digest("FB", form)) == (form.get(name) == value)


@pytest.mark.parametrize("empty", ["", None, [], {}])
def test_a_field_left_empty_is_a_field_not_given(empty: object) -> None:
    assert digest("FB", POST | {"summary": empty}) == digest("FB", POST)
