"""No draft outlives what it is about: of every supplement, and of a revision."""

from dataclasses import replace

import pytest

from handlers.cases.outlived import outlived
from handlers.kinds.process import SUPPLEMENTS
from handlers.processes.all import PROCESSES
from storage.records import UNDECIDED, Request, State
from storage.steps import Step, StepRole, Verb
from tests.rules.requests import request

ENDED = [state for state in State if state not in UNDECIDED]


def at(kind: str, step: str) -> Request:
    """A request whose chain has a step before and after those that its supplements are for."""
    asked = [one.step for one in SUPPLEMENTS.values() if one.of == kind and one.step]
    names = ["before", *dict.fromkeys(asked), "after"]
    chain = tuple(Step(name, StepRole.MEDIA_CENTER, Verb.APPROVE, "") for name in names)
    return replace(request(chain, step=step), kind=kind)


ASKED = sorted(kind for kind, added in SUPPLEMENTS.items() if not added.after)
TO_THE_RECORD = sorted(kind for kind, added in SUPPLEMENTS.items() if added.after)


@pytest.mark.parametrize("kind", ASKED)
def test_answers_count_until_their_step_is_passed_and_never_after_the_end(kind: str) -> None:
    added = SUPPLEMENTS[kind]
    waiting = at(added.of, added.step or "before")

    assert all(outlived(kind, replace(waiting, state=state, step="")) for state in ENDED)
    assert not outlived(kind, waiting)
    assert not outlived(kind, replace(waiting, state=State.PAUSED))
    assert not outlived(kind, replace(waiting, step="before")), "it may come to that again"
    assert outlived(kind, replace(waiting, step="after")) is bool(added.step)


@pytest.mark.parametrize("kind", TO_THE_RECORD)
def test_what_is_added_to_the_record_counts_while_that_stands(kind: str) -> None:
    recorded = replace(request((), step=""), kind=SUPPLEMENTS[kind].of, state=State.RECORDED)

    assert not outlived(kind, recorded), "what somebody else adds ends nobody's draft"
    assert all(outlived(kind, replace(recorded, state=state)) for state in State if state != State.RECORDED)


@pytest.mark.parametrize("kind", sorted(PROCESSES))
def test_a_revision_counts_while_the_request_is_returned(kind: str) -> None:
    returned = replace(at(kind, "before"), state=State.RETURNED)

    assert not outlived(kind, returned)
    assert outlived(kind, replace(returned, state=State.WITHDRAWN))
    assert outlived(kind, replace(returned, state=State.IN_REVIEW))
