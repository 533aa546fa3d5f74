"""What each stage of a publication asks for."""

import pytest

from cards.form_topic import TOPIC
from cards.topic_stages import ALWAYS, REVIEWS, STAGES, TYPES, calls_for

CONTENT = {"ip_source", "direction", "planned_on"}


@pytest.mark.parametrize(
    ("stage", "kind", "publisher", "needed"),
    [
        ("新办", "期刊", "本单位", {"cycle", "copies", "planned_on"}),
        ("新办", "宣传册", "本单位", {"copies", "planned_on"}),
        ("选题", "图书", "学校出版社", CONTENT),
        ("选题", "图书", "校外单位", CONTENT | {"publisher_name"}),
        ("书稿", "图书", "本单位", CONTENT | {"pages", "manuscript", *REVIEWS}),
        ("书稿", "图书", "学校出版社", CONTENT | {"pages", "manuscript"}),
        ("期次", "报纸", "本单位", CONTENT | {"number", "copies", "manuscript", *REVIEWS}),
        ("停办", "内部刊物", "本单位", {"number", "planned_on"}),
        ("停办", "宣传册", "本单位", {"planned_on"}),
    ],
)
def test_a_stage_asks_what_it_needs(stage: str, kind: str, publisher: str, needed: set[str]) -> None:
    asked = calls_for({"stage": stage, "pub_type": kind, "publisher": publisher})

    assert {name for name, must in asked.items() if must} == {*ALWAYS, *needed}


def test_nothing_more_is_asked_before_the_stage_is_known() -> None:
    assert tuple(calls_for({"stage": "书稿"})) == ALWAYS


def test_whatever_is_asked_for_is_a_field() -> None:
    for stage in STAGES:
        for kind in TYPES:
            asked = calls_for({"stage": stage, "pub_type": kind, "publisher": "本单位"})
            assert {TOPIC.field(name).title for name in asked}
