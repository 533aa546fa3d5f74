"""The ledger on cards: the list, one medium as it is or was, its history, what needs attention."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import orjson

from cards.card import Button, Card, Panel, Row, Style, Tone
from cards.form_media import ITEMS, PERSON_ITEMS
from cards.notice_number import order, runs_again
from cards.times import SHANGHAI
from storage.records import Medium, MediumChange, MediumState, Person

PAGE = 5
HISTORY = 20
"""Entries of a history on one page."""

RECENT = 5
LEFT, FILING, ORDER = "left", "filing", "order"
"""Entries of the history that are no change of an item."""

WAITS, SILENT = "（有待确认）", "（静默）"

_TITLES = {**ITEMS, "platform_type": "平台类型", FILING: "备案", ORDER: "停止运行令"}


@dataclass(frozen=True, slots=True)
class MediumView:
    """A medium as of the end of day `on`; `past` where that is not the present.

    `changes` reach up to that day, `numbers` are those of the requests behind them, `last_post` is
    what the receipts of that day said, `facts` what needs attention, `ordered` which notices stop it,
    `silence` by whose order and until when it keeps silence.
    """

    medium: Medium
    on: date
    past: bool = False
    people: Mapping[str, Person] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    responsible: str = ""
    changes: tuple[MediumChange, ...] = ()
    numbers: Mapping[int, str] = field(default_factory=dict)
    last_post: datetime | None = None
    facts: tuple[str, ...] = ()
    may_change: bool = False
    ordered: str = ""
    silence: str = ""

    def name(self, person: str) -> str:
        """The person's name, with a mark for whoever had left by that day."""
        known = self.people.get(person)
        if known is None:
            return person
        return known.name + ("（已离职）" if known.left_on and known.left_on <= self.on else "")

    def plain_name(self, person: str) -> str:
        known = self.people.get(person)
        return known.name if known else person

    def unit(self, code: str) -> str:
        return self.units.get(code, code)


@dataclass(frozen=True, slots=True)
class Noticed:
    """One medium in the list of those that need attention, with the reasons in words."""

    medium: Medium
    facts: tuple[str, ...]


def books(
    media: Sequence[Medium],
    total: int,
    page: int,
    words: str,
    waiting: Collection[str] = (),
    silent: Collection[str] = (),
) -> Card:
    """One page of the list, by 备案号; `waiting` are those of which a change is not recorded yet, `silent`
    those that keep silence now."""
    if not media:
        return nothing(words)
    command = f"/台账 {words}".strip()
    more = total > page * PAGE
    turn = _turn("ledger_page", words, page, total)
    return Card(
        title=f"台账“{words}”：{total} 个媒体" if words else f"台账：{total} 个媒体",
        lead="按备案号排列，点“看”打开。",
        rows=tuple(Row(m.no, _briefly(m, m.no in silent, m.no in waiting)) for m in media),
        buttons=(*(_open(m) for m in media), *turn),
        note=(f"下一页：{command} 第{page + 1}页；" if more else "")
        + "看一个：/台账 备案号；需关注的：/台账 关注",
    )


def nothing(words: str) -> Card:
    about = f"台账里没有找到“{words}”。" if words else "本单位的台账里还没有媒体。"
    return Card(title="台账", lead=f"{about}新设的媒体请先 /备案（第六条（一））。")


def _briefly(medium: Medium, silent: bool, unconfirmed: bool) -> str:
    """机电之声 微信公众号 在用（静默）（有待确认）"""
    marks = f"{SILENT if silent else ''}{WAITS if unconfirmed else ''}"
    return f"{medium.name} {medium.platform_type} {medium.state}{marks}"


def _open(medium: Medium) -> Button:
    return Button(f"看 {medium.no}", "medium", medium.no)


def _turn(act: str, ref: str, page: int, total: int) -> tuple[Button, ...]:
    """The button to the next page; on the last of several, back to the first."""
    if total > page * PAGE:
        return (Button("下一页", act, ref, str(page + 1), style=Style.PRIMARY),)
    return (Button("回第 1 页", act, ref, "1"),) if page > 1 else ()


def medium(view: MediumView) -> Card:
    """Everything the ledger says of a medium, with what can be done."""
    no = view.medium.no
    buttons = (
        Button("历史", "medium_history", no, "1"),
        *((Button("变更", "medium_change", no, style=Style.PRIMARY),) if view.may_change else ()),
    )
    change = f"；变更：/变更 {no}" if view.may_change else ""
    recent = _lines(view, view.changes[-RECENT:])
    return Card(
        title=_title(view),
        tone=_tone(view),
        tag=f"{view.medium.state}{SILENT if view.silence else ''}",
        rows=_rows(view),
        text="\n".join(_more(view)),
        panels=(Panel("最近的变更", recent),) if recent else (),
        note=f"历史：/台账 {no} 历史；某一天：/台账 {no} {view.on}{change}",
        buttons=buttons,
    )


def as_of(view: MediumView) -> Card:
    """The medium as it was at the end of that day."""
    return Card(
        title=_title(view),
        tag=str(view.medium.state),
        lead=f"{view.on} 当天结束时的情况，状态“{view.medium.state}”。以后的变更不在内。",
        rows=_rows(view),
        text="\n".join(_more(view)),
        note=f"现在的情况：/台账 {view.medium.no}",
    )


def not_yet(medium: Medium, on: date) -> Card:
    """The medium was put on the books after that day."""
    return Card(
        title=f"{medium.no}（{on}）",
        lead=f"这个媒体 {medium.filed_on} 才备案，{on} 还不在台账上。",
        note=f"现在的情况：/台账 {medium.no}",
    )


