"""The chain of Article 6(3)1, the table of 必要时, and what can follow what."""

from itertools import product

import pytest

from handlers.rules import lifecycle
from handlers.rules.chain import Facts, escalated, offered, publication_chain
from handlers.rules.necessity import Post, necessary
from storage.records import OPEN, SENT_AGAIN, UNDECIDED, Act, State
from storage.steps import Step, StepRole, Verb
from storage.vocabulary import TOPICS

ART_6_3, ART_8 = "第六条（三）1", "第八条"
OWN = "申请人即第一责任人"
REVIEWERS_WROTE = "保密审查人是申请人或作者"
RESPONSIBLE_WROTE = "没有保密审查人，第一责任人是作者"
REVIEW = Step("review", StepRole.SECRECY_REVIEWER, Verb.EXAMINE, ART_8, unit="2100")
RESPONSIBLE = Step("responsible", StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_6_3, unit="2110")


def responsible(*, carries_review: bool = False, passed_by_rule: str = "") -> Step:
    return Step(
        "responsible",
        StepRole.FIRST_RESPONSIBLE,
        Verb.APPROVE,
        ART_6_3,
        unit="2110",
        carries_review=carries_review,
        passed_by_rule=passed_by_rule,
    )


def center(*because: str, carries_review: bool = False) -> Step:
    return Step(
        "centre",
        StepRole.MEDIA_CENTER,
        Verb.APPROVE,
        ART_6_3,
        because=because,
        carries_review=carries_review,
    )


@pytest.mark.parametrize(
    ("facts", "steps"),
    [
        (Facts("2110", "2100", False), (REVIEW, RESPONSIBLE)),
        (Facts("2110", "", False), (responsible(carries_review=True),)),
        (Facts("2110", "2100", False, ("涉外",)), (REVIEW, RESPONSIBLE, center("涉外"))),
        (Facts("2110", "", False, ("涉外",)), (responsible(carries_review=True), center("涉外"))),
        (Facts("2110", "2100", True), (REVIEW, responsible(passed_by_rule=OWN), center(OWN))),
        (Facts("2110", "", True), (responsible(passed_by_rule=OWN), center(OWN, carries_review=True))),
        (
            Facts("2110", "2100", True, ("涉外", "首次")),
            (REVIEW, responsible(passed_by_rule=OWN), center(OWN, "涉外", "首次")),
        ),
        (
            Facts("2110", "", False, reviewers_wrote=True),
            (responsible(carries_review=True), center(REVIEWERS_WROTE)),
        ),
        (
            Facts("2110", "", True, ("涉外",), reviewers_wrote=True),
            (
                responsible(passed_by_rule=OWN),
                center(OWN, REVIEWERS_WROTE, "涉外", carries_review=True),
            ),
        ),
        (
            Facts("2110", "", False, responsible_wrote=True),
            (responsible(), center(RESPONSIBLE_WROTE, carries_review=True)),
        ),
        (Facts("2110", "2100", False, responsible_wrote=True), (REVIEW, RESPONSIBLE)),
    ],
    ids=[
        "usual",
        "no-reviewer",
        "necessary",
        "necessary-no-reviewer",
        "own",
        "own-no-reviewer",
        "own-necessary",
        "reviewers-wrote",
        "own-reviewers-wrote",
        "no-reviewer-responsible-wrote",
        "responsible-wrote",
    ],
)
def test_who_must_pass_a_post_in_which_order(facts: Facts, steps: tuple[Step, ...]) -> None:
    assert publication_chain(facts) == steps


def test_somebody_answers_for_the_secrecy_of_every_post() -> None:
    for reviewer, own, why, *wrote in product(
        ("2100", ""), (True, False), ((), ("涉外",)), (True, False), (True, False)
    ):
        steps = publication_chain(Facts("2110", reviewer, own, why, *wrote))
        answering = [s for s in steps if s.verb is Verb.EXAMINE or s.carries_review]

        assert len(answering) == 1
        assert not answering[0].passed_by_rule


