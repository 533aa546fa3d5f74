"""The history of an item: laid in at its actual day and taken out again, nothing else moves."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.history import Strand
from storage.records import MediumChange

FIRST = date(2026, 11, 1)


def change(day: int, after: str, request: int, before: str = "") -> MediumChange:
    """A change of an item on that day of November."""
    on = FIRST + timedelta(days=day - 1)
    return MediumChange(
        "QM-0001", "name", before, after, on, datetime(2026, 12, 1, tzinfo=UTC), None, request
    )


def said(strand: Strand) -> list[tuple[int, str, str]]:
    return [(c.effective_on.day, c.before, c.after) for c in strand.changes]


def test_a_change_begins_with_what_the_ledger_says_and_ends_with_what_it_will_say() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1))

    assert (strand.now, said(strand)) == ("乙", [(5, "甲", "乙")])


def test_a_change_filed_late_stands_before_a_later_one_and_leaves_today_alone() -> None:
    strand = Strand("甲").entered(change(9, "丙", 1)).entered(change(5, "乙", 2))

    assert (strand.now, said(strand)) == ("丙", [(5, "甲", "乙"), (9, "乙", "丙")])


def test_taking_out_the_middle_joins_what_stands_on_either_side() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1)).entered(change(9, "丙", 2)).without(1)

    assert (strand.now, said(strand)) == ("丙", [(9, "甲", "丙")])


def test_what_somebody_corrected_meanwhile_is_not_undone() -> None:
    corrected = Strand("丁", Strand("甲").entered(change(5, "乙", 1)).changes)

    assert corrected.without(1).now == "丁"


def test_a_request_that_is_not_there_changes_nothing() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1))

    assert (strand.without(2), strand.without(None)) == (strand, strand)


filed = st.lists(st.tuples(st.integers(1, 28), st.sampled_from("甲乙丙丁")), max_size=8)


def laid_in(changes: list[tuple[int, str]]) -> Strand:
    strand = Strand("初")
    for request, (day, after) in enumerate(changes, 1):
        strand = strand.entered(change(day, after, request))
    return strand


@given(filed)
def test_each_change_begins_where_the_one_before_it_ended(changes: list[tuple[int, str]]) -> None:
    strand = laid_in(changes)
    ends = ["初", *(entry.after for entry in strand.changes)]

    assert [entry.before for entry in strand.changes] == ends[:-1]
    assert strand.now == ends[-1]
    assert sorted(strand.changes, key=lambda entry: entry.effective_on) == list(strand.changes)


@given(filed, st.integers(1, 28), st.sampled_from("甲乙丙丁"))
def test_what_was_laid_in_and_taken_out_was_never_there(
    changes: list[tuple[int, str]], day: int, after: str
) -> None:
    strand = laid_in(changes)

    assert strand.entered(change(day, after, 99)).without(99) == strand
