"""Every command, button and tick on one page; `desk.py` has each handled by what stands here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial

from cards import batch as together
from cards import beginning as first
from cards import comments, inspection, namesakes, papers, phrases, registers
from cards import handing_over as handover
from cards.form_dispatch import DISPATCH
from cards.official import REPORT
from cards.processes.inspection import FIGURES
from cards.withdrawal import KEEP, SURE
from handlers import (
    answering,
    basis,
    clauses,
    commands,
    documenting,
    exporting,
    interpreting,
    lists,
    looking,
    official,
    tracing,
)
from handlers import help as helping
from handlers.applicants import applicant
from handlers.campaigns import asking, managing, silencing
from handlers.campaigns import command as campaigns
from handlers.campaigns.answering import ANSWERING, RECEIVED
from handlers.campaigns.managing import MANAGING
from handlers.cases import acting, batch, decide, handing_over, on_duty, proxying
from handlers.cases.acting import Operation
from handlers.cases.appealing import APPEALING
from handlers.cases.handing_on import TRANSFER
from handlers.cases.inviting import INVITING
from handlers.cases.saying import SAYING
from handlers.cases.stewarding import STEWARDING
from handlers.cases.suspending import SUSPENDING
from handlers.cases.undoing import UNDOING
from handlers.commands import Line
from handlers.directory import departures
from handlers.drafts import again, begin, buttons, commenting, keeping, leaving, supplying
from handlers.drafts.commenting import COMMENTING
from handlers.drafts.looking_again import LOOKING_AGAIN
from handlers.events import Click, Message, Reply, Tick
from handlers.help import Command
from handlers.kinds.process import SUPPLEMENTS, Process, Supplement
from handlers.processes import impersonated
from handlers.processes.all import PROCESSES
from handlers.registers import all as registered
from handlers.registers import leaving as leaving_registers
from handlers.registers import signing
from handlers.registers.revoking import REVOKE
from handlers.reminders import acts, look_out, remind
from handlers.rounds import beginning, confirming, inspecting, opening, powers, yearly
from handlers.rounds import command as rounds
from handlers.rules import lifecycle
from storage import drafts, outbox
from storage.drafts import Prompt
from storage.records import Act, Person

OnClick = Callable[[Click, Person], Awaitable[Reply]]


async def _give_up(event: Message, person: Person, line: Line) -> Reply:
    """What was begun last is left: a reason that is waited for, else the open draft."""
    prompt = await drafts.expected(person.id, event.at)
    if prompt and not line.text:
        left = replace(event, text="取消")
        return await PROMPTED.get(prompt.act, decide.prompted)(left, person, prompt)
    return await leaving.give_up(event, person, line)


async def _help(event: Message, person: Person, line: Line) -> Reply:
    """`/帮助`, `/帮助 更多`, `/帮助 退回`."""
    word = line.words.lstrip(commands.SLASHES).strip().lower()
    if word in ("", helping.MORE):
        rest = word == helping.MORE
        return await helping.listed(event, person, [c for c in COMMANDS if (c.name in SELDOM) == rest], rest)
    if one := BY_NAME.get(NAMES.get(word) or MEANT.get(word, "")):
        return await helping.of_one(event, person, one)
    nearest = commands.nearest(word, NAMES)
    return Reply(
        template="unknown", args={"typed": word[:20], "nearest": f"帮助 {nearest}" if nearest else ""}
    )


OPERATIONS: tuple[Operation, ...] = (
    TRANSFER,
    *INVITING,
    *UNDOING,
    *SAYING,
    RECEIVED,
    *ANSWERING,
    *MANAGING,
    *LOOKING_AGAIN,
    *COMMENTING,
    *STEWARDING,
    *APPEALING,
    *SUSPENDING,
    REVOKE,
)
"""What may be done on a chain besides deciding, in the order in which /帮助 更多 lists it."""

REGISTERS: Mapping[str, Callable[[Message, Person, Line], Awaitable[Reply | None]]] = {
    **registered.LISTED,
    DISPATCH.kind: campaigns.command,
}
"""Registers by the kind of what stands on them: what their command lists; None where it begins the form."""

PROMPTED: Mapping[Act, Callable[[Message, Person, Prompt], Awaitable[Reply]]] = {
    Act.RECEIPT: applicant.prompted,
    **{one.act: partial(acting.prompted, operation=one) for one in OPERATIONS},
}
"""Who takes the line that was waited for, where it is not the reason of a decision."""

_decide = {act: partial(decide.command, act=act) for act in lifecycle.DECISIONS}
_own = {act: partial(applicant.command, act=act) for act in lifecycle.APPLICANTS}


def _operated(one: Operation) -> Command:
    """The command of an operation on the step that waits."""
    return Command(
        one.command, one.alias, partial(acting.command, operation=one), one.audience, one.usage, one.help
    )


async def _start(event: Message, person: Person, line: Line, kind: str) -> Reply:
    """What stands on the register where that is asked for, else the form."""
    looked = await REGISTERS[kind](event, person, line) if kind in REGISTERS else None
    return looked or await begin.command(event, person, line, kind)


async def _register_new(event: Click, person: Person) -> Reply:
    """登记新的: the form comes as a message of its own."""
    message = _as_message(event)
    line = Line(PROCESSES[event.ref].form.command)
    await answering.answer(message, person, await begin.command(message, person, line, event.ref))
    return Reply()


def _started(process: Process) -> Command:
    """The command that begins a draft of a process."""
    start, name = partial(_start, kind=process.kind), process.form.command
    return Command(name, process.alias, start, process.audience, f"/{name}", process.help)


def _supplied(added: Supplement) -> Command:
    """The command that adds answers to a request."""
    name = added.form.command
    start = partial(supplying.command, kind=added.kind)
    return Command(name, added.alias, start, added.audience, f"/{name} 编号", added.help)


COMMANDS: tuple[Command, ...] = (
    Command("帮助", "help", _help, "all", "/帮助 [命令]", "您可以用的命令；写上命令名，看它怎么用"),
    *(_started(process) for process in PROCESSES.values() if process.starts),
    *map(_supplied, SUPPLEMENTS.values()),
    *(
        Command(*line)
        for line in (
            ("待办", "inbox", lists.inbox, "all", "/待办", "等您办理的事项"),
            ("我的", "mine", lists.mine, "all", "/我的", "您提交的申请和草稿"),
            ("查询", "show", lists.show, "all", "/查询 编号", "进度、记录和全文"),
            ("为什么", "why", lists.why, "all", "/为什么 编号", "为什么走到这一步、等谁、接着怎样"),
            (
                "同意",
                "approve",
                batch.command,
                "approver",
                "/同意 编号 [意见]",
                "同意；几件一起写编号、编号",
            ),
            ("退回", "return", _decide[Act.RETURN], "approver", "/退回 编号 [到 步骤] 理由", "退回修改"),
            ("不同意", "reject", _decide[Act.REJECT], "approver", "/不同意 编号 理由", "不同意、不宜公开"),
            (
                "报中心",
                "escalate",
                _decide[Act.ESCALATE],
                "responsible",
                "/报中心 编号 [理由]",
                "同意并报中心",
            ),
            (
                "代理",
                "delegate",
                proxying.proxy,
                "absent",
                "/代理 姓名 起 止 [范围] [原因]",
                "外出期间请人代您决定",
            ),
            ("撤回", "withdraw", _own[Act.WITHDRAW], "staff", "/撤回 编号", "撤回您的申请"),
            ("修改", "revise", _own[Act.REVISE], "staff", "/修改 编号", "修改被退回的申请"),
            ("催办", "urge", _own[Act.URGE], "staff", "/催办 编号", "请办理人尽快办"),
            ("回执", "receipt", _own[Act.RECEIPT], "staff", "/回执 编号 链接", "登记、更正已发布的链接"),
            ("放弃", "discard", _give_up, "staff", "/放弃", "放弃没提交的草稿"),
            ("恢复", "restore", leaving.restore, "staff", "/恢复", "取回一天内放弃的草稿"),
            ("台账", "ledger", looking.command, "reader", "/台账 [词]", "查已备案的媒体（第四条）"),
            ("提醒", "remind", acts.command, "reader", "/提醒 编号 [办、推迟、谁]", "打开或推迟一项提醒"),
            ("声明", "statement", impersonated.command, "centre", "/声明 编号", "冒用核实属实后的声明草稿"),
            (
                official.COMMAND,
                official.ALIAS,
                official.command,
                "all",
                f"/{official.COMMAND} 名称或链接",
                "查一个账号是不是官方的（第十一条）",
            ),
            ("条款", "article", clauses.article, "all", "/条款 6", "查管理办法的条文"),
            ("公文", "document", documenting.command, "all", "/公文 编号", "可打印的审批记录、通知书"),
            ("导出", "export", exporting.command, "centre", "/导出 类别 [年]", "一类事项一年的表格"),
            ("溯源", "trace", tracing.command, "auditor", "/溯源 编号、链接或文字", "谁写、谁看、谁批、谁发"),
            ("解释", "interpret", interpreting.command, "all", "/解释 条款 问题", "问中心；/解释 看现行解释"),
            (
                "依据",
                "basis",
                basis.command,
                "all",
                "/依据 条款",
                "办法的依据、版本；/依据 编号 看当时的版本",
            ),
        )
    ),
    *map(_operated, OPERATIONS),
    Command(
        "交接", "handover", handing_over.command, "handover", "/交接 人 给 人", "看某人名下的事项，一次移交"
    ),
    Command(
        "督查",
        "inspect",
        inspecting.command,
        "accounts",
        "/督查 年",
        "年度督查（第十二条）；/督查 单位 看在办事项",
    ),
    Command("摸底", "inventory", rounds.command, "staff", "/摸底", "填报、查看媒体摸底（第十一条）"),
    Command("解除静默", "unsilence", managing.lift, "centre", "/解除静默", "提前结束静默（第五条（一））"),
    Command("四权", "powers", confirming.command, "powers", "/四权", "出版机构四权每年的确认（第十条）"),
    Command("签到", "sign", signing.command, "all", "/签到 码", "培训签到：发会场上的码，再按一下"),
    Command("补签", "sign_late", signing.late, "staff", signing.LATE_USAGE, "培训的组织者会后补签"),
    Command("值班", "duty", on_duty.command, "rosters", "/值班 单位 人 起 止", "排下班后办紧急事项的人"),
    Command("再发", "again", again.command, "staff", again.USAGE, "照已了结的申请再拟一份"),
)

OPERATED = frozenset(one.command for one in OPERATIONS)
ON_CARDS = frozenset(added.form.command for added in SUPPLEMENTS.values())
"""What a card asks for with a button of its own."""

_RARE = "四权 声明 公文 依据 再发 恢复 提醒 交接 值班 解除静默 补签"
SELDOM = OPERATED | ON_CARDS | set(_RARE.split())
"""What is not asked for every day stands behind /帮助 更多, so that the first list fits a phone."""

_ABOUT_ONE = "查询 为什么 同意 退回 不同意 报中心 撤回 修改 催办 回执 再发 声明 补签 公文"
NUMBERED = OPERATED | ON_CARDS | set(_ABOUT_ONE.split())
"""Commands that begin with the number of a request, which may be written short."""

_DECIDED = {Act.APPROVE: "同意", Act.RETURN: "退回", Act.REJECT: "不同意"}
NAMES: Mapping[str, str] = {
    **{word: _DECIDED[act] for word, act in phrases.WORDS.items()},
    **{name: c.name for c in COMMANDS for name in (c.name, c.alias)},
    "取消": "放弃",
    "更正": "修改",
    "注销登记": "撤回",
    "取消培训": "撤回",
}
MEANT: Mapping[str, str] = {"批准": "同意", "不通过": "不同意", "驳回": "退回"}
"""What people call a command, where its name is not near in letters."""

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}
FORMS = {process.form.command: process.form for process in PROCESSES.values() if process.starts}


def _as_message(event: Click) -> Message:
    """A press that stands for a line somebody writes."""
    return Message(
        key=event.key, platform=event.platform, accounts=event.accounts, at=event.at, said_at=event.said_at,
        message=event.message,
    )  # fmt: skip


async def _menu(event: Click, person: Person) -> Reply:
    """A button of the greeting: the command of that name."""
    line = Line(BY_NAME[NAMES[event.act.removeprefix("menu_")]].name)
    message = _as_message(event)
    reply = await BY_NAME[line.name].handle(message, person, line)
    await answering.answer(message, person, reply)
    return Reply()


async def _meant(event: Click, person: Person) -> Reply:
    """Which of several of a name was meant: the command again, with the 工号 in the name's place."""
    card = await outbox.get(event.card) if event.card else None
    if card is None or card.person != person.id or event.ref not in card.args.get("people", ()):
        return Reply("请重新发送命令，把姓名写成工号。", ok=False)
    args = card.args
    if number := args.get("chosen"):
        return Reply(f"已选 {args['name']} {number}，不用再选。", template=namesakes.TEMPLATE, args=args)
    line = commands.parse(f"/{args['before']} {event.ref} {args['after']}")
    assert line is not None
    reply = await BY_NAME[line.name].handle(_as_message(event), person, line)
    if reply.template:
        await answering.answer(_as_message(event), person, reply)
    if not reply.ok:
        return reply
    said = {"chosen": event.ref, "said": reply.toast or ("请看新消息。" if reply.template else "已照办。")}
    return Reply(reply.toast, template=namesakes.TEMPLATE, args={**args, **said})


