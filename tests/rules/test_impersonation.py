"""Which reports are about one account, whose name it uses, and when a unit is reminded to say so."""

from datetime import UTC, datetime
from itertools import islice

import pytest

from handlers.rules.impersonation import address, is_school, same_account, unit_named
from handlers.rules.ladder import asking_ladder
from handlers.rules.workdays import Calendar
from storage.records import Unit, UnitKind

WALL = {
    "platform": "微博",
    "fake_name": "哈工大表白墙",
    "account_id": "hit_wall",
    "link": "https://weibo.com/u/1",
}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"fake_name": " 哈工大 表白墙 ", "account_id": "", "link": ""}, True),
        ({"fake_name": "改了名", "account_id": "@HIT_Wall", "link": ""}, True),
        ({"fake_name": "改了名", "account_id": "", "link": "http://www.weibo.com/u/1/"}, True),
        ({"platform": "新浪微博"}, True),
        ({"platform": "抖音"}, False),
        ({"account_id": "hit_wall2"}, False),  # two accounts may have one name
        ({"fake_name": "另一个", "account_id": "", "link": "https://weibo.com/u/2"}, False),
        ({"fake_name": "另一个", "account_id": "", "link": "https://weibo.com"}, False),
    ],
)
def test_reports_of_one_account_are_one_case(other: dict[str, str], same: bool) -> None:
    assert same_account(WALL, WALL | other) is same
    assert same_account(WALL | other, WALL) is same


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("https://m.weibo.com/u/1?from=share", "weibo.com/u/1?from=share"),
        ("https://weibo.com/", ""),
        ("https://fake-hit.cn/", "fake-hit.cn"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_an_address_is_compared_by_host_and_path(link: str, place: str) -> None:
    assert address(link) == place


UNITS = (
    Unit("1000", "学校党委", UnitKind.PARTY_COMMITTEE),
    Unit("2100", "机电学院党委", UnitKind.PARTY_UNIT, "1000"),
    Unit("2110", "机电学院办公室", UnitKind.INNER, "2100"),
    Unit("2200", "计算学部党委", UnitKind.PARTY_UNIT, "1000"),
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("机电学院党委", "2100"),
        ("机电学院", "2100"),
        ("2200", "2200"),
        ("机电", ""),
        ("李老师", ""),
        ("学", ""),
    ],
)
def test_a_unit_is_known_by_its_name_or_what_its_name_begins_with(name: str, code: str) -> None:
    found = unit_named(name, UNITS)

    assert (found.code if found else "") == code


def test_the_schools_own_name_is_no_units() -> None:
    assert [is_school(name) for name in ("哈工大", "哈尔滨工业大学", "机电学院")] == [True, True, False]


def test_a_unit_is_reminded_each_working_morning_and_once_late_the_centre_hears() -> None:
    friday = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    due = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    first = list(islice(asking_ladder(friday, due, Calendar.default()), 2))
    tuesday = list(islice(asking_ladder(friday, friday.replace(day=24), Calendar.default()), 3))

    assert [(rung.at.day, rung.copy_center) for rung in first] == [(23, True), (24, True)]
    assert [(rung.at.day, rung.copy_center) for rung in tuesday] == [(23, False), (24, False), (25, True)]
