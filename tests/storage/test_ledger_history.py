"""A medium through time: its changes taken back and laid in again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.ledger.change_ledger import differences
from storage import ledger
from storage.records import Medium, MediumChange, MediumState


def changes(before: Medium, after: Medium, day: date, at: datetime) -> list[MediumChange]:
    """As an import enters them."""
    return differences(before, after, day, at, "import")


FIRST = Medium("QM-0001", "机电之声", "微信公众号", "2100", "2104", ("2104",))
START = date(2026, 1, 1)
AT = datetime(2026, 11, 23, tzinfo=UTC)
IDS = st.sampled_from(["2101", "2102", "2103"])
STATES = st.builds(
    lambda name, operator, admins, unit, state, account: replace(
        FIRST, name=name, operator=operator, admins=admins, unit=unit, state=state, account=account
    ),
    st.sampled_from(["机电之声", "机电新声"]),
    IDS,
    st.lists(IDS, max_size=3, unique=True).map(tuple),
    st.sampled_from(["2100", "2110", "2200"]),
    st.sampled_from(list(MediumState)),
    st.sampled_from(["", "jidian"]),
)


@given(st.lists(st.tuples(st.integers(0, 3), STATES), max_size=8))
def test_every_day_shows_the_last_state_up_to_it(steps: list[tuple[int, Medium]]) -> None:
    now, day = FIRST, START
    known: list[MediumChange] = []
    states = {START - timedelta(days=1): FIRST}
    for days, after in steps:
        day += timedelta(days=days)
        known += changes(now, after, day, AT)
        now = states[day] = after

    assert {on: ledger.as_of(now, known, on) for on in states} == states


@given(STATES, STATES)
def test_the_first_state_with_all_changes_is_the_last(before: Medium, after: Medium) -> None:
    entered = changes(before, after, START, AT)

    assert {c.item: c.after for c in entered} == {
        item: ledger.current(after, item)
        for item in ("name", "account", "operator", "admins", "host_unit", "platform_type", "state")
        if ledger.current(after, item) != ledger.current(before, item)
    }
    assert ledger.as_of(after, entered, START - timedelta(days=1)) == before
