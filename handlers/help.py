"""/帮助: what somebody may send here, and how one command is used."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from cards import manual as cards
from cards.open_matters import OWN, SCHOOL
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.kinds.process import PROCESSES, SUPPLEMENTS
from handlers.people import standing_in
from handlers.processes import inspection as accounts
from handlers.rules.permits import APPROVING, is_auditor, is_center, serves
from storage import people, requests
from storage.records import Identity, Person, Role
from storage.steps import StepRole

MORE = "更多"
"""The word behind /帮助 for what is not asked for every day."""

MANY = 50
"""Waiting requests that are looked at to tell what somebody may use."""

DESK = ("待办", "摸底")
"""Whose wider words stand in the first list."""

WIDER: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "待办": (
        ("responsible", f"/待办 {OWN}", "您负责的单位在办的事项"),
        ("centre", f"/待办 {SCHOOL}", "全校在办的事项；也可写单位名"),
    ),
    "个人账号": (
        ("all", "/更正 编号", "更正自己的登记；/注销登记 编号 从登记中删去"),
        ("responsible", f"/个人账号 {OWN}", "本单位人员登记的个人账号"),
        ("centre", f"/个人账号 {SCHOOL}", "全校登记的个人账号；也可写单位名"),
    ),
    "授权": (("centre", f"/授权 {SCHOOL}", "全校的校名使用授权；也可写单位名"),),
    "版权": (("centre", f"/版权 {SCHOOL}", "全校的版权授权；也可写单位名"),),
    "培训": (
        ("all", "/培训 我的", "自己参加的培训、学时和测验"),
        ("staff", "/培训 案例", "警示教育案例，已隐去姓名、单位"),
    ),
    "制度": (("centre", "/制度 年", "各单位制度、培训缺什么；/制度 年 表格 发来表格"),),
    "解释": (
        ("all", "/解释 设置", "办法没写明的做法，各依据哪件解释"),
        ("centre", "/解释 草案", "尚未签发的草案，据以签发"),
    ),
    "摸底": (
        ("centre", "/摸底 开始 起 止 [单位]", "发起摸底"),
        ("centre", "/摸底 进度", "哪些单位报了、哪些没有；/摸底 结果 发来表格"),
    ),
}
"""Words behind a command that only some may use: for whom, as it is used, and what it does."""

OnMessage = Callable[[Message, Person, Line], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table: `audience` names who is shown it (`audience`), `usage` stands in /帮助."""

    name: str
    alias: str
    handle: OnMessage
    audience: str
    usage: str
    what: str


async def listed(event: Message, person: Person, commands: Sequence[Command], seldom: bool) -> Reply:
    """What this person may send, a line each: the usual, or the `seldom` behind `更多`."""
    groups = await _groups(event, person)
    lines = [(c.audience, c.usage, c.what) for c in commands]
    lines += [line for name, wider in WIDER.items() for line in wider if (name not in DESK) == seldom]
    lines += [] if seldom else [("all", f"/帮助 {MORE}", "卡片上按钮对应的命令，加签、委派、抄送等")]
    shown = [[usage, what] for audience, usage, what in lines if audience in groups]
    return Reply(template="help", args={"lines": shown})


async def of_one(event: Message, person: Person, command: Command) -> Reply:
    """How one command is used, with an example; also to whom it is of no use at present."""
    groups = await _groups(event, person)
    wider = [(usage, what) for audience, usage, what in WIDER.get(command.name, ()) if audience in groups]
    text = cards.manual(command.usage, example(command), wider, command.alias)
    if command.audience not in groups:
        text = f"您现在没有用得到它的事项。\n{text}"
    return Reply(template="say", args={"title": f"/{command.name}：{command.what}", "text": text})


def example(command: Command) -> tuple[str, str]:
    """What somebody may send, and what else it takes: of a form what it needs, else as it is written down."""
    if given := cards.EXAMPLES.get(command.name):
        return given
    added = next((one for one in SUPPLEMENTS.values() if one.form.command == command.name), None)
    if added:
        return cards.of_form(added.form, f"{PROCESSES[added.of].form.kind}-2026-0001")
    return cards.of_form(next(p.form for p in PROCESSES.values() if p.form.command == command.name))


async def _groups(event: Message, person: Person) -> Collection[str]:
    """The groups whose commands this person is shown now."""
    staff = serves(person, event.at)
    first = staff and await people.is_first_responsible(person.id)
    approves = first or (staff and bool(person.roles & APPROVING))
    given = await standing_in.proxies_of(person.id, event.at)
    waiting = await requests.waiting_for(person.id, given, MANY)
    steps = {request.current.role for request in waiting if request.current}
    for_first = [one for one in given if await people.is_first_responsible(one.principal)]
    return audience(
        person,
        approves=approves or bool(waiting or given),
        responsible=first or bool(for_first) or StepRole.FIRST_RESPONSIBLE in steps,
        absent=approves or (staff and Role.CLERK in person.roles),
        heads=first,
        clerk=staff and Role.CLERK in person.roles,
        accounts=await accounts.may_open(person, event.at),
    )


def audience(
    person: Person,
    *,
    approves: bool,
    responsible: bool,
    absent: bool,
    heads: bool,
    clerk: bool,
    accounts: bool,
) -> frozenset[str]:
    """The groups whose commands this person is shown.

    `approves` who decides steps now, `responsible` as a first-responsible person or for one, `absent`
    who has a post for which somebody can stand in, or arranges that for others, `heads` who
    is first responsible for a unit themselves, `clerk` who is 内勤, `accounts` who opens those of years.
    """
    groups = {"all"}
    if person.identity is Identity.STAFF:
        groups.add("reader")
        groups |= set() if is_auditor(person) else {"staff"}
    if approves or is_center(person):
        groups.add("approver")
    groups |= {"centre"} if is_center(person) else set()
    groups |= {"auditor"} if is_auditor(person) else set()
    groups |= {"examiner"} if Role.PROPAGANDA_REVIEWER in person.roles else set()
    groups |= {"steward"} if Role.ADMIN in person.roles else set()
    groups |= {"responsible"} if responsible else set()
    groups |= {"powers"} if responsible or groups & {"centre", "examiner"} else set()
    groups |= {"handover"} if heads or Role.ADMIN in person.roles else set()
    groups |= {"rosters"} if heads or clerk else set()
    groups |= {"absent"} if absent else set()
    groups |= {"accounts"} if accounts else set()
    return frozenset(groups)
