"""The cards of what somebody owes by when: each kind of duty, several in one message, and /待办."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cards import batch
from cards.card import Button, Card, Row, Style, Tone
from cards.form_media import ITEMS
from cards.phrases import excerpt
from cards.times import brief, day, deadline, when
from storage.records import Medium

PAGE = 5
MOST_BUTTONS = 6
"""Buttons of a WeCom card (page 90236)."""
LINE = 30
"""Characters of a row that WeCom shows (page 90236)."""

SOURCES = {
    "directory": "通讯录",
    "feishu": "飞书通讯录",
    "wecom": "企业微信通讯录",
    "import": "导入的名单",
}
"""Where a change was seen; anything else was told by a person."""


@dataclass(frozen=True, slots=True)
class Item:
    """One matter on one line, and the button that opens it; `label` is its whole number, or what it is."""

    label: str
    text: str
    button: Button


def one_line(what: str, title: str, until: str) -> str:
    """待审批 学院更名… 11月24日 16:00前: the title gives way, so that nothing cuts the time."""
    room = max(LINE - len(what) - len(until) - 2, 2)
    return f"{what} {excerpt(title, room)} {until}".strip()


@dataclass(frozen=True, slots=True)
class Owed:
    """What the cards of all duties share: number, whether it still stands, how often it was reminded of."""

    id: int
    now: datetime
    open: bool
    rung: int = 0

    @property
    def tag(self) -> str:
        return f"第 {self.rung} 次提醒" if self.rung > 0 else "待办"


@dataclass(frozen=True, slots=True)
class Filing:
    """The filing of a change that is not recorded yet; `own` where the reader revises it. It was begun at
    `begun_at`, in time until the end of `due_on`, else late by `delay` working days."""

    number: str
    applicant: str
    begun_at: datetime
    due_on: date
    delay: int
    returned: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is not filed: of what, since when, by when; `delay` in working days. `dropped` where
    `person` had left and is in service again."""

    medium: Medium
    item: str
    person: str
    changed_on: date
    source: str
    due_at: datetime
    provisional: bool
    delay: int
    starts: bool
    filing: Filing | None = None
    dropped: bool = False


def change(owed: Owed, fact: Change) -> Card:
    """变更待备案: what changed, what is needed, by when (Article 6(2))."""
    title, of = f"变更待备案 {fact.medium.name}", f"“{fact.medium.name}”的{item_name(fact.item)}变更"
    if fact.dropped:
        return done(title, f"{fact.person} 已恢复在职，{of}无须备案，不再提醒。")
    if not owed.open:
        return done(title, f"{of}已由全媒体中心备案，不再提醒。")
    if fact.filing and not fact.filing.returned:
        return done(title, f"{of}已发起备案（{fact.filing.number}），审批期间不再提醒。")
    if fact.filing:
        return _returned(owed, fact, fact.filing)
    since = day(fact.changed_on, owed.now)
    late = (Row("逾期", f"{fact.delay} 个工作日"),) if fact.delay else ()
    start = (Button("发起变更", "start_change", str(owed.id), style=Style.PRIMARY),) if fact.starts else ()
    command = f"/提醒 {owed.id} 办，" if fact.starts else ""
    return Card(
        title=title,
        tone=Tone.ALARM if fact.delay else Tone.WAITING,
        tag=owed.tag,
        lead=f"“{fact.medium.name}”的{item_name(fact.item)} {fact.person} 自 {since}起有变动"
        f"（来源：{SOURCES.get(fact.source, '登记')}），还没有发起变更备案。",
        rows=(
            Row("媒体", f"{fact.medium.name}（{fact.medium.no}）"),
            Row("需要", "发起平台信息变更备案"),
            Row("请于", f"{change_due(fact, owed.now)}发起"),
            *late,
            Row("依据", "第六条（二）"),
        ),
        note=f"不办会按工作日继续提醒。也可发：{command}/提醒 {owed.id} 推迟，/提醒 {owed.id} 谁",
        buttons=(*start, *_common(owed)),
    )


