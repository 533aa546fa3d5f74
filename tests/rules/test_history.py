"""An item has two readings: what is recorded gives authority, what is filed is shown on top of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handlers.rules.history import Strand, covers
from storage.records import MediumChange

FIRST = date(2026, 11, 1)
RECORDED = datetime(2026, 12, 2, tzinfo=UTC)


def change(day: int, after: str, request: int | None, before: str = "") -> MediumChange:
    """A change of an item on that day of November."""
    on = FIRST + timedelta(days=day - 1)
    return MediumChange(
        "QM-0001", "name", before, after, on, datetime(2026, 12, 1, tzinfo=UTC), None, request
    )


def said(strand: Strand) -> list[tuple[int, str, str]]:
    return [(c.effective_on.day, c.before, c.after) for c in strand.changes]


def test_a_change_is_shown_and_gives_no_authority() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1))

    assert (strand.shown, strand.recorded, said(strand)) == ("乙", "甲", [(5, "甲", "乙")])


def test_once_recorded_it_gives_authority() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1)).confirmed(1, RECORDED)

    assert (strand.shown, strand.recorded) == ("乙", "乙")
    assert [c.recorded_at for c in strand.changes] == [RECORDED]


def test_a_change_filed_late_stands_before_a_later_one_and_leaves_today_alone() -> None:
    strand = Strand("甲").entered(change(9, "丙", 1)).confirmed(1, RECORDED).entered(change(5, "乙", 2))

    assert (strand.shown, said(strand)) == ("丙", [(5, "甲", "乙"), (9, "乙", "丙")])
    assert strand.confirmed(2, RECORDED).recorded == "丙"


def test_taking_out_the_middle_joins_what_stands_on_either_side() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1)).entered(change(9, "丙", 2)).without(1)

    assert (strand.shown, said(strand)) == ("丙", [(9, "甲", "丙")])


def test_what_was_written_over_it_meanwhile_stays() -> None:
    corrected = replace(Strand("甲").entered(change(5, "乙", 1)), recorded="丁")

    assert corrected.without(1).recorded == "丁"


def test_a_request_that_is_not_there_changes_nothing() -> None:
    strand = Strand("甲").entered(change(5, "乙", 1))

    assert (strand.without(2), strand.without(None), strand.confirmed(2, RECORDED)) == (strand,) * 3


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
    assert (strand.shown, strand.recorded) == (ends[-1], "初")
    assert sorted(strand.changes, key=lambda entry: entry.effective_on) == list(strand.changes)


@given(filed, st.integers(1, 28), st.sampled_from("甲乙丙丁"))
def test_what_was_laid_in_and_taken_out_was_never_there(
    changes: list[tuple[int, str]], day: int, after: str
) -> None:
    strand = laid_in(changes)

    assert strand.entered(change(day, after, 99)).without(99) == strand


@dataclass(frozen=True)
class Filed:
    """One change as the model knows it: the later of one day counts."""

    request: int
    day: int
    after: str
    recorded: bool = False


def folded(changes: Sequence[Filed]) -> str:
    """The value after all of these, by their actual day."""
    return max(enumerate(changes), key=lambda one: (one[1].day, one[0]))[1].after if changes else "初"


class TwoReadings(RuleBasedStateMachine):
    """Whatever is filed, recorded, withdrawn, returned, corrected or imported, in any order."""

    @initialize()
    def begin(self) -> None:
        self.strand = Strand("初")
        self.filed: list[Filed] = []
        self.last = 0

    def _waiting(self) -> list[Filed]:
        return [one for one in self.filed if not one.recorded]

    @rule(day=st.integers(1, 28), after=st.sampled_from("甲乙丙丁"))
    def file(self, day: int, after: str) -> None:
        self.last += 1
        self.filed.append(Filed(self.last, day, after))
        self.strand = self.strand.entered(change(day, after, self.last))

    @rule(after=st.sampled_from("甲乙丙丁"))
    def import_today(self, after: str) -> None:
        self.last += 1
        self.filed.append(Filed(self.last, 28, after, recorded=True))
        entry = replace(change(28, after, self.last), recorded_at=RECORDED, source="import")
        self.strand = self.strand.entered(entry)

    @precondition(lambda self: self._waiting())
    @rule(data=st.data())
    def record(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._waiting()))
        self.filed[self.filed.index(one)] = replace(one, recorded=True)
        self.strand = self.strand.confirmed(one.request, RECORDED)

    @precondition(lambda self: self._waiting())
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self._waiting()))
        self.filed.remove(one)
        self.strand = self.strand.without(one.request)

    @precondition(lambda self: self._waiting())
    @rule(data=st.data(), day=st.integers(1, 28), after=st.sampled_from("甲乙丙丁"))
    def correct(self, data: st.DataObject, day: int, after: str) -> None:
        """Returned, which changes nothing, and filed anew."""
        one = data.draw(st.sampled_from(self._waiting()))
        self.filed.remove(one)
        self.filed.append(Filed(one.request, day, after))
        self.strand = self.strand.without(one.request).entered(change(day, after, one.request))

    @invariant()
    def authority_is_what_is_recorded(self) -> None:
        assert self.strand.recorded == folded([one for one in self.filed if one.recorded])

    @invariant()
    def shown_is_all_that_stands(self) -> None:
        assert self.strand.shown == folded(self.filed)

    @invariant()
    def every_day_shows_what_stood_then(self) -> None:
        for day in (1, 9, 28):
            until = FIRST + timedelta(days=day - 1)
            assert self.strand.before(until) == folded([one for one in self.filed if one.day <= day])


TestTwoReadings = TwoReadings.TestCase


def test_a_filing_answers_a_duty_for_its_item_without_whoever_left() -> None:
    left = {"item": "admins", "person": "2104"}

    assert covers({"admins": ["2105"]}, left)
    assert not covers({"admins": ["2104", "2105"]}, left)
    assert not covers({"operator": "2105"}, left)
    assert covers({"operator": "2105"}, {"item": "operator", "person": "2104"})
