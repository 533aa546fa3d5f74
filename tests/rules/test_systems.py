"""The account of a year: what answers each item, what is missing and since when (Articles 7 to 9)."""

from datetime import date

import pytest

from handlers.rules.systems import ITEMS, Entry, Held, account, in_force

BEGUN = date(2020, 5, 1)


def entry(number: str, on: str, kind: str = "制度文件", replaces: str = "") -> Entry:
    return Entry(number, kind, date.fromisoformat(on), replaces=replaces)


def held(kind: str, on: str, attended: int = 12) -> Held:
    return Held("ZD-2026-0009", kind, date.fromisoformat(on), attended, hours=2)


def stands(year: int, *known: Entry | Held, begun: date | None = BEGUN) -> dict[str, str]:
    entries = [one for one in known if isinstance(one, Entry)]
    trainings = [one for one in known if isinstance(one, Held)]
    found = account("2100", year, entries, trainings, begun)
    return {one.item.name: one.number or f"缺 {one.since} {one.last or ''}".strip() for one in found.stands}


def test_without_anything_all_is_missing_since_there_are_media() -> None:
    found = stands(2026)

    assert list(found) == [item.name for item in ITEMS]
    assert found["责任体系"] == "缺 2020-05-01"
    assert found["警示教育"] == "缺 2026-01-01"


@pytest.mark.parametrize(
    ("year", "known", "item", "said"),
    [
        (2026, entry("A", "2021-01-01"), "责任体系", "A"),
        (2025, entry("A", "2026-01-01"), "责任体系", "缺 2020-05-01"),
        (2026, held("警示教育", "2026-12-31"), "警示教育", "ZD-2026-0009"),
        (2026, held("警示教育", "2025-12-31"), "警示教育", "缺 2026-01-01 2025-12-31"),
        (2026, held("警示教育", "2026-06-01", attended=0), "警示教育", "缺 2026-01-01"),
        (2026, held("保密培训", "2026-06-01"), "保密制度", "缺 2020-05-01"),
    ],
)
def test_what_answers_an_item_in_a_year(year: int, known: Entry | Held, item: str, said: str) -> None:
    assert stands(year, known)[item] == said


def test_a_unit_whose_media_began_within_the_year_lacks_trainings_since_then() -> None:
    assert stands(2026, begun=date(2026, 9, 1))["政策宣讲"] == "缺 2026-09-01"


def test_what_was_replaced_is_in_force_no_more_and_of_two_the_newest_counts() -> None:
    first, second, third = (
        entry("A", "2024-01-01"),
        entry("B", "2025-01-01", replaces="A"),
        entry("C", "2023-01-01"),
    )

    assert [one.number for one in in_force([first, second, third])] == ["B", "C"]
    assert stands(2026, first, second, third)["责任体系"] == "B"
    assert stands(2024, first, second, third)["责任体系"] == "A"


def test_trainings_of_the_year_are_counted_with_their_hours() -> None:
    found = account("2100", 2026, (), (held("版权培训", "2026-03-01"), held("政策宣讲", "2025-03-01")), None)

    assert (len(found.trainings), found.hours) == (1, 2)
    assert found.missing[0].since is None