def _returned(owed: Owed, fact: Change, filing: Filing) -> Card:
    """The filing of a change came back: it is owed as before, and what is asked is its revision."""
    revise = Button("修改", "start_change", str(owed.id), style=Style.PRIMARY)
    return Card(
        title=f"变更待备案 {fact.medium.name}",
        tone=Tone.WAITING,
        tag=owed.tag,
        lead=f"“{fact.medium.name}”的{item_name(fact.item)}变更备案 {filing.number} 已被退回，"
        "还没有修改重报。",
        rows=(
            Row("媒体", f"{fact.medium.name}（{fact.medium.no}）"),
            Row("需要", f"{filing.applicant} 修改后重报"),
            Row("发起", f"{when(filing.begun_at, owed.now)}，应于 {day(filing.due_on, owed.now)}前"),
            *((Row("逾期", f"{filing.delay} 个工作日"),) if filing.delay else ()),
            Row("依据", "第六条（二）"),
        ),
        note=f"备案完成前按工作日继续提醒。修改请发：/修改 {filing.number}。"
        f"也可发：/提醒 {owed.id} 推迟，/提醒 {owed.id} 谁",
        buttons=(*((revise,) if filing.own else ()), *_common(owed)),
    )


def change_line(fact: Change, now: datetime) -> str:
    """A change that is not filed, on one line."""
    if fact.filing:
        return one_line("变更待重报", fact.medium.name, fact.filing.number)
    guessed = "（暂定）" if fact.provisional else ""
    return one_line("变更待备案", fact.medium.name, f"{brief(fact.due_at, now)}前{guessed}")


def change_due(fact: Change, now: datetime) -> str:
    return f"{deadline(fact.due_at, now, provisional=fact.provisional)}前"


def item_name(item: str) -> str:
    return ITEMS.get(item, item)


def vacancy(owed: Owed, unit: str) -> Card:
    """A unit without a first-responsible person in service (Article 5(2))."""
    title = f"暂缺第一责任人 {unit}"
    if not owed.open:
        return done(title, f"{unit} 已有在职的第一责任人，不再提醒。")
    return Card(
        title=title,
        tone=Tone.ALARM,
        tag=owed.tag,
        lead=f"{unit} 现在没有在职的第一责任人。申请由上级单位的第一责任人办理，上级也没有的会一直等待。",
        rows=(Row("需要", "在单位表中补上第一责任人"), Row("依据", "第五条（二）")),
        note=f"补上前每周提醒。也可发：/提醒 {owed.id} 推迟，/提醒 {owed.id} 谁",
        buttons=_common(owed),
    )


def year_missing(owed: Owed, year: int) -> Card:
    """No official working days for a year yet."""
    title = f"还没有 {year} 年放假安排"
    if not owed.open:
        return done(title, f"{year} 年放假安排已导入，不再提醒。")
    return Card(
        title=title,
        tone=Tone.ALARM,
        tag=owed.tag,
        lead=f"{year} 年的官方放假安排还没有导入。涉及 {year} 年的期限现按周末和法定节日推算，标“暂定”。",
        rows=(Row("需要", f"导入 {year} 年放假安排"), Row("依据", "第六条（二）的工作日")),
        text="公布后由系统管理员运行：quanmei calendar import 文件。有变动的期限会自动调整并告知。",
        note=f"导入前每周提醒。也可发：/提醒 {owed.id} 推迟，/提醒 {owed.id} 谁",
        buttons=_common(owed),
    )


def round_due(owed: Owed, month: str) -> Card:
    """An inventory that is to be opened this month."""
    title = "本月该发起媒体摸底"
    if not owed.open:
        return done(title, f"{month} 的摸底已发起，不再提醒。")
    return Card(
        title=title,
        tone=Tone.WAITING,
        tag=owed.tag,
        lead="各单位要定期对所负责的全媒体进行摸底调查（第十一条），本系统按半年一次（6 月、12 月）提醒。",
        rows=(Row("需要", "发起半年摸底"), Row("依据", "第十一条")),
        text="请发：/摸底 开始 起 止。例：/摸底 开始 12-01 12-31",
        note=f"发起前每周提醒。也可发：/提醒 {owed.id} 推迟，/提醒 {owed.id} 谁",
        buttons=_common(owed),
    )


def account_due(owed: Owed, year: int, *, declined: str) -> Card:
    """The account of a year that is to be opened; `declined` is who said why it is not."""
    title = f"该开启 {year} 年度督查"
    if declined:
        return done(title, f"{year} 年度督查不开展，不再提醒。{declined}")
    if not owed.open:
        return done(title, f"{year} 年度督查不再提醒。看进度请发：/督查 {year}")
    return Card(
        title=title,
        tone=Tone.WAITING,
        tag=owed.tag,
        lead="落实全媒体管理情况列入年度全面从严治党主体责任督查（第十二条），"
        "本系统从每年 11 月 15 日起提醒开启。",
        rows=(Row("需要", f"开启 {year} 年度督查"), Row("依据", "第十二条")),
        text=f"请发：/督查 {year}。今年不开展的，请发：/督查 {year} 不开展 理由",
        note=f"开启前每周提醒。也可发：/提醒 {owed.id} 推迟，/提醒 {owed.id} 谁",
        buttons=_common(owed),
    )


