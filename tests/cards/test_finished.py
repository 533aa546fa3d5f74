"""What a card says once its step, its matter or its term is over."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cards import approval, hearing, status, training
from cards.acts import told
from cards.processes import violation
from cards.view import View
from storage.records import Act, State
from storage.steps import Addition, How, Place, Seat, Way
from tests.cards.test_path import FB, YES, cast, decided, entry, view
from tests.rules.requests import AT

HEARD = {"hearing": {"ends": AT.isoformat(), "since": AT.isoformat(), "concerned": ["2101", "2102"]}}


def added(who: str) -> View:
    """A post that 王书记 let pass, and after him 吴副书记, whom he had asked to."""
    seats = (
        Seat("2101", state=YES, act=Act.APPROVE),
        Seat("2102", How.ADDED, "2101", state=YES, act=Act.APPROVE, group="1"),
    )
    step = cast(FB[1], *seats, additions=(Addition("1", "2101", Place.AFTER, Way.ALL),))
    said = tuple(decided("responsible", one) for one in ("2101", "2102"))
    return replace(view((FB[0], step, FB[2]), "centre", decisions=said), reader=who)


def test_whoever_was_added_reads_what_they_answered_and_what_the_step_did() -> None:
    then = "接着由全媒体中心审批。"

    assert approval.approval(added("2101"), "responsible", 1).lead == f"您已同意。{then}"
    assert approval.approval(added("2102"), "responsible", 1).lead == f"您已同意。王书记已同意。{then}"
    assert approval.approval(added("2104"), "responsible", 1).lead == f"王书记已同意。{then}"


def stood_in(who: str, act: Act = Act.REJECT) -> View:
    """A post that 吴副书记 decided in the place of 王书记."""
    said = replace(decided("responsible", "2102"), act=act, principal="2101", reason="未核实")
    return replace(view(FB, "", State.REJECTED, decisions=(said,)), reader=who)


def test_what_a_stand_in_decided_says_for_whom() -> None:
    shown = {who: approval.approval(stood_in(who), "responsible", 1) for who in ("2101", "2102", "2105")}
    leads = {who: card.lead.split("已定为")[0] for who, card in shown.items()}

    assert leads == {"2101": "吴副书记 代您", "2102": "您代 王书记 ", "2105": "吴副书记 代 王书记 "}
    assert {card.closed for card in shown.values()} == {"吴副书记 代 王书记：不同意"}
    assert status.status(stood_in("2104")).lead == "吴副书记 代 王书记 不同意：未核实"


def case(who: str, step: str, form: Mapping[str, Any], **outcome: object) -> View:
    shown = view((replace(FB[2], name=step),), step, kind="WG")
    return replace(
        shown, request=replace(shown.request, form=dict(form), outcome=HEARD | outcome), reader=who
    )


def test_what_is_alleged_is_answered_once_and_over_with_the_decision() -> None:
    pleas = {"pleas": [{"person": "2102"}]}
    decided_on = pleas | {"disposal": {"finding": "属实", "reason": "经核对"}}

    waits = hearing.allegation(case("2101", "dispose", pleas))
    answered = hearing.allegation(case("2102", "dispose", pleas))
    over = hearing.allegation(case("2102", "appeal", decided_on))
    assert [one.tag for one in (waits, answered, over)] == ["待申辩", "已申辩", "已处理"]
    assert [button.text for button in answered.buttons] == ["查看"]
    assert over.buttons == ()

    appealed = hearing.decided(case("2102", "appeal", decided_on, appeal={"by": "2102"}, appeal_until=AT))
    assert ([button.text for button in appealed.buttons], appealed.tag) == (["查看"], "已申诉")


def test_after_a_review_nobody_is_told_how_to_appeal() -> None:
    assert "申诉的办法" in violation.concluded(case("1101", "dispose", {"disposal": {}}))
    assert "最终决定" in violation.concluded(case("1101", "appeal", {"review": {"result": "维持"}}))
    assert "没有采取措施" in violation.concluded(case("1101", "dispose", {"disposal": {"finding": "不属实"}}))


def test_what_is_taken_off_a_register_is_called_as_there() -> None:
    for kind, word in (("BQ", "注销登记"), ("PX", "取消培训")):
        shown = view((), "", State.RECORDED, kind=kind)

        assert [button.text for button in status.status(shown).buttons] == ["更正", word, "查看"]
        assert told(shown, entry("withdraw", "2104", "recorded", "")).startswith(f"李老师 {word} · ")
        assert told(shown, entry("revise", "2104", "recorded", "")).startswith("李老师 更正（第 ")


def test_what_steps_supplied_is_no_new_version_of_whoever_submitted() -> None:
    shown = view(FB, "review")
    shown = replace(shown, request=replace(shown.request, version=3, base=1))
    rows = {row.label: row.value for row in status.show(shown, (), body=False).rows}

    assert rows["提交"].endswith("，第 1 版，补充 2 次")


def test_a_training_that_is_called_off_asks_for_nothing() -> None:
    held = training.Meeting("ZD-2026-0001", "警示教育", "机电学院党委", "11-23 10:00", holds=True, runs=True)
    page = training.page(replace(held, over="培训已取消"))

    assert "取消请发：/取消培训 ZD-2026-0001" in training.page(held).note
    assert (page.note, page.buttons, "我的签到" in {row.label for row in page.rows}) == ("", (), False)
