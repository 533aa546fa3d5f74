"""Several reviews, each by somebody else (Article 5(4)): who may take the first and leave the others one."""

from collections.abc import Sequence
from itertools import product


def first_of(able: Sequence[Sequence[str]]) -> list[str]:
    """`able` names for each review in order who could take it; returned are those who may take the first so
    that the others find different people. Where that cannot be, all who could: it goes as far as it can.

    > 学校出版社负责……建立健全出版物审查机制，严格选题审查，确保正确出版导向。（第五条（四））
    """
    first, *others = able
    fit = [one for one in first if _left(one, others)]
    return fit or list(first)


def _left(taken: str, others: Sequence[Sequence[str]]) -> bool:
    """Whether each of the others finds somebody who takes no other of them."""
    return any(len({taken, *chosen}) == len(chosen) + 1 for chosen in product(*others))
