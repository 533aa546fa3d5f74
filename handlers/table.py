"""Every command, button and tick on one page, and how an event reaches its handler."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from cards import namesakes, replies
from cards.open_matters import OWN, SCHOOL
from cards.withdrawal import KEEP, SURE
from handlers import commands, lists
from handlers import help as helping
from handlers.cases import applicant, decide, hand_over, receipt, standing_in
from handlers.commands import Line
from handlers.directory import changes, departures
from handlers.drafts import begin, buttons, drafting, keeping, leaving, lines, uploads
from handlers.duties import acts, look_out, remind
from handlers.events import (
    LONGEST_TEXT,
    Click,
    ContactHint,
    DirectoryChange,
    DirectoryRead,
    Enter,
    Event,
    Fetched,
    Message,
    Reply,
    Tick,
    Undelivered,
)
from handlers.ledger import looking
from handlers.letters import notify, undelivered
from handlers.processes.all import PROCESSES
from handlers.processes.process import Process
from handlers.rules import lifecycle
from handlers.rules.permits import APPROVING, in_service, serves
from storage import drafts, outbox, people, requests
from storage.drafts import Prompt
from storage.letters import Letter, LetterKind
from storage.records import Act, Person, Platform, StepRole

GREET_EVERY = timedelta(days=1)
_TOO_LONG = (
    f"一条消息最多 {LONGEST_TEXT} 字，这条有 {{count}} 字，没有收下，已填的内容没有变化。"
    "请把正文作为文件发来，或分开发。"
)
MANY = 50
"""Waiting requests that are looked at to tell what somebody may use."""

OnMessage = Callable[[Message, Person, Line], Awaitable[Reply]]
OnClick = Callable[[Click, Person], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table: `audience` names who is shown it (`help.audience`), `usage` stands in /帮助."""

    name: str
    alias: str
    handle: OnMessage
    audience: str
    usage: str
    what: str


async def _give_up(event: Message, person: Person, line: Line) -> Reply:
    """What was begun last is left: a reason that is waited for, else the open draft."""
    prompt = await drafts.expected(person.id, event.at)
    if prompt and not line.text:
        left = replace(event, text="取消")
        return await _PROMPTED.get(prompt.act, decide.prompted)(left, person, prompt)
    return await leaving.give_up(event, person, line)


async def _help(event: Message, person: Person, line: Line) -> Reply:
    staff = serves(person, event.at)
    first = staff and await people.is_first_responsible(person.id)
    absent = first or (staff and bool(person.roles & APPROVING))
    principals = await standing_in.principals(person.id, event.at)
    waiting = await requests.waiting_for(person.id, principals, MANY)
    steps = {request.current.role for request in waiting if request.current}
    for_first = [one for one in principals if await people.is_first_responsible(one)]
    groups = helping.audience(
        person,
        approves=absent or bool(waiting or principals),
        responsible=first or bool(for_first) or StepRole.FIRST_RESPONSIBLE in steps,
        absent=absent,
    )
    listed = [line for c in COMMANDS for line in ((c.audience, c.usage, c.what), *WIDER.get(c.name, ()))]
    shown = [[usage, what] for audience, usage, what in listed if audience in groups]
    return Reply(template="help", args={"lines": shown})


_PROMPTED: Mapping[Act, Callable[[Message, Person, Prompt], Awaitable[Reply]]] = {
    Act.RECEIPT: applicant.prompted
}
"""Who takes the line that was waited for, where it is not the reason of a decision."""

_decide = {act: partial(decide.command, act=act) for act in lifecycle.DECISIONS}
_own = {act: partial(applicant.command, act=act) for act in lifecycle.APPLICANTS}


def _started(process: Process) -> Command:
    """The command that begins a draft of a process."""
    start, name = partial(begin.command, kind=process.kind), process.form.command
    return Command(name, process.alias, start, process.audience, f"/{name}", process.help)


