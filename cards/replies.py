"""Short answers in words to whoever just wrote: a reason taken or not, a draft that is still open."""

from collections.abc import Sequence

from cards import phrases
from cards.card import Card
from cards.form import Form
from cards.view import Face
from storage.records import Act, Draft, Medium, Request
from storage.steps import Step

_SHORT = 60
WHICH = "请说明是哪一件"


def need_reason(act: str, number: str, called: str = "") -> str:
    """What a decision still lacks, how to give it, and how to let it be; `called` is its word at the step."""
    how = f"请直接回复理由（10 分钟内有效；不办了请发“取消”），或发：/{act} {number} 理由"
    return f"{called or act}须写明理由。{how}"


def which_one(word: str, numbers: Sequence[str]) -> str:
    """Several numbers behind a command that is about one request: nothing was done."""
    return f"/{word} 一次只办一件，{'、'.join(numbers)} 都还没有办。请分开发，例如：/{word} {numbers[0]}"


def not_done(word: str, numbers: Sequence[str]) -> str:
    """The numbers behind the first, of which nothing was done, and how to go on."""
    return f"一次只办一件，{'、'.join(numbers)} 没有办。请再发：/{word} {numbers[0]}"


def commands_not_done(further: str) -> str:
    """Commands that stood in one message behind the first, which alone was carried out."""
    shown = phrases.excerpt(" ".join(further.split()), _SHORT)
    return f"一条消息只办一个命令，后面的没有办：{shown}\n请分开再发。"


def reason_given_up(act: str, number: str) -> str:
    return f"已取消，没有{act} {number}，这件仍等您办理。"


def reason_too_late(act: str, number: str, typed: str) -> str:
    """The ten minutes are over: the line that does it all the same, with the words where they are few."""
    reason = typed if len(typed) <= _SHORT and "\n" not in typed else "理由"
    return f"回复理由的 10 分钟已过，还没有{act}。如仍要{act}，请发：/{act} {number} {reason}"


def too_long(count: int, most: int) -> str:
    return f"最多写 {most} 字，这次写了 {count} 字，没有办理，什么都没有改变。请缩短后再发。"


def reason_unused(act: str, number: str, reason: str) -> str:
    """A reason to return it was chosen, and something else pressed: nothing was done."""
    return (
        f"您选了理由“{reason}”，又按了{act}，没有办理。要{act}请把理由改回“请选择理由”再按，"
        f"或带意见发：/{act} {number} {reason}；要退回请按“退回”。"
    )


def decided(what: Act, step: Step | None, number: str, reason: str, further: str = "") -> str:
    """已不同意 FB-2026-0001，理由：…; with 同意 it is an opinion; `further` is what follows of it."""
    word = "不同意" if phrases.act(what, step) == "不同意" else phrases.done(what, step)
    told = f"已将 {number} {word}" if word.startswith("定为") else f"已{word} {number}"
    said = "意见" if what is Act.APPROVE else "理由"
    return told + (f"，{said}：{phrases.excerpt(reason, _SHORT)}" if reason else "") + further + "。"


def need_link(request: Request, names: Sequence[str]) -> str:
    """What a receipt still lacks: the next line with a link is it."""
    if len(names) > 1:
        listed = "、".join(f"“{name}”" for name in names)
        return f"请发来发布后的链接（1 小时内有效），{listed}各一个，可一次发齐；要分清的写“{names[0]} https://…”。"
    return f"请直接发来发布后的链接（1 小时内有效），或发：/回执 {request.number} https://…"


def links_missing(
    whose: Sequence[tuple[str, str]],
    missing: Sequence[str],
    unclear: Sequence[str],
    doubts: Sequence[tuple[Medium, str, str]],
) -> str:
    """Whose link is which, which of them look odd, and which is still missing."""
    lines = [f"已登记 {name}：{link}" for name, link in whose]
    if doubts:
        lines.append(links_doubtful(doubts))
    if unclear and missing:
        lines += [f"看不出是哪个媒体的：{link}" for link in unclear]
        lines.append(f"请写明，例如：{missing[0]} {unclear[0]}")
    if missing:
        lines.append(f"还缺：{'、'.join(missing)}。请接着发链接；没有在那里发布的，回复“其余未发”。")
    return "\n".join(lines)


def links_doubtful(doubts: Sequence[tuple[Medium, str, str]]) -> str:
    """Links that cannot well be of their medium, and how to put them right or to insist."""
    lines = []
    for medium, link, kind in doubts:
        looks = f"像是{kind}的" if kind else "不像"
        lines.append(f"“{medium.name}”是{medium.platform_type}，这个链接{looks}，没有登记：{link}")
    medium, link, _ = doubts[0]
    lines.append(f"写反了请按“媒体 链接”重发；确实没错请发：确认 {medium.name} {link}")
    return "\n".join(lines)


def link_corrected(number: str, changed: Sequence[tuple[str, str, str]]) -> str:
    """Of each medium the old link, empty where there was none, and the new one."""
    lines = [f"{name}：{new}（原为 {old or '未发布'}）" for name, old, new in changed]
    return "\n".join((f"已更正 {number} 的链接，原来的仍留在办理记录里：", *lines))


def links_unclear(request: Request, names: Sequence[str]) -> str:
    """A link to be corrected, and nobody can tell whose it is."""
    return f"看不出要更正哪个媒体的链接，没有改。请写明，例如：/回执 {request.number} {names[0]} https://…"


def outdated(request: Request, face: Face, act: str) -> str:
    """A button of a card that is older than what the request came to."""
    return (
        f"{request.number} 现在是“{phrases.standing(request.state, face)}”，这次没有{act}。请看最新的消息。"
    )


def approval_lapsed(applicant: str, request: Request) -> str:
    return f"{applicant} 已撤回 {request.number}《{request.title}》，不得再发布，您无需再办。"


def stopped_for_secrecy(number: str) -> str:
    """To whoever was shown a request in which its applicant found what may be secret."""
    return (
        f"申请人报告 {number} 的内容可能涉密，这件已停止，标题、各版正文和附件已从本系统删除，"
        "近 24 小时发给您的卡片和附件正在撤回。"
        "请不要留存、转发或讨论；已下载的附件请交本单位保密员处理（第八条）。"
    )


def unclear(draft: Draft, form: Form, title: str) -> Card:
    """A line that fits nowhere while a draft is open: `title` is the field it seemed to name."""
    name = draft.form.get(form.named_by)
    called = f"《{name}》" if isinstance(name, str) and name else ""
    strange = f"{form.thing}没有“{title}”这一项。" if title else ""
    return Card(
        title="没看懂",
        lead=f"{strange}您有一份没提交的{form.thing}{called}。",
        text=f"要改请发“字段：值”，例如：{form.field(form.named_by).example}\n"
        f"继续填写请发 /{form.command}，不要了请发 /放弃。",
    )
