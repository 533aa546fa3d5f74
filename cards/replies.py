"""Short answers in words to whoever just wrote: a reason taken or not, a draft that is still open."""

from collections.abc import Sequence

from cards import phrases
from cards.card import Card
from cards.form import Form
from cards.view import Face
from storage.records import Act, Draft, Request, State
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


def erased(request: Request) -> str:
    """Why there is no text any more."""
    why = "因可能涉密已删除（第八条）" if request.state is State.STOPPED else "已随注销登记删除"
    return f"{request.number} 的内容{why}。"


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
