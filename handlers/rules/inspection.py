"""The figures of a unit's year (form F7, Article 12): each with the records that it is counted from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Self

from handlers.rules.permits import SHANGHAI

OPENS_ON = (11, 15)
"""学校党委将……纳入年度全面从严治党检查（第十二条）: the Measures name no time, ours is from 15 November."""

UNKNOWN = "未登记"
NONE = "无"
LEAST = 0.1
NO_PRESS = "没有出版物"


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure: its number, and what of it is counted."""

    number: str
    what: str = ""


Records = tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the records of a unit say of a stretch of time; None of what it has not put on record.

    `hours` is how long each post that passed took, `upheld` each case with its severity; of notices and
    returns some were answered in time, some late or not at all, and some still have time. `publishes`:
    whether the unit is asked for the four powers of Article 10.
    """

    filed: Records = ()
    unfiled: Records = ()
    in_time: Records = ()
    late: Records = ()
    owed: Records = ()
    posts: Records = ()
    hours: tuple[tuple[str, float], ...] = ()
    returned: Records = ()
    upheld: tuple[tuple[str, str], ...] = ()
    unfounded: Records = ()
    rectified: Records = ()
    rectified_late: Records = ()
    rectifying: Records = ()
    reported: Records = ()
    reported_late: Records = ()
    unreported: Records = ()
    reporting: Records = ()
    systems: Records | None = None
    trainings: Records | None = None
    powers: Records | None = None
    publishes: bool = True
    personal: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as people read it, and what it is counted from."""

    key: str
    label: str
    value: str
    records: Records = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """As the form of a pack keeps it."""
        records = tuple(Record(*one) for one in kept["records"])
        return cls(kept["key"], kept["label"], kept["value"], records)

    def kept(self) -> dict[str, Any]:
        """As `of` reads it."""
        records = [[one.number, one.what] if one.what else [one.number] for one in self.records]
        return {"key": self.key, "label": self.label, "value": self.value, "records": records}


def figures(found: Found) -> tuple[Figure, ...]:
    """All of them, in the order in which they are shown."""
    f = found
    slow = sorted(f.hours, key=lambda one: -one[1])
    cases = (*(Record(number, f"属实，{severity}") for number, severity in f.upheld), *f.unfounded)
    notices = (*f.rectified, *f.rectified_late, *f.rectifying)
    returns = (*f.reported, *f.reported_late, *f.unreported, *f.reporting)
    return (
        Figure("filed", "备案率", rate(len(f.filed), len(f.filed + f.unfiled)), (*f.unfiled, *f.filed)),
        Figure("in_time", "按时备案率", rate(len(f.in_time), len(f.in_time + f.late)), (*f.late, *f.in_time)),
        Figure("late", "逾期备案", _count(len(f.late + f.owed), "件"), (*f.late, *f.owed)),
        Figure("posts", "发布申请", f"{len(f.posts)} 条，通过 {len(f.hours)} 条", f.posts),
        Figure("hours", "审批用时", _hours([one[1] for one in slow]), _timed(slow)),
        Figure("returned", "退回修改", _count(len(f.returned), "件"), f.returned),
        Figure("cases", "违规", f"办结 {len(cases)} 件，属实 {len(f.upheld)} 件", cases),
        Figure("rectified", "整改", _kept(len(notices), len(f.rectified), "件", "按期"), notices),
        Figure("reported", "摸底", _kept(len(returns), len(f.reported), "次", "按期上报"), returns),
        Figure("systems", "制度", _known(f.systems, "项"), f.systems or ()),
        Figure("trainings", "培训", _known(f.trainings, "次"), f.trainings or ()),
        Figure("powers", "四项权力", _known(f.powers, "项") if f.publishes else NO_PRESS, f.powers or ()),
        Figure("personal", "个人账号", _count(f.personal, "个")),
    )


def rate(part: int, whole: int) -> str:
    """75%（3/4）; nothing where there is nothing to count. Never 100% of what is not all."""
    return f"{part * 100 // whole}%（{part}/{whole}）" if whole else NONE


def _count(count: int, unit: str) -> str:
    return f"{count} {unit}"


def _known(listed: Records | None, unit: str) -> str:
    return UNKNOWN if listed is None else _count(len(listed), unit)


def _kept(count: int, kept: int, unit: str, how: str) -> str:
    return f"{count} {unit}，{how} {kept} {unit}" if count else NONE


def _hours(hours: Sequence[float]) -> str:
    """中位 3.5 小时，最慢 26 小时, from handing in to the last decision."""
    return f"中位 {_said(median(hours))}，最慢 {_said(max(hours))}" if hours else NONE


def _timed(slow: Sequence[tuple[str, float]]) -> Records:
    return tuple(Record(number, _said(hours)) for number, hours in slow)


def _said(hours: float) -> str:
    return f"{round(hours, 1):g} 小时" if hours >= LEAST else f"不到 {LEAST} 小时"


def stretch(year: int, at: datetime, before: datetime | None) -> tuple[datetime, datetime]:
    """What a year's account looks at: from where the one before ended (`before`), else from New Year, until
    now or the end of the year. Nothing lies between two years."""
    first = datetime(year, 1, 1, tzinfo=SHANGHAI)
    since = before if before and before > first - timedelta(days=366) else first
    return since, min(at, datetime(year + 1, 1, 1, tzinfo=SHANGHAI))


def too_early(year: int, today: date) -> str:
    """Why the account of a year cannot be opened on that day, empty where it can."""
    if year > today.year or (year == today.year and today < date(year, *OPENS_ON)):
        return f"{year} 年度督查从 {OPENS_ON[0]} 月 {OPENS_ON[1]} 日起开启"
    return "" if year >= today.year - 1 else f"只能开启 {today.year - 1}、{today.year} 年度的督查"
