"""A medium that another unit hosts now: what its new and its old people are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cards.duties import item_name
from cards.times import brief, day

NOW_YOURS, NOT_YOURS = "媒体已划归本单位", "媒体已划出本单位"


@dataclass(frozen=True, slots=True)
class Move:
    """`owed` are items with the end of their term; `posts` numbers of the old unit's open requests; `merged`
    says that the whole unit went, with its people."""

    medium: str
    since: date
    before: str
    after: str
    operator: str
    head: str
    owed: Sequence[tuple[str, datetime]] = ()
    posts: Sequence[str] = ()
    merged: bool = False

    def said(self, now: datetime) -> str:
        return f"“{self.medium}”自 {day(self.since, now)}起由 {self.before} 划归 {self.after} 主办"


def _owed(move: Move, now: datetime) -> str:
    owed = "、".join(f"{item_name(item)}（{brief(due, now)}前）" for item, due in move.owed)
    return f"尚未备案的变更：{owed}，请发 /变更 {move.medium}。" if owed else ""


def to_head(move: Move, now: datetime) -> str:
    """To the first-responsible person of the new unit."""
    return (
        f"{move.said(now)}，您是第一责任人（第五条（二））：今后它的发布和变更由您审批。"
        f"运营负责人：{move.operator}。人员再有变动，5 个工作日内发 /变更 备案（第六条（二））。"
        f"{_owed(move, now)}"
    )


def to_operator(move: Move, now: datetime) -> str:
    """To whoever runs it."""
    head = f"第一责任人 {move.head} " if move.head else "第一责任人（暂缺）"
    return (
        f"{move.said(now)}，您是运营负责人：今后它的发布由 {move.after} {head}审批，发布请发 /发布。"
        f"请核对密码与权限已交接；人员再有变动，5 个工作日内发 /变更 备案（第六条（二））。{_owed(move, now)}"
    )


def to_old(move: Move, now: datetime) -> str:
    """To whoever answered for it or ran it before."""
    if move.merged:
        return f"{move.said(now)}（单位合并），不再由您负责，今后由该单位第一责任人审批。"
    posts = f"原单位在办的 {'、'.join(move.posts)} 不能再通过，请撤回，由新单位重报。" if move.posts else ""
    over = "不再由您负责，请勿再用它发布。请移交密码与权限、收回旧权限（第六条（二））。"
    return f"{move.said(now)}，{over}{posts}"
