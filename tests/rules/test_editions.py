"""Editions of the Measures: which is in force, and which a record was submitted under."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.rules import editions

OLD, NEW = "旧", "新"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, version in (("2019-01-12", OLD), ("2027-03-01", NEW)):
        said = f'{{"version": "{version}", "told": "", "bases": []}}'
        (tmp_path / f"{day}.json").write_text(said, encoding="utf-8")
        (tmp_path / f"{day}.md").write_text("第一条 正文", encoding="utf-8")
    monkeypatch.setattr(editions, "EDITIONS", editions.read(tmp_path))


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("at", "version"),
    [
        (datetime(2018, 1, 1, tzinfo=UTC), OLD),
        (datetime(2027, 2, 28, 15, 59, tzinfo=UTC), OLD),
        (datetime(2027, 2, 28, 16, 0, tzinfo=UTC), NEW),
    ],
)
def test_an_edition_is_in_force_from_its_day_in_shanghai(at: datetime, version: str) -> None:
    assert editions.in_force(at).version == version
    assert editions.of_note("责令注销", at).version == version


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("note", ["旧", "旧；声明：不涉密", "再发自 FB-2026-0001；旧；声明"])
def test_what_a_submission_noted_outlives_a_new_edition(note: str) -> None:
    assert editions.of_note(note, datetime(2028, 1, 1, tzinfo=UTC)).version == OLD


def test_the_first_edition_has_the_eleven_papers_of_article_1() -> None:
    (first,) = editions.EDITIONS

    assert (first.since, len(first.bases)) == (date(2019, 1, 12), 11)
    text = first.text.replace("\n", "")
    assert [one.title for one in first.bases if f"《{one.title}》" not in text] == []
    assert [one.number for one in first.bases if one.number not in text] == []