def absence_ends(principal: str, delegate: str, ends_at: datetime, now: datetime, *, own: bool) -> Card:
    """To the delegate and, `own`, to whoever is away: the absence ends."""
    who = f"您请 {delegate} 代理审批" if own else f"您代 {principal} 审批"
    more = "还要外出，请再发：/代理 姓名 起 止 原因" if own else "之后的审批由本人办理。"
    return Card(
        title="外出代理将结束",
        tone=Tone.INFO,
        lead=f"{who}，到 {deadline(ends_at, now)} 结束。{more}",
        note="依据第五条（二）：责任始终由第一责任人承担。",
    )


def _common(owed: Owed) -> tuple[Button, ...]:
    return (
        Button("明天再提醒", "snooze", str(owed.id)),
        Button("还通知了谁", "who_told", str(owed.id)),
    )


def done(title: str, text: str) -> Card:
    """An old card tells the truth: nothing is owed any more."""
    return Card(title=f"已办 {title}", tone=Tone.DONE, tag="已办", lead=text, closed="已办")


def who_was_told(names: Sequence[tuple[str, datetime]], now: datetime) -> str:
    """Names and times, a line each."""
    lines = [f"{name} {when(at, now)}" for name, at in names]
    return "这项提醒已通知：\n" + "\n".join(lines) if lines else "这项提醒还没有通知任何人。"


def digest(
    own: Sequence[Item], copies: Sequence[Item], more: str = "", own_left: int = 0, copies_left: int = 0
) -> Card:
    """Everything that is due for one person, in one message: what they can act on, then what they are
    only told, and how many of both are left out already; `more` is the week in words."""
    items = [*own, *copies]
    if not items:
        return Card(title="提醒", tone=Tone.DONE, lead="这些事项都已不需要办理。", closed="已办")
    shown = items[:PAGE]
    untold = len(copies) + copies_left - max(PAGE - len(own), 0)
    acts = len(own) + own_left
    note = f"还有 {acts - PAGE} 件：/待办。" if acts > PAGE else "发 /待办 看全部待办。"
    return Card(
        title=f"{len(items) + own_left + copies_left} 件事项请您关注",
        tone=Tone.WAITING,
        tag="提醒",
        lead="按到期先后排列，点按钮打开。",
        rows=tuple(Row(item.label, item.text) for item in shown),
        text=more,
        note=f"{note}另有 {untold} 件抄送。" if untold > 0 else note,
        buttons=tuple(item.button for item in shown),
    )


def on_duty(name: str, unit: str, until: datetime, now: datetime) -> str:
    """Who is on duty for a unit (`name` empty: the reader), and what for."""
    return f"值班：{name or '您'}（{unit}），至 {brief(until, now)}，办下班后和休息日的紧急、特急件。"


def inbox(
    items: Sequence[Item],
    groups: Mapping[str, int],
    page: int,
    together: Sequence[int] = (),
    turns: Sequence[str] = (),
) -> Card:
    """What waits for the reader, oldest due first; `groups` is how many of each kind there are in all,
    `together` are the ids that may be passed at once, `turns` say who is on duty."""
    total = sum(groups.values())
    counted = "、".join(f"{name} {count} 件" for name, count in groups.items())
    told = f"{counted}，按类别和到期先后排列" if len(groups) > 1 else "按到期先后排列"
    text = "\n".join(turns)
    if not items:
        return Card(title="待办", tone=Tone.DONE, lead="没有等您办理的事项。", text=text)
    left = total - page * PAGE
    fits = len(together) > 1 and len(items) < MOST_BUTTONS
    all_at_once = (batch.button(together),) if fits else ()
    return Card(
        title=f"待办 {total} 件",
        tone=Tone.WAITING,
        lead=f"{told}，点“办”打开。",
        rows=tuple(Row(item.label, item.text) for item in items),
        text=text,
        buttons=(*(item.button for item in items), *all_at_once),
        note=f"还有 {left} 件：/待办 {page + 1}" if left > 0 else "",
    )