COMMANDS: tuple[Command, ...] = (
    Command("帮助", "help", _help, "all", "/帮助", "您可以用的命令"),
    *map(_started, PROCESSES.values()),
    *(
        Command(*line)
        for line in (
            ("待办", "inbox", lists.inbox, "all", "/待办", "等您办理的事项"),
            ("我的", "mine", lists.mine, "all", "/我的", "您提交的申请和草稿"),
            ("查询", "show", lists.show, "all", "/查询 编号", "进度、记录和全文"),
            ("同意", "approve", _decide[Act.APPROVE], "approver", "/同意 编号 [意见]", "同意、审查通过"),
            ("退回", "return", _decide[Act.RETURN], "approver", "/退回 编号 理由", "退回修改"),
            ("不同意", "reject", _decide[Act.REJECT], "approver", "/不同意 编号 理由", "不同意、不宜公开"),
            (
                "报中心",
                "escalate",
                _decide[Act.ESCALATE],
                "responsible",
                "/报中心 编号 [理由]",
                "同意并报中心",
            ),
            ("转办", "transfer", hand_over.transfer, "approver", "/转办 编号 姓名 [理由]", "转给能办的人"),
            ("代理", "delegate", hand_over.proxy, "absent", "/代理 姓名 起 止 [原因]", "外出请人代办"),
            ("撤回", "withdraw", _own[Act.WITHDRAW], "staff", "/撤回 编号", "撤回您的申请"),
            ("修改", "revise", _own[Act.REVISE], "staff", "/修改 编号", "修改被退回的申请"),
            ("催办", "urge", _own[Act.URGE], "staff", "/催办 编号", "请办理人尽快办"),
            ("回执", "receipt", _own[Act.RECEIPT], "staff", "/回执 编号 链接", "登记已发布的链接"),
            ("放弃", "discard", _give_up, "staff", "/放弃", "放弃没提交的草稿"),
            ("恢复", "restore", leaving.restore, "staff", "/恢复", "取回一天内放弃的草稿"),
            ("台账", "ledger", looking.command, "reader", "/台账 [词]", "查已备案的媒体（第四条）"),
            (
                "提醒",
                "remind",
                acts.command,
                "reader",
                "/提醒 编号 [办、推迟、谁]",
                "打开或推迟一项提醒",
            ),
            ("条款", "article", helping.article, "all", "/条款 6", "查管理办法的条文"),
        )
    ),
)

WIDER: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "待办": (
        ("responsible", f"/待办 {OWN}", "您负责的单位在办的事项"),
        ("centre", f"/待办 {SCHOOL}", "全校在办的事项；也可写单位名"),
    )
}
"""Words behind a command that only some may use: for whom, as it is used, and what it does."""

NAMES: Mapping[str, str] = {
    **{name: c.name for c in COMMANDS for name in (c.name, c.alias)},
    "取消": "放弃",
}
MEANT: Mapping[str, str] = {
    **dict.fromkeys(("通过", "审查通过", "批准"), "同意"),
    **dict.fromkeys(("不宜公开", "不通过", "驳回"), "不同意"),
}
"""What buttons and people call a command, where its name is not near in letters."""

_BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}
_FORMS = {process.form.command: process.form for process in PROCESSES.values()}


def _as_message(event: Click) -> Message:
    """A press that stands for a line somebody writes."""
    return Message(
        key=event.key, platform=event.platform, accounts=event.accounts, at=event.at, said_at=event.said_at,
        message=event.message,
    )  # fmt: skip


async def _menu(event: Click, person: Person) -> Reply:
    """A button of the greeting: the command of that name."""
    line = Line(_BY_NAME[NAMES[event.act.removeprefix("menu_")]].name)
    message = _as_message(event)
    reply = await _BY_NAME[line.name].handle(message, person, line)
    await _answer(message, person, reply)
    return Reply()


async def _meant(event: Click, person: Person) -> Reply:
    """Which of several of a name was meant: the command again, with the 工号 in the name's place."""
    card = await outbox.get(event.card) if event.card else None
    if card is None or card.person != person.id or event.ref not in card.args.get("people", ()):
        return Reply("请重新发送命令，把姓名写成工号。", ok=False)
    args = card.args
    line = commands.parse(f"/{args['before']} {event.ref} {args['after']}")
    assert line is not None
    reply = await _BY_NAME[line.name].handle(_as_message(event), person, line)
    if reply.template:
        await _answer(_as_message(event), person, reply)
    if not reply.ok:
        return reply
    said = {"chosen": event.ref, "said": reply.toast or "已照办。"}
    return Reply(reply.toast, template=namesakes.TEMPLATE, args={**args, **said})