def test_an_escalation_adds_the_centre_or_its_reason_to_the_centre_that_is_there() -> None:
    assert escalated((RESPONSIBLE,), "拿不准") == (RESPONSIBLE, center("第一责任人报中心：拿不准"))
    assert escalated((RESPONSIBLE,), "") == (RESPONSIBLE, center("第一责任人报中心"))
    assert escalated((RESPONSIBLE, center("涉外")), "") == (RESPONSIBLE, center("涉外", "第一责任人报中心"))


def test_bringing_in_the_centre_is_offered_only_where_it_need_not_follow() -> None:
    acts = (Act.APPROVE, Act.ESCALATE, Act.RETURN)

    assert offered(acts, (RESPONSIBLE,)) == acts
    assert offered(acts, (RESPONSIBLE, center("涉外"))) == (Act.APPROVE, Act.RETURN)


NECESSARY = {
    "上级领导": "涉及上级领导",
    "重大事项决策": "涉及重大事项决策",
    "突发事件": "涉及突发事件",
    "民族宗教": "涉及民族宗教",
    "涉外港澳台": "涉外、涉港澳台",
    "军工科研": "涉及军工科研",
}


@pytest.mark.parametrize("topic", TOPICS)
def test_which_topics_need_the_centre(topic: str) -> None:
    assert necessary(Post((topic,))) == ((NECESSARY[topic],) if topic in NECESSARY else ())


@pytest.mark.parametrize(
    ("post", "reasons"),
    [
        (Post(), ()),
        (Post(("校领导", "招生考试", "师生个人信息")), ()),
        (Post((), ("机电之声",)), ("机电之声 备案不满 30 天，首次发布",)),
        (Post((), ("机电之声", "机电青年")), ("机电之声、机电青年 备案不满 30 天，首次发布",)),
        (
            Post(("军工科研", "突发事件"), ("机电之声",)),
            ("涉及突发事件", "涉及军工科研", "机电之声 备案不满 30 天，首次发布"),
        ),
    ],
)
def test_every_reason_why_the_centre_is_necessary_is_named(post: Post, reasons: tuple[str, ...]) -> None:
    assert necessary(post) == reasons


ALLOWED = {
    State.IN_REVIEW: {
        Act.APPROVE,
        Act.ESCALATE,
        Act.TRANSFER,
        Act.RETURN,
        Act.REJECT,
        Act.URGE,
        Act.WITHDRAW,
        Act.PAUSE,
        Act.TURN_BACK,
        Act.VOID,
    },
    State.PAUSED: {Act.RESUME, Act.TURN_BACK, Act.WITHDRAW, Act.VOID},
    State.RETURNED: {Act.REVISE, Act.WITHDRAW, Act.STOP, Act.VOID},
    State.AWAITING_PUBLISH: {Act.RECEIPT, Act.WITHDRAW, Act.VOID},
    State.PUBLISHED: set(),
    State.RECORDED: set(),
    State.REJECTED: set(),
    State.WITHDRAWN: set(),
    State.STOPPED: set(),
    State.VOIDED: set(),
}


@pytest.mark.parametrize("state", State)
def test_what_may_be_done_in_which_state(state: State) -> None:
    assert set(lifecycle.NEXT[state]) == ALLOWED[state]


def test_the_lists_of_states_are_those_of_the_table() -> None:
    ended = {state for state, acts in lifecycle.NEXT.items() if not acts}

    assert set(OPEN) == set(State) - ended
    assert set(UNDECIDED) == {State.IN_REVIEW, lifecycle.NEXT[State.IN_REVIEW][Act.PAUSE]}
    assert set(SENT_AGAIN) == ended - {State.RECORDED, State.STOPPED}
    assert set(lifecycle.DECIDED) == {
        State.IN_REVIEW, State.AWAITING_PUBLISH, State.RETURNED, State.REJECTED
    }  # fmt: skip


def test_nothing_leads_to_publication_but_a_passed_chain() -> None:
    leading = {
        (state, act)
        for state, acts in lifecycle.NEXT.items()
        for act, target in acts.items()
        if target is State.AWAITING_PUBLISH
    }

    assert leading == {(State.IN_REVIEW, Act.APPROVE), (State.IN_REVIEW, Act.ESCALATE)}
