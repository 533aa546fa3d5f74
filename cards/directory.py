"""What people are told when the directory says that somebody left, moved, or cannot be placed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cards.delivery import PLATFORMS
from cards.times import day
from storage.records import Person, Platform, Role, Unit

SHOWN = 5
VACANT = "第一责任人空缺"
LEFT_OPEN = "申请人已离职"
MOVED = "人员调动，请核对"
RETURNED = "恢复在职"
REMARKS = "通讯录核对"


def vacant(unit: Unit, person: Person, successor: Person | None, now: datetime) -> str:
    """The first-responsible person of a unit has left."""
    meanwhile = (
        f"补上之前，该单位的审批由 {successor.name} 办理。"
        if successor
        else "补上之前，该单位的申请会一直等待，不会自动通过。"
    )
    return (
        f"{unit.name} 的第一责任人 {person.name} 已于 {left(person, now)}离职，目前空缺。{meanwhile}"
        "请尽快在单位表中填写新的第一责任人（第五条（二））。"
    )


def left_open(person: Person, numbers: Sequence[tuple[str, str]], now: datetime) -> str:
    """To the first-responsible person: what somebody who left had asked for and is still open."""
    listed = "\n".join(f"{number} {title}" for number, title in numbers[:SHOWN])
    more = f"\n……共 {len(numbers)} 件" if len(numbers) > SHOWN else ""
    return (
        f"{person.name} 已于 {left(person, now)}离职，以下申请尚未办结：\n{listed}{more}\n"
        "仍会照常审批。您和媒体的运营负责人可以代办：/修改 编号、/撤回 编号、/回执 编号 链接；"
        "发 /查询 编号 可看进度。"
    )


def moved(person: Person, before: str, after: str, roles: Sequence[Role], posts: Sequence[str]) -> str:
    """To the administrators: somebody with roles or posts is in another unit now."""
    held = "、".join((*roles, *(f"{unit}第一责任人" for unit in posts)))
    return f"{person.name}（{person.id}）由 {before} 调到 {after}，仍登记为：{held}。请核对后重新导入。"


def returned(person: Person, units: Sequence[str], now: datetime) -> str:
    """To the administrators: somebody (as they were) who had left is in service again."""
    posts = f"{'、'.join(units)} 的职务恢复，" if units else ""
    return (
        f"{person.name}（{person.id}）曾登记于 {left(person, now)}离职，现已恢复在职。{posts}"
        "因离职而起的变更备案不再催办；此前的外出代理不恢复，需要时请重新登记。"
    )


def left(person: Person, now: datetime) -> str:
    return day(person.left_on, now) if person.left_on else ""


def remarks(
    platform: Platform, counts: Mapping[str, Sequence[str]], strangers: int, *, narrowed: bool
) -> str:
    """To the administrators: what the directory says and the system does not decide; empty for nothing.

    `counts` are names by remark, as in `_REMARKED`.
    """
    lines = [sentence.format(_some(counts[name])) for name, sentence in _REMARKED.items() if counts.get(name)]
    if narrowed:
        lines.append("许多人同时从应用可见的通讯录中消失，可能是可见范围变小了；没有据此登记任何人离职。")
    if not lines:
        return ""
    if strangers:
        lines.append(f"另有 {strangers} 人不在人员表中，未处理。")
    return f"读取{PLATFORMS[platform]}通讯录后，请核对：\n" + "\n".join(f"· {line}" for line in lines)


_REMARKED = {
    "departments": "与单位表对不上的部门：{}。其中人员的单位没有改动。",
    "conflicts": "账号已登记给别人，没有改动：{}。",
    "unknown": "平台查无此账号，未登记离职：{}。",
    "hidden": "账号不在应用可见范围内：{}。",
    "disabled": "账号已停用，未登记离职：{}。",
    "still_listed": "已登记离职，账号仍在使用：{}。",
}


def _some(names: Sequence[str]) -> str:
    shown = "、".join(names[:SHOWN])
    return f"{shown} 等 {len(names)} 个" if len(names) > SHOWN else shown
