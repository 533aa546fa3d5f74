"""What a decision is called at each step, and which words of others are none of it."""

import pytest

from cards.phrases import WORDS, calls
from storage.records import Act
from storage.steps import Step, StepRole, Verb

TYPED = (
    "通过",
    "同意",
    "审查通过",
    "属实",
    "立案",
    "确认上报",
    "不宜公开",
    "不属实",
    "不立案",
    "升级",
    "不作解释",
    "继续整改",
)


@pytest.mark.parametrize(
    ("verb", "fit"),
    [
        (Verb.APPROVE, {"通过", "同意"}),
        (Verb.EXAMINE, {"通过", "同意", "审查通过", "不宜公开"}),
        (Verb.VERIFY, {"通过", "同意", "属实", "不属实"}),
        (Verb.ACCEPT_CASE, {"通过", "同意", "立案", "不立案"}),
        (Verb.INSPECT, {"通过", "同意", "继续整改", "升级"}),
        (Verb.RECTIFY, {"通过", "同意", "升级"}),
        (Verb.INTERPRET, {"通过", "同意", "不作解释"}),
        (Verb.REPORT, {"通过", "同意", "确认上报"}),
    ],
)
def test_a_word_decides_at_the_steps_that_call_it_so(verb: Verb, fit: set[str]) -> None:
    step = Step("one", StepRole.MEDIA_CENTER, verb, "第六条")

    assert {word for word in TYPED if calls(step, word)} == fit
    assert (WORDS["立案"], WORDS["升级"], WORDS["继续整改"]) == (Act.APPROVE, Act.REJECT, Act.RETURN)
