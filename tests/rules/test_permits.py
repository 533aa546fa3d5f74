"""Who may do what: a table for each rule, pass and refuse side by side."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.processes.all import PROCESSES
from handlers.rules import permits
from handlers.rules.permits import Refusal
from storage.records import Identity, Medium, MediumState, Person, Unit, UnitKind
from storage.steps import Seat, SeatState, Step, StepRole, Verb
from tests.rules.requests import AT, request

STEP = Step("responsible", StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, "第六条（三）1", unit="2100")
LEFT = Person("2101", "王书记", "2100", left_on=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("at", "serving"),
    [
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 24, tzinfo=UTC), False),
    ],
)
def test_the_leaving_date_is_the_first_day_away_in_shanghai(at: datetime, serving: bool) -> None:
    assert permits.in_service(LEFT, at) == serving


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (Person("2104", "李老师", "2100"), None),
        (
            Person("2107", "陈同学", "2100", Identity.STUDENT),
            "发布审批由教职工发起。学生稿件请交本单位媒体的运营负责人提交（第六条（三）1）。",
        ),
        (LEFT, "您的离职信息已登记，不能再发起或办理审批。如有误，请联系本单位人事或系统管理员。"),
    ],
)
def test_requests_are_made_by_staff_in_service(person: Person, refusal: str | None) -> None:
    found = permits.may_publish(person, AT)

    assert (str(found) if found else None) == refusal


def test_a_student_reads_of_what_they_asked_for_and_not_of_posts() -> None:
    student = Person("2107", "陈同学", "2100", Identity.STUDENT)
    said = {kind: str(process.may_apply(student, AT) or "") for kind, process in PROCESSES.items()}

    assert [kind for kind, text in said.items() if "发布审批" in text] == ["FB"]
    assert said["ZX"] == "注销由教职工发起，请交本单位媒体的运营负责人办理（第十五条）。"
    assert said["ZG"] == said["DD"] == ""  # that they are the centre's is said to everybody


@pytest.mark.parametrize(
    ("state", "own", "article"),
    [
        (MediumState.ACTIVE, True, None),
        (MediumState.ACTIVE, False, "第四条"),
        (MediumState.SUSPENDED, True, "第十五条"),
        (MediumState.SUSPENDED, False, "第四条"),
        (MediumState.PAUSED, True, "第六条（一）"),
        (MediumState.DEREGISTERED, True, "第六条（一）"),
    ],
)
def test_a_unit_publishes_on_its_own_media_in_use(state: MediumState, own: bool, article: str | None) -> None:
    medium = Medium("QM-0001", "机电之声", "微信公众号", "2100", "2104", state=state)
    refusal = permits.may_publish_on(medium, "2100" if own else "2200", "2100")

    assert (refusal.article if refusal else None) == article


WANG, LI, HE = (
    Person("2101", "王书记", "2100"),
    Person("2104", "李老师", "2100"),
    Person("2105", "何", "2100"),
)


DECIDED = Seat("2103", state=SeatState.DECIDED)
REVIEWED = Step("review", StepRole.SECRECY_REVIEWER, Verb.EXAMINE, "第八条", unit="2100", seats=(DECIDED,))


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        (LI, "不能转给申请人本人（第六条（三）1）。"),
        (WANG, "已经在您这里了。"),
        (replace(HE, left_on=date(2026, 11, 23)), "何 已离职，请换一位。"),
        (Person("2103", "孙老师", "2100"), "孙老师 已办过这件的另一步，请换一位（第六条（三）1）。"),
        (
            Person("2201", "林书记", "2200"),
            "林书记 不能办理这一步，只能转给本单位有相应职责的人（第六条（三）1）。",
        ),
    ],
    ids=["applicant", "self", "left", "reviewer", "stranger"],
)
def test_why_a_step_cannot_be_handed_to_somebody(target: Person, reason: str) -> None:
    waiting = request((REVIEWED, STEP), step="responsible")

    assert str(permits.unfit_for(target, waiting, WANG, AT)) == reason


OFFICE = Unit("2110", "机电学院办公室", UnitKind.INNER, "2100")
COLLEGE = Unit("2100", "机电学院党委", UnitKind.PARTY_UNIT, "1000")
SCHOOL = Unit("1000", "学校党委", UnitKind.PARTY_COMMITTEE)


@pytest.mark.parametrize(
    ("upwards", "unit"),
    [([OFFICE, COLLEGE, SCHOOL], "2100"), ([COLLEGE, SCHOOL], "2100"), ([OFFICE], "2110"), ([], "")],
)
def test_an_inner_office_is_managed_by_its_parent(upwards: list[Unit], unit: str) -> None:
    assert permits.managing(upwards) == unit
    if upwards:
        assert permits.managed_by(upwards[0].code, {one.code: one for one in upwards}) == unit


def test_units_in_a_circle_end_somewhere() -> None:
    circle = {"a": Unit("a", "甲", UnitKind.INNER, "b"), "b": Unit("b", "乙", UnitKind.INNER, "a")}

    assert permits.managed_by("a", circle) in circle


def test_a_refusal_ends_with_its_article() -> None:
    assert str(Refusal("不能发布。", "第八条")) == "不能发布（第八条）。"
    assert str(Refusal("不能发布。")) == "不能发布。"
