"""Chains of steps and their seats as JSON, and back."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from storage.rows import dump, load
from storage.steps import Addition, How, Place, Seat, SeatState, Step, StepRole, Verb, Way


def chain_json(chain: Sequence[Step]) -> str:
    return dump(chain)


@lru_cache(maxsize=1024)
def steps_of(text: str) -> tuple[Step, ...]:
    """What `chain_json` made a text of: a request is read several times until its chain changes."""
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
        way=Way(data.get("way", Way.ANY)),
        need=data.get("need", 0),
        additions=tuple(map(_addition, data.get("additions", ()))),
        own=data.get("own", False),
    )


def _addition(data: Mapping[str, Any]) -> Addition:
    return Addition(**{**data, "place": Place(data["place"]), "way": Way(data["way"])})


def _seat(data: Mapping[str, Any]) -> Seat:
    return Seat(**{**data, "how": How(data["how"]), "state": SeatState(data["state"])})
