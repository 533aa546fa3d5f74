"""Records that the tests of rules begin with."""

from datetime import UTC, datetime

from storage.records import Request, State, Urgency
from storage.steps import Step

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Shanghai."""


def request(chain: tuple[Step, ...], state: State = State.IN_REVIEW, step: str = "") -> Request:
    return Request(
        id=1,
        number="FB-2026-0001",
        kind="FB",
        state=state,
        applicant="2104",
        unit="2100",
        title="学院更名",
        form={},
        digest="",
        chain=chain,
        step=step or (chain[0].name if chain else ""),
        version=1,
        urgency=Urgency.NORMAL,
        submitted_at=AT,
        step_since=AT,
    )