def history(view: MediumView, page: int) -> Card:
    """Everything that changed, the newest first, and all fields uncut: without buttons it is sent whole."""
    newest = view.changes[::-1]
    shown = _lines(view, newest[(page - 1) * HISTORY : page * HISTORY])
    left = len(newest) - page * HISTORY
    no = view.medium.no
    return Card(
        title=f"{no} {view.medium.name} 的历史",
        tag=str(view.medium.state),
        rows=(*_rows(view), Row("状态", str(view.medium.state))),
        text="\n".join([*_more(view), "", f"变更记录 {len(newest)} 条，最近的在前：", *shown]).strip()
        if newest
        else "\n".join([*_more(view), "没有变更记录。"]),
        note=f"还有 {left} 条：/台账 {no} 历史 第{page + 1}页" if left > 0 else "",
    )


def _title(view: MediumView) -> str:
    return f"{view.medium.no} {view.medium.name}" + (f"（{view.on}）" if view.past else "")


def _tone(view: MediumView) -> Tone:
    return Tone.INFO if view.medium.state is MediumState.ACTIVE else Tone.CLOSED


def _rows(view: MediumView) -> tuple[Row, ...]:
    medium = view.medium
    account = f"（{medium.account}）" if medium.account else ""
    vacant = "（没有当日的任职记录）" if view.past else "（暂缺）"
    return (
        Row("平台", medium.platform_type + account),
        Row("主办", view.unit(medium.unit)),
        Row("运营", view.name(medium.operator)),
        Row("管理员", "、".join(view.name(person) for person in medium.admins) or "（未登记）"),
        Row("第一责任人", view.name(view.responsible) if view.responsible else vacant),
        Row("备案日期", f"{medium.filed_on or '（未登记）'}{_late(view)}"),
    )


def _late(view: MediumView) -> str:
    """补备案 stays with a medium that was filed while it was running already."""
    late = any(change.item == FILING and "补备案" in change.after for change in view.changes)
    return "（补备案）" if late else ""


def _more(view: MediumView) -> list[str]:
    """The last post, what the centre has not recorded yet, what needs attention."""
    posted = f"最近发布：{_day(view.last_post)}" if view.last_post else "最近发布：没有发布登记"
    waiting = [change for change in view.changes if change.recorded_at is None]
    unconfirmed = [f"待确认：{line}" for line in _lines(view, waiting)]
    stopped = [f"停止运行：按{view.ordered}，{runs_again(view.ordered)}"] if view.ordered else []
    silent = [f"暂停发布：正按 {view.silence}（第五条（一））"] if view.silence else []
    return [*stopped, *silent, posted, *unconfirmed, *(f"关注：{fact}" for fact in view.facts)]


def _lines(view: MediumView, changes: Iterable[MediumChange]) -> tuple[str, ...]:
    return tuple(_line(view, change) for change in changes)


def _line(view: MediumView, change: MediumChange) -> str:
    """2026-11-20 管理员：李老师 → 何老师（BG-2026-0001，待确认）."""
    number = view.numbers.get(change.request or 0, "")
    origin = [number, "导入" if change.source == "import" else "", "" if change.recorded_at else "待确认"]
    told = "，".join(filter(None, origin))
    return f"{change.effective_on} {_what(view, change)}" + (f"（{told}）" if told else "")


def _what(view: MediumView, change: MediumChange) -> str:
    if change.item == LEFT:
        return f"{view.plain_name(change.before)} 离职"
    title = _TITLES.get(change.item, change.item)
    if change.item == FILING:
        return f"{title}：{change.after}"
    before, after = (_value(view, change.item, text) for text in (change.before, change.after))
    return f"{title}：{before} → {after}"


def _value(view: MediumView, item: str, kept: str) -> str:
    """A value as the history keeps it, in words."""
    if item == "admins":
        return "、".join(view.plain_name(person) for person in orjson.loads(kept or "[]")) or "—"
    if item in PERSON_ITEMS:
        return view.plain_name(kept) or "—"
    if item == ORDER and kept:
        return order(kept).strip()
    return (view.unit(kept) if item == "host_unit" else kept) or "—"


def named(change: MediumChange) -> list[str]:
    """The 工号 that an entry of the history names."""
    if change.item == LEFT:
        return [change.before]
    if change.item == "admins":
        return [person for kept in (change.before, change.after) for person in orjson.loads(kept or "[]")]
    return [change.before, change.after] if change.item in PERSON_ITEMS else []


def attention(noticed: Sequence[Noticed], counts: Mapping[str, int], total: int, page: int) -> Card:
    """Media with something that needs attention, the most pressing first."""
    if not noticed:
        return Card(title="需关注的媒体", tone=Tone.DONE, lead="没有需关注的媒体。")
    more = f"下一页：/台账 关注 第{page + 1}页；" if total > page * PAGE else ""
    return Card(
        title=f"需关注的媒体 {total} 个",
        tone=Tone.WAITING,
        lead="；".join(f"{what} {number} 个" for what, number in counts.items()) + "。",
        rows=tuple(Row(n.medium.no, f"{n.medium.name} {'；'.join(n.facts)}") for n in noticed),
        buttons=(*(_open(n.medium) for n in noticed), *_turn("attention_page", "", page, total)),
        note=f"{more}只列事实（第四条），点“看”见详情。",
    )


def nobody() -> str:
    return "运营负责人、管理员中没有在职教职工"


def overdue(item: str, last: date) -> str:
    return f"{_TITLES.get(item, item)}变更应于 {last} 前备案，尚未发起"


def quiet(since: date | None, days: int) -> str:
    """180 天没有发布登记，自 2026-05-01: since the last post, or since the filing where there was none."""
    return f"{days} 天没有发布登记，自 {since}" if since else "没有发布登记，备案日期也未登记"


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()