CLICKS: Mapping[str, OnClick] = {
    **dict.fromkeys(buttons.ACTS, buttons.click),
    **dict.fromkeys((Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT), decide.click),
    **dict.fromkeys((Act.WITHDRAW, Act.REVISE, Act.URGE, Act.RECEIPT, SURE, KEEP), applicant.click),
    **dict.fromkeys(("menu_inbox", "menu_publish", "menu_mine", "menu_help"), _menu),
    "ledger_page": looking.turn,
    "attention_page": looking.turn_attention,
    namesakes.MEANT: _meant,
    "medium": looking.open_medium,
    "medium_history": looking.open_history,
    "medium_change": looking.start_change,
    "view": lists.view,
    "open": lists.open_card,
    "duty": acts.opened,
    "start_change": acts.start_change,
    "snooze": acts.snooze,
    "who_told": acts.who_told,
}

TICKS: Mapping[str, Callable[[Tick], Awaitable[Reply]]] = {
    "remind": remind.handle,
    "look_out": look_out.handle,
    "forget": keeping.forget,
    "depart": departures.handle,
}


async def handle(event: Event) -> Reply:
    """Find the person behind the event and the handler for it; what is returned is the click's answer."""
    if isinstance(event, Tick):
        return await TICKS[event.what](event)
    if isinstance(event, Fetched):
        return await uploads.fetched(event)
    if isinstance(event, Undelivered):
        return await undelivered.given_up(event)
    if isinstance(event, ContactHint):
        return await changes.hinted(event)
    if isinstance(event, DirectoryChange):
        return await changes.changed(event)
    if isinstance(event, DirectoryRead):
        return await changes.read(event)
    person = await people.by_account(event.platform, event.accounts)
    if person is None:
        return await _unknown_person(event)
    await people.used_platform(person, event.platform)
    if not in_service(person, event.at):
        return await _left(event, person)
    if isinstance(event, Enter):
        return await _greet(event, person)
    if isinstance(event, Click):
        return await _clicked(event, person)
    await _answer(event, person, await _said(event, person))
    return Reply()


async def _unknown_person(event: Message | Click | Enter) -> Reply:
    """Told how to be bound, and nothing else."""
    if isinstance(event, Message):
        await _answer(event, None, Reply(template="unbound", args={"account": event.accounts[0]}))
    return Reply("您的账号还没有登记，请联系系统管理员。", ok=False)


async def _left(event: Message | Click | Enter, person: Person) -> Reply:
    """Whoever left may do nothing and see nothing any more, on old cards either."""
    refused = Reply("您的离职信息已登记，不能再使用。如有误，请联系系统管理员。", ok=False)
    if isinstance(event, Message):
        await _answer(event, person, refused)
    if isinstance(event, Click):
        await _speak(event, person, refused)
    return refused


async def _greet(event: Enter, person: Person) -> Reply:
    """Once a day at most: the platforms report every opening of the conversation."""
    if await people.greeted(person, event.at, event.at - GREET_EVERY):
        await notify.tell([person], "greeting", {}, event.at, urgent=True)
    return Reply()


async def _said(event: Message, person: Person) -> Reply:
    if len(event.text) > LONGEST_TEXT:
        return Reply(_TOO_LONG.format(count=len(event.text)), ok=False)
    if event.files and not event.chat:
        return await uploads.received(event, person)
    line = commands.parse(event.text)
    if line is None:
        return Reply() if event.chat and not event.text.strip() else await _plain(event, person)
    name = NAMES.get(line.name)
    if name is None and (glued := _glued(line)):
        name, line = glued
    if name is None:
        nearest = MEANT.get(line.name) or commands.nearest(line.name, NAMES)
        if form := _form_behind(line, nearest):
            return await _BY_NAME[form].handle(event, person, line)
        return Reply(template="unknown", args={"typed": line.name[:20], "nearest": nearest})
    if name in (*_FORMS, "修改"):  # the lines of a form are its own, whatever they begin with
        return await _BY_NAME[name].handle(event, person, line)
    line, further = commands.one_of_several(line, NAMES)
    reply = await _BY_NAME[name].handle(event, person, line)
    not_done = replies.commands_not_done(further) if further else ""
    return replace(reply, also="\n".join(filter(None, (reply.also, not_done))))


