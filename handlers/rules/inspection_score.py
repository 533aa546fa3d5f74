"""The score that a unit's year proposes (form F7): from 100, each deduction with its figure and records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from handlers.rules.inspection import Found, Record

FULL = 100


@dataclass(frozen=True, slots=True)
class Weight:
    """Points that `each` record takes, and the `most` of all of a kind together."""

    each: int
    most: int


PLAIN: dict[str, Weight] = {
    "在用而未备案": Weight(5, 20),
    "逾期备案": Weight(2, 10),
    "逾期未备案的变更": Weight(3, 10),
    "整改逾期": Weight(3, 15),
    "摸底逾期上报": Weight(2, 10),
    "摸底未上报": Weight(5, 10),
}
CASES: dict[str, int] = {"轻微": 2, "一般": 5, "较重": 10, "严重": 20}
CASES_MOST = 40
"""How much each fact weighs; what nobody registered and what is no fault weighs nothing."""

WEIGHTS = "、".join(f"{what} {one.each} 分（至多 {one.most}）" for what, one in PLAIN.items())
CASE_WEIGHTS = (
    "、".join(f"{severity} {points} 分" for severity, points in CASES.items()) + f"，至多 {CASES_MOST}"
)


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken from a figure, why, and for which records."""

    figure: str
    points: int
    why: str
    records: tuple[str, ...]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        return cls(kept["figure"], kept["points"], kept["why"], tuple(kept["records"]))

    def kept(self) -> dict[str, Any]:
        return {
            "figure": self.figure, "points": self.points, "why": self.why, "records": list(self.records)
        }  # fmt: skip


def proposed(found: Found) -> tuple[int, tuple[Deduction, ...]]:
    """The score, 0 to 100, and what it lacks to 100. It proposes: the centre rates, and nothing follows."""
    figure_of = zip(
        PLAIN,
        (
            ("filed", found.unfiled),
            ("late", found.late),
            ("late", found.owed),
            ("rectified", found.rectified_late),
            ("reported", found.reported_late),
            ("reported", found.unreported),
        ),
        strict=True,
    )
    taken = [_weighed(figure, what, records) for what, (figure, records) in figure_of if records]
    taken += _of_cases(found.upheld)
    return max(0, FULL - sum(one.points for one in taken)), tuple(taken)


def _weighed(figure: str, what: str, records: Sequence[Record]) -> Deduction:
    weight = PLAIN[what]
    points = len(records) * weight.each
    why = f"{what} {len(records)} 件，每件 {weight.each} 分"
    if points > weight.most:
        points, why = weight.most, f"{why}，最多 {weight.most} 分"
    return Deduction(figure, points, why, tuple(one.number for one in records))


def _of_cases(upheld: Sequence[tuple[str, str]]) -> list[Deduction]:
    """A deduction for each severity, the gravest first, of all together no more than `CASES_MOST`."""
    left, taken = CASES_MOST, []
    for severity in reversed(CASES):
        numbers = tuple(number for number, one in upheld if one == severity)
        points = len(numbers) * CASES[severity]
        if not numbers:
            continue
        why = f"查实的违规（{severity}）{len(numbers)} 件，每件 {CASES[severity]} 分"
        if points > left:
            points, why = left, f"{why}，违规合计最多 {CASES_MOST} 分"
        taken.append(Deduction("cases", points, why, numbers))
        left -= points
    return taken
