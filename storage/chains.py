"""Chains of steps and their seats as JSON, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from storage.records import How, Seat, SeatState, Step, StepRole, Verb
from storage.rows import dump, load


def chain_json(chain: Sequence[Step]) -> str:
    return dump([asdict(step) for step in chain])


def steps_of(text: str) -> tuple[Step, ...]:
    """What `chain_json` made a text of."""
    return tuple(map(_step, load(text)))


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        name=data["name"],
        role=StepRole(data["role"]),
        verb=Verb(data["verb"]),
        article=data["article"],
        unit=data["unit"],
        because=tuple(data["because"]),
        carries_review=data["carries_review"],
        passed_by_rule=data["passed_by_rule"],
        seats=tuple(map(_seat, data["seats"])),
    )


def _seat(data: Mapping[str, Any]) -> Seat:
    return Seat(**{**data, "how": How(data["how"]), "state": SeatState(data["state"])})
