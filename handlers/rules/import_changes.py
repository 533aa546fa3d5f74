"""What an import would change, counted, and in words for whoever runs it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from handlers.rules.import_rows import Existing, Record
from storage.records import Medium, Person, Role, Unit

_UNIT = {
    "name": "单位名称",
    "kind": "单位类型",
    "parent": "上级单位",
    "first_responsible": "第一责任人",
    "deputies": "副职",
}
_PERSON = {
    "name": "姓名",
    "unit": "单位",
    "identity": "身份",
    "title": "职务",
    "roles": "角色",
    "wecom": "企业微信账号",
    "feishu": "飞书账号",
    "mobile": "手机",
    "email": "邮箱",
    "left_on": "离职日期",
}
_MEDIUM = {
    "name": "媒体名称",
    "platform_type": "平台类型",
    "account": "账号",
    "unit": "主办单位",
    "operator": "运营负责人",
    "admins": "管理员",
    "filed_on": "备案日期",
    "state": "状态",
}
_PEOPLE_FIELDS = {"first_responsible", "deputies", "operator", "admins"}
_UNIT_FIELDS = {"parent", "unit"}
_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of one table are new, different, the same."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind codes and 工号, as they will be."""

    units: Mapping[str, str]
    people: Mapping[str, str]

    def show(self, field: str, value: Any) -> str:
        """A field's value for people."""
        if isinstance(value, frozenset):
            value = tuple(role for role in _ROLES if role in value)
        if isinstance(value, tuple):
            return "、".join(self.show(field, part) for part in value) or "（空）"
        if isinstance(value, date):
            return value.isoformat()
        known = self.people if field in _PEOPLE_FIELDS else self.units if field in _UNIT_FIELDS else {}
        return known.get(value, value) or "（空）"


def names(existing: Existing, units: Iterable[Unit], people: Iterable[Person]) -> Names:
    return Names(
        {unit.code: unit.name for unit in (*existing.units.values(), *units)},
        {person.id: person.name for person in (*existing.people.values(), *people)},
    )


def units_changed(units: Iterable[Unit], existing: Existing, known: Names) -> list[str]:
    return _told(units, existing.units, lambda unit: (unit.code, unit.name), "单位", _UNIT, known)


def people_changed(people: Iterable[Person], existing: Existing, known: Names) -> list[str]:
    return _told(people, existing.people, lambda person: (person.id, person.name), "人员", _PERSON, known)


def media_changed(media: Iterable[Medium], existing: Existing, known: Names) -> list[str]:
    return _told(media, existing.media, lambda medium: (medium.no, medium.name), "媒体", _MEDIUM, known)


def count(after: Mapping[str, Record], before: Mapping[str, Record]) -> Count:
    added = sum(key not in before for key in after)
    unchanged = sum(before.get(key) == record for key, record in after.items())
    return Count(added, len(after) - added - unchanged, unchanged)


def _told(
    records: Iterable[Record],
    before: Mapping[str, Record],
    name: Callable[[Record], tuple[str, str]],
    noun: str,
    labels: Mapping[str, str],
    known: Names,
) -> list[str]:
    lines = []
    for record in records:
        key, title = name(record)
        if key not in before:
            lines.append(f"新增{noun} {title}（{key}）")
        elif before[key] != record:
            lines += _differences(title, before[key], record, labels, known)
    return lines


def _differences(
    title: str, before: Record, after: Record, labels: Mapping[str, str], known: Names
) -> list[str]:
    lines = []
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            shown = f"{known.show(field.name, old)}→{known.show(field.name, new)}"
            lines.append(f"{title} {labels[field.name]}：{shown}")
    return lines
