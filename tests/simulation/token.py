"""What a story is played from again: its seed, and which of its acts are played."""

from collections.abc import Sequence
from dataclasses import dataclass

LENGTHS = (20, 40)
"""How many acts a story has, from and to."""


@dataclass(frozen=True, slots=True)
class Token:
    """`7` is the whole story of seed 7, `7:0-4,9` those acts of it alone; `text` says it back."""

    seed: int
    acts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Token":
        """Raises ValueError where it is none."""
        seed, _, kept = text.partition(":")
        acts = [one for part in kept.split(",") if part for one in _range(part)]
        return cls(int(seed), tuple(acts))

    @property
    def text(self) -> str:
        return f"{self.seed}:{_ranges(self.acts)}"


def _range(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


def _ranges(acts: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for act in acts:
        if runs and act == runs[-1][-1] + 1:
            runs[-1].append(act)
        else:
            runs.append([act])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
