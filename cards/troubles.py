"""Why a platform did not take a message, in people's words, from the line that was kept of its answer."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Trouble(StrEnum):
    """What a platform's answer, or its absence, comes to."""

    TOKEN = "凭证被拒绝，密钥有误或已更换"
    ADDRESS = "本机的出口地址不在允许的名单里"
    DISABLED = "应用已停用或没有安装"
    PERMISSION = "应用没有这项权限"
    SPENT = "本月的调用次数已用完"
    FAST = "发得太密，平台要求稍后再发"
    BROKEN = "平台内部出错"
    CALLBACK = "后台还没有保存回调地址"
    AWAY = "连接不上"
    SILENT = "没有回应"
    UNREADABLE = "这条消息的记录已损坏"
    OURS = "程序没能生成这条消息"


REFUSED: Mapping[str, str] = {
    "receiver": "账号不在应用的可见范围内，或已停用、离职",
    "card": "平台拒绝了消息内容",
    "gone": "原消息已不存在",
    "config": "应用配置有误",
    "off": "登记的账号所在平台没有接入",
    "late": "三天里多次重发，平台都没有收下",
}
"""By the fault of which a letter was given up, which stands before the answer."""


def _table(*groups: tuple[Trouble, Iterable[int]]) -> Mapping[int, Trouble]:
    return {code: trouble for trouble, codes in groups for code in codes}


# Feishu: server-docs error codes, im-v1/message/create; WeCom: page 90313. No code means two things.
_CODES = _table(
    (Trouble.TOKEN, (10003, 10014, 99991661, 99991663, 99991664, 99991665, 99991668, 99991671)),
    (Trouble.TOKEN, (40001, 40013, 40014, 40056, 40091, 41001, 41002, 41004, 42001, 301002)),
    (Trouble.ADDRESS, (60020, 99991401)),
    (Trouble.DISABLED, (99991662, 99991673, 48006, 50003)),
    (Trouble.PERMISSION, (99991672, 48001, 48002, 60011)),
    (Trouble.SPENT, (99991403,)),
    (Trouble.FAST, (99991400, 230020, 45009, 45033, 45035, 45036)),
    (Trouble.BROKEN, (1663, 2200, -1, 6000)),
    (Trouble.CALLBACK, (43012,)),
)
_LINES = {
    "enough for one member": Trouble.FAST,
    "unanswered": Trouble.SILENT,
    "unreadable": Trouble.UNREADABLE,
}
_SHAPES = (
    (re.compile(r"0 \w+$"), Trouble.OURS),
    (re.compile(r"HTTP 5|no \w+ in the answer|not JSON|not an answer|errcode is"), Trouble.BROKEN),
    (re.compile(r"HTTP 429"), Trouble.FAST),
    (re.compile(r"Timeout"), Trouble.SILENT),
    (re.compile(r"\w+(Error|Exception|Refused)$"), Trouble.AWAY),
)
_CODE = re.compile(r"-?\d+")


def why(kept: str) -> str:
    """The line that was kept of a letter's last try, in words; empty where none was kept.

    The fault stands first where the letter was given up (`receiver: 60111 …`), and says why, unless it is
    the app's own, of which the code says more.
    """
    fault, given_up, rest = kept.partition(": ")
    if given_up and fault in REFUSED:
        known = answer(rest)
        return (known if fault == "config" or known is Trouble.OURS else None) or REFUSED[fault]
    return answer(kept) or (f"平台没有收下（{_short(kept)}）" if kept else "")


def answer(said: str) -> Trouble | None:
    """What an answer of a platform, or its absence, means; None where nobody knows."""
    code = _CODE.match(said)
    known = _CODES.get(int(code[0])) if code else _LINES.get(said)
    return known or next((trouble for shape, trouble in _SHAPES if shape.match(said)), None)


def _short(kept: str) -> str:
    """The code alone: what a platform says beside it is not for people."""
    code = _CODE.match(kept)
    return code[0] if code else kept[:40]