CLICKS: Mapping[str, OnClick] = {
    **dict.fromkeys(buttons.ACTS, buttons.click),
    **dict.fromkeys((Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT), decide.click),
    **dict.fromkeys((Act.WITHDRAW, Act.REVISE, Act.URGE, Act.RECEIPT, SURE, KEEP), applicant.click),
    **dict.fromkeys(("menu_inbox", "menu_publish", "menu_mine", "menu_help"), _menu),
    "ledger_page": looking.turn,
    "attention_page": looking.turn_attention,
    namesakes.MEANT: _meant,
    **{one.act: partial(acting.click, operation=one) for one in OPERATIONS},
    Act.AGAIN: again.click,
    "lift_silence": managing.lifted,
    "campaign_again": campaigns.again,
    "campaign_result": campaigns.result,
    Act.SUPPLY: supplying.click,
    "more": lists.more,
    together.ASK: batch.asked,
    together.SURE: batch.sure,
    together.KEEP: batch.keep,
    first.SURE: partial(beginning.sure, kinds=(opening.ROUND, yearly.ROUND, confirming.ROUND)),
    first.KEEP: beginning.keep,
    handover.SURE: handing_over.sure,
    handover.KEEP: handing_over.keep,
    FIGURES: inspecting.look,
    inspection.TURN: inspecting.turn,
    "medium": looking.open_medium,
    "medium_history": looking.open_history,
    "medium_change": looking.start_change,
    registers.NEW: _register_new,
    **registered.CLICKS,
    REPORT: official.report,
    comments.BAD: commenting.bad,
    comments.LEAD: commenting.lead,
    papers.ASK: documenting.asked,
    "view": lists.view,
    "open": lists.open_card,
    "duty": acts.opened,
    "start_change": acts.start_change,
    "snooze": acts.snooze,
    "who_told": acts.who_told,
}

TICKS: Mapping[str, Callable[[Tick], Awaitable[Reply]]] = {
    "rounds": opening.open_some,
    "campaigns": asking.ask_some,
    "silences": silencing.handle,
    "remind": remind.handle,
    "look_out": look_out.handle,
    "powers": powers.yearly,
    "forget": keeping.forget,
    "depart": departures.handle,
    "registers": leaving_registers.handle,
}