def _form_behind(line: Line, nearest: str) -> str:
    """The command whose form stands behind one that is unknown, if any: nothing typed is lost, and
    nothing is submitted before its preview was confirmed."""
    filled = {name: len(commands.fields_in(line.text, form.titles())[0]) for name, form in _FORMS.items()}
    likely = max(filled, key=lambda name: (filled[name], name == nearest))
    return likely if filled[likely] > 1 or (filled[likely] and likely == nearest) else ""


def _glued(line: Line) -> tuple[str, Line] | None:
    """/查询FB-2026-0001 and /条款6: the blank after the name forgotten."""
    for known, name in sorted(NAMES.items(), key=lambda pair: -len(pair[0])):
        rest = line.name.removeprefix(known)
        if rest != line.name and (rest[0].isdigit() or rest[0] == "第" or commands.number_in(rest)[0]):
            return name, Line(name, f"{rest} {line.words}".strip(), line.body)
    return None


async def _plain(event: Message, person: Person) -> Reply:
    """A line without a slash: a reason that was asked for, a draft's answer, or a short help."""
    if event.chat:
        return Reply(template="hint")
    if leaving.asks_back(event.text):
        return await leaving.restore(event, person, Line("恢复"))
    draft = next(iter(await drafts.open_of(person.id)), None)
    prompt = await drafts.expected(person.id, event.at - decide.TOO_LATE)
    if prompt and prompt.act is Act.RECEIPT:
        if receipt.takes(prompt, event):
            return await applicant.prompted(event, person, prompt)
    elif prompt and not (draft and decide.is_over(prompt, draft, event.at)):
        return await decide.prompted(event, person, prompt)
    draft = next(iter(await drafting.open_drafts(person.id)), None)
    if draft is None:
        return Reply(template="hint")
    return await lines.read(event, person, draft) or lines.unclear(event, draft)


async def _answer(event: Message, person: Person | None, reply: Reply) -> None:
    """A message is answered by a letter to its sender; in a group one line says so."""
    if reply.template:
        await notify.answer(event, person, reply.template, reply.args)
    elif reply.toast:
        template = "say" if reply.ok else "refused"
        await notify.answer(event, person, template, _told(reply))
    else:
        return
    if reply.also:
        await notify.answer(event, person, "refused", {"text": reply.also})
    if event.chat:
        await outbox.put([_group_line(event, person)])


def _group_line(event: Message, person: Person | None) -> Letter:
    return Letter(
        id=outbox.new_id(event.at),
        kind=LetterKind.GROUP,
        platform=event.platform,
        person=person.id if person else "",
        account=event.chat,
        template="say",
        args={"text": "已在与您的单独对话中回复。", "message": event.message},
        created_at=event.at,
    )


async def _clicked(event: Click, person: Person) -> Reply:
    """Carry the click out, then see that the clicked card tells the truth."""
    handler = CLICKS.get(event.act)
    reply = await handler(event, person) if handler else Reply("这个按钮已不再使用。", ok=False)
    card = await outbox.get(event.card) if event.card else None
    own = card is not None and card.person == person.id
    if card is None or not own:
        await _speak(event, person, reply)
        return Reply(reply.toast, reply.ok)
    if event.code:
        await outbox.new_code(card.id, event.code)
    template, args = (reply.template, reply.args) if reply.template else (card.template, card.args)
    if reply.template:
        request = args.get("request", card.request)
        await outbox.retitle(card.id, template, args, request)
    if event.platform is Platform.WECOM:
        await outbox.put([notify.update_of(card, event.at, template, args)])
        if not reply.ok:
            await _speak(event, person, reply)
    return Reply(reply.toast, reply.ok, template, args)


def _told(reply: Reply) -> dict[str, str]:
    return {"text": reply.toast} | ({"title": reply.title} if reply.title else {})


async def _speak(event: Click, person: Person, reply: Reply) -> None:
    """Where no toast can be shown, what a click was answered is said."""
    if event.platform is Platform.WECOM and reply.toast:
        template = "say" if reply.ok else "refused"
        await notify.answer(event, person, template, _told(reply))
