"""Whatever is filed, recorded, withdrawn, corrected or imported: rows hold what is recorded, no more."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count

import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.ledger import change_ledger
from storage import db, ledger, media, opening
from storage.held import held
from storage.records import Medium, MediumState, Request, State, Urgency

AT = datetime(2026, 11, 28, tzinfo=UTC)
NUMBERS = count(1)
VALUES = {"operator": ("2101", "2102", "2103"), "state": ("在用", "停更"), "account": ("a", "b", "")}


@pytest_asyncio.fixture(autouse=True)
async def _database(sqlite_migrated: str) -> AsyncIterator[None]:
    async with opening.opened(sqlite_migrated):
        yield


@dataclass(frozen=True)
class Filed:
    """One change of several items on one day, as the model knows it."""

    request: int
    day: int
    after: dict[str, str]
    recorded: bool = False


def folded(base: Medium, filed: Sequence[Filed]) -> Medium:
    """The medium after all of these, by their actual day."""
    for one in sorted(filed, key=lambda known: known.day):
        values = one.after | ({"state": MediumState(one.after["state"])} if "state" in one.after else {})
        base = replace(base, **values)  # type: ignore[arg-type]
    return base


def request(no: str, one: Filed) -> Request:
    form = {"media": [no], "after": one.after, "changed_on": f"2026-11-{one.day:02d}"}
    return Request(
        one.request, f"BG-{one.request}", "BG", State.IN_REVIEW, "2104", "2100", "", form, "", (), "",
        1, Urgency.NORMAL, AT, AT,
    )  # fmt: skip


async def import_today(no: str, after: dict[str, str], key: int) -> Filed:
    """The row is written and its differences entered, as an import does."""
    [old] = await media.several([no])
    new = folded(old, [Filed(key, 28, after)])
    changes = change_ledger.differences(old, new, date(2026, 11, 28), AT, "import")
    await change_ledger.lay_in(old, changes)
    await ledger.renew(new)
    return Filed(key, 28, {change.item: change.after for change in changes}, recorded=True)


afters = st.fixed_dictionaries({}, optional={item: st.sampled_from(v) for item, v in VALUES.items()})
steps = st.tuples(
    st.sampled_from(["file", "file", "import", "record", "withdraw", "correct"]),
    st.integers(0, 99),
    st.integers(20, 28),
    afters.filter(bool),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=10))
async def test_rows_are_what_is_recorded_and_the_ledger_shows_all(
    did: list[tuple[str, int, int, dict[str, str]]],
) -> None:
    no = f"QM-{next(NUMBERS)}"
    base = Medium(no, f"媒体{no}", "微博", "2100", "2104", ("2104",))
    await ledger.put(base)
    filed: list[Filed] = []
    for step in did:
        async with db.transaction():
            await held(medium=no)
            await carry_out(no, filed, *step)
    await _agree(base, no, filed)


async def carry_out(
    no: str, filed: list[Filed], act: str, which: int, day: int, after: dict[str, str]
) -> None:
    """Let it happen in storage and in the model, where something waits that it can happen to."""
    waiting = [one for one in filed if not one.recorded]
    if act == "file":
        filed.append(Filed(next(NUMBERS), day, after))
        await change_ledger.enter(request(no, filed[-1]), AT)
    elif act == "import":
        filed.append(await import_today(no, after, next(NUMBERS)))
    elif waiting:
        one = waiting[which % len(waiting)]
        if act == "record":
            filed[filed.index(one)] = replace(one, recorded=True)
            await change_ledger.record(request(no, one), AT)
            return
        filed.remove(one)
        await change_ledger.undo(request(no, one), request(no, one).form)
        if act == "correct":
            filed.append(replace(one, day=day, after=after))
            await change_ledger.enter(request(no, filed[-1]), AT)


async def _agree(base: Medium, no: str, filed: list[Filed]) -> None:
    [row] = await media.several([no])
    history = await ledger.history(no)

    assert row == folded(base, [one for one in filed if one.recorded])
    assert ledger.shown(row, history) == folded(base, filed)
    assert ledger.shown(row, (await ledger.waiting([no])).get(no, ())) == folded(base, filed)
    for day in range(19, 29):
        then = ledger.as_of(row, history, date(2026, 11, day))
        assert then == folded(base, [one for one in filed if one.day <= day])
        operator = ledger.recorded_on(row, "operator", history, date(2026, 11, day))
        until = [one for one in filed if one.recorded and one.day <= day]
        assert operator == folded(base, until).operator
