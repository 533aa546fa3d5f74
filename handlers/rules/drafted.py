"""First drafts of interpretations: what the text leaves open, with answers that nobody has signed yet."""

import json
from dataclasses import dataclass
from pathlib import Path

UNSIGNED = "草案，未签发"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question with the answer that this program acts on until the centre has signed one (Article 16)."""

    number: int
    clause: str
    question: str
    brief: str
    answer: str


def _read() -> tuple[Drafted, ...]:
    said = json.loads(Path(__file__).with_name("drafted.json").read_text(encoding="utf-8"))
    return tuple(Drafted(number, **one) for number, one in enumerate(said, 1))


DRAFTED = _read()
"""The eight open questions, then those that stand behind further settings."""
