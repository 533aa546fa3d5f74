"""What a row of an import would undo of changes (变更) that were recorded since its table was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.records import Medium, Unit

COLUMNS: Mapping[str, str] = {
    "first_responsible": "第一责任人工号",
    "name": "媒体名称",
    "platform_type": "平台类型",
    "account": "账号",
    "unit": "主办单位代码",
    "operator": "运营负责人工号",
    "admins": "管理员工号",
    "state": "状态",
}
"""Field of a unit or a medium that a recorded change may set -> its column."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change by its number, the day the centre recorded it, and the value that it replaced."""

    number: str
    on: date
    before: Any


@dataclass(frozen=True, slots=True)
class Filed:
    """What recorded changes made of one field: `value`, by `changes`, the last last; `former` is what ever
    stood there before."""

    value: Any
    changes: tuple[Recorded, ...]
    former: tuple[Any, ...]

    def undone(self, old: Any, new: Any) -> tuple[Recorded, ...]:
        """The changes that writing `new` over `old` takes back; none where it is a value never seen there,
        or where something later than they had the last word."""
        if old != self.value or new == old or new not in self.former:
            return ()
        places = [place for place, change in enumerate(self.changes) if change.before == new]
        return self.changes[places[-1] if places else 0 :]


FiledFields = Mapping[tuple[str, str], Filed]
"""By 单位代码 or 备案号, and field."""


def undone(key: str, old: Unit | Medium, new: Unit | Medium, filed: FiledFields) -> Iterator[tuple[str, str]]:
    """The columns whose cells would take recorded changes back, and which changes these are."""
    for field, column in COLUMNS.items():
        known = filed.get((key, field))
        if known and (changes := known.undone(getattr(old, field), getattr(new, field))):
            yield column, "、".join(f"{one.number}（{one.on} 记录）" for one in changes)


def former_names(filed: FiledFields, media: Mapping[str, Medium]) -> dict[tuple[str, str], str]:
    """By platform type and a name it had before: the 备案号 of a medium that was renamed by a change."""
    return {
        (media[key].platform_type, name): key
        for (key, field), known in filed.items()
        if field == "name" and key in media
        for name in known.former
    }
