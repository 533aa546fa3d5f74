"""A directory against the books: what changes, what is only remarked, and who has gone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.absence import remember
from handlers.rules.directory import compare
from handlers.rules.posts import led_by
from handlers.rules.roll import Books, Change, Department, Member, Remarks, Roll, Seen, Standing
from storage.records import Person, Platform, Unit, UnitKind

TODAY = date(2026, 11, 23)
LI = Person("2104", "李老师", "2100", feishu="ou_li", title="教师")
WU = Person("2102", "吴副书记", "2110", wecom="Wu")
LIN = Person("2201", "林书记", "2200", wecom="lin", feishu="ou_lin")
GONE = Person("2109", "秦老师", "2100", feishu="ou_qin", left_on=TODAY)
NOBODY_BOUND = Person("2108", "何老师", "2100")
UNITS = (
    Unit("1000", "学校党委", UnitKind.PARTY_COMMITTEE, first_responsible="1001"),
    Unit("2100", "机电学院", UnitKind.PARTY_UNIT, "1000", "2101"),
    Unit("2110", "机电学院办公室", UnitKind.INNER, "2100"),
    Unit("2200", "计算学部", UnitKind.PARTY_UNIT, "1000", "2201"),
    Unit("2900", "旧系", UnitKind.PARTY_UNIT, "1000"),
)
BOOKS = Books(
    {person.id: person for person in (LI, WU, LIN, GONE, NOBODY_BOUND)},
    {unit.code: unit for unit in UNITS},
    {"2900": "2200"},
)
SECTIONS = {
    "od-1": Department("od-1", "机电学院"),
    "od-2": Department("od-2", "名称不同", "2200"),
    "od-3": Department("od-3", "深空探测所"),
    "od-4": Department("od-4", "学校党委"),
    "od-5": Department("od-5", "旧系"),
    "od-6": Department("od-6", "计算学部"),
    "od-7": Department("od-7", "计算学部"),
}


def of(*members: Member, platform: Platform = Platform.FEISHU, **more: Any) -> Roll:
    return Roll(platform, SECTIONS, members, **more)


def member(**fields: Any) -> Member:
    """李老师 as Feishu lists them, changed as `fields` say."""
    return replace(Member("ou_li", ("li000001",), "2104", "od-1", "教师"), **fields)


NOTHING: tuple[tuple[Change, ...], Remarks] = ((), Remarks())


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        pytest.param(of(member()), NOTHING, id="as on the books"),
        pytest.param(of(), NOTHING, id="an empty directory"),
        pytest.param(of(Member("ou_li")), NOTHING, id="no field scope at all"),
        pytest.param(
            of(member(standing=Standing.LEFT)), ((Change("2104", left=True),), Remarks()), id="left"
        ),
        pytest.param(
            of(member(department="od-2")), ((Change("2104", unit="2200"),), Remarks()), id="unit by code"
        ),
        pytest.param(
            of(member(department="od-5")),
            ((Change("2104", unit="2200"),), Remarks()),
            id="into a merged unit",
        ),
        pytest.param(of(member(department="od-4")), NOTHING, id="a unit above their own is less exact"),
        pytest.param(
            of(member(department="od-3")), ((), Remarks(departments=("深空探测所",))), id="unknown unit"
        ),
        pytest.param(
            of(member(department="od-6")), ((), Remarks(departments=("计算学部",))), id="two of one name"
        ),
        pytest.param(of(member(department="od-404")), NOTHING, id="a department that is not shown"),
        pytest.param(
            of(member(title="副教授")), ((Change("2104", title="副教授"),), Remarks()), id="another title"
        ),
        pytest.param(
            of(member(account="ou_new", others=())),
            ((Change("2104", account="ou_new"),), Remarks()),
            id="another account of the same 工号",
        ),
        pytest.param(
            of(Member("ou_he", staff_no="2108")),
            ((Change("2108", account="ou_he"),), Remarks()),
            id="a first account",
        ),
        pytest.param(
            of(Member("ou_lin", staff_no="2104")), ((), Remarks(conflicts=("2104",))), id="another's account"
        ),
        pytest.param(
            of(Member("ou_lin", staff_no="2104", standing=Standing.LEFT)),
            NOTHING,
            id="another's account left",
        ),
        pytest.param(
            of(Member("ou_x"), Member("ou_y", staff_no="9999")),
            ((), Remarks(strangers=2)),
            id="nobody we know",
        ),
        pytest.param(
            of(member(standing=Standing.DISABLED)), ((), Remarks(disabled=("2104",))), id="disabled"
        ),
        pytest.param(
            of(Member("ou_qin", staff_no="2109")),
            ((), Remarks(still_listed=("2109",))),
            id="back without import",
        ),
        pytest.param(of(hidden=frozenset({"ou_li"})), ((), Remarks(hidden=("2104",))), id="not shown"),
        pytest.param(of(unknown=frozenset({"ou_li"})), ((), Remarks(unknown=("2104",))), id="not known"),
        pytest.param(
            of(Member("WU", title="副书记"), platform=Platform.WECOM),
            ((Change("2102", title="副书记"),), Remarks()),
            id="WeCom ignores case",
        ),
        pytest.param(
            of(Member("somebody", staff_no="2104"), platform=Platform.WECOM),
            ((), Remarks(strangers=1)),
            id="a 工号 that WeCom's member may have written",
        ),
    ],
)
def test_a_member_against_the_books(roll: Roll, expected: tuple[tuple[Change, ...], Remarks]) -> None:
    assert compare(roll, BOOKS, TODAY) == expected


@pytest.mark.parametrize(
    ("account", "platform", "changes"),
    [
        ("ou_li", Platform.FEISHU, (Change("2104", left=True),)),
        ("wu", Platform.WECOM, (Change("2102", left=True),)),
        ("lin", Platform.WECOM, ()),
        ("ou_qin", Platform.FEISHU, ()),
    ],
)
def test_who_vanished_has_left_unless_they_are_on_the_other_platform(
    account: str, platform: Platform, changes: tuple[Change, ...]
) -> None:
    found, _ = compare(of(platform=platform), BOOKS, TODAY, [account])

    assert found == changes


def test_who_left_is_back_where_the_directory_that_said_so_lists_them_again() -> None:
    books = replace(BOOKS, left_here=frozenset({"2109"}))
    listed = Member("ou_qin", staff_no="2109")

    assert compare(of(listed), books, TODAY) == ((Change("2109", back=True),), Remarks())
    assert compare(of(replace(listed, standing=Standing.DISABLED)), books, TODAY) == ((), Remarks())


LISTED = Roll(Platform.WECOM, {"1": Department("1", "校")}, (Member("Li", department="1"),))
ABSENT = Roll(Platform.WECOM, {"1": Department("1", "校")}, unknown=frozenset({"Li"}))


def test_gone_is_who_was_listed_and_is_unknown_in_two_readings_in_a_row() -> None:
    first, none, _ = remember(LISTED, {}, ["Li"])
    second, not_yet, _ = remember(ABSENT, first, ["Li"])
    third, gone, _ = remember(ABSENT, second, ["Li"])

    assert (first, none) == ({"li": Seen("1")}, ())
    assert (second, not_yet) == ({"li": Seen("1", 1)}, ())
    assert (third, gone) == ({"li": Seen("1", 2)}, ("li",))


@pytest.mark.parametrize(
    ("between", "why"),
    [
        (LISTED, "was seen in between"),
        (replace(ABSENT, departments={}), "the department is not shown either"),
        (replace(ABSENT, unknown=frozenset(), hidden=frozenset({"Li"})), "is only hidden"),
        (replace(ABSENT, unknown=frozenset()), "nothing was said of them"),
    ],
)
def test_not_gone_is_who(between: Roll, why: str) -> None:
    memory, _, _ = remember(LISTED, {}, ["Li"])
    memory, _, _ = remember(between, memory, ["Li"])
    _, gone, _ = remember(ABSENT, memory, ["Li"])

    assert gone == (), why


def test_who_was_never_listed_cannot_vanish() -> None:
    memory, gone, _ = remember(ABSENT, *remember(ABSENT, {}, ["Li"])[:1], ["Li"])

    assert (memory, gone) == ({}, ())


def test_when_many_vanish_together_the_scope_has_shrunk_and_nobody_left() -> None:
    accounts = [f"p{number}" for number in range(100)]
    sections = {"1": Department("1", "校")}
    everyone = Roll(Platform.WECOM, sections, tuple(Member(a, department="1") for a in accounts))
    few = replace(everyone, members=everyone.members[6:], unknown=frozenset(accounts[:6]))
    memory, _, narrowed = remember(everyone, {}, accounts)
    assert not narrowed
    for _ in range(3):
        memory, gone, narrowed = remember(few, memory, accounts)
        assert (gone, narrowed) == ((), True)


@given(
    st.lists(st.sampled_from(["listed", "unknown", "hidden", "silent"]), max_size=12),
)
def test_gone_needs_two_unknowns_after_the_last_sight(readings: list[str]) -> None:
    memory: Any = {}
    gone: tuple[str, ...] = ()
    rolls = {
        "listed": LISTED,
        "unknown": ABSENT,
        "hidden": replace(ABSENT, unknown=frozenset(), hidden=frozenset({"Li"})),
        "silent": replace(ABSENT, unknown=frozenset()),
    }
    for reading in readings:
        memory, gone, _ = remember(rolls[reading], memory, ["Li"])

    after = readings[len(readings) - readings[::-1].index("listed") :] if "listed" in readings else []
    is_last = bool(readings) and readings[-1] == "unknown"
    assert bool(gone) == (is_last and after.count("unknown") >= 2)


@given(
    st.lists(
        st.builds(
            Member,
            account=st.sampled_from(["ou_li", "ou_lin", "ou_qin", "ou_x"]),
            staff_no=st.sampled_from(["", "2104", "2108", "2109", "9"]),
            department=st.sampled_from(["", *SECTIONS]),
            title=st.text(max_size=3),
            standing=st.sampled_from(Standing),
        ),
        max_size=4,
    )
)
def test_nobody_is_invented_and_nobody_who_left_comes_back(members: list[Member]) -> None:
    changes, _ = compare(of(*members), BOOKS, TODAY)

    assert {change.person for change in changes} <= {"2104", "2108", "2201"}


@pytest.mark.parametrize(
    ("person", "codes"),
    [("2101", {"2100", "2110"}), ("2201", {"2200"}), ("1001", {"1000", "2900"}), ("2104", set())],
)
def test_whoever_is_first_responsible_leads_the_units_below_without_one(person: str, codes: set[str]) -> None:
    assert led_by(person, UNITS) == codes
