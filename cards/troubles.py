"""Why a platform did not take a message, in people's words, from the line that was kept of its answer."""

import re
from collections.abc import Iterable, Mapping

REFUSED: Mapping[str, str] = {
    "receiver": "账号不在应用的可见范围内，或已停用、离职",
    "card": "平台拒绝了消息内容",
    "gone": "原消息已不存在",
    "config": "应用配置有误",
    "off": "登记的账号所在平台没有接入",
    "late": "平台连续三天没有收下",
}
"""By the fault of which a letter was given up, which stands before the answer."""

UNREADABLE = "这条消息的记录已损坏"
AWAY, SILENT, BROKEN = "连接不上", "没有回应", "平台内部出错"
FAST = "发得太密，平台要求稍后再发"


def _table(*groups: tuple[str, Iterable[int]]) -> Mapping[int, str]:
    return {code: words for words, codes in groups for code in codes}


# Feishu: server-docs error codes, im-v1/message/create; WeCom: page 90313. No code means two things.
_CODES = _table(
    ("凭证被拒绝，密钥有误或已更换", (10003, 99991661, 99991663, 99991664, 99991665, 99991668, 99991671)),
    ("凭证被拒绝，密钥有误或已更换", (40001, 40013, 40014, 40056, 40091, 41001, 41002, 41004, 42001, 301002)),
    ("本机的出口地址不在允许的名单里", (60020, 99991401)),
    ("应用已停用或没有安装", (10014, 99991662, 99991673, 48006, 50003)),
    ("应用没有这项权限", (99991672, 48001, 48002)),
    ("本月的调用次数已用完", (99991403,)),
    (FAST, (99991400, 230020, 45009, 45033, 45035, 45036)),
    (BROKEN, (1663, 2200, -1, 6000)),
    ("后台还没有保存回调地址", (43012,)),
)
_LINES = {"enough for one member": FAST, "unanswered": SILENT, "unreadable": UNREADABLE}
_SHAPES = (
    (re.compile(r"HTTP 5|no \w+ in the answer|not JSON|not an answer|errcode is"), BROKEN),
    (re.compile(r"HTTP 429"), FAST),
    (re.compile(r"Timeout"), SILENT),
    (re.compile(r"\w+(Error|Exception|Refused)$"), AWAY),
)
_CODE = re.compile(r"-?\d+")


def why(kept: str) -> str:
    """The line that was kept of a letter's last try, in words; empty where none was kept.

    The fault stands first where the letter was given up (`receiver: 60111 …`), and says why, unless it is
    the app's own, of which the code says more.
    """
    fault, given_up, rest = kept.partition(": ")
    if given_up and fault in REFUSED:
        return (answer(rest) if fault == "config" else "") or REFUSED[fault]
    return answer(kept) or (f"平台没有收下（{_short(kept)}）" if kept else "")


def answer(said: str) -> str:
    """What an answer of a platform, or its absence, means; empty where nobody knows."""
    code = _CODE.match(said)
    known = _CODES.get(int(code[0])) if code else _LINES.get(said)
    return known or next((words for shape, words in _SHAPES if shape.match(said)), "")


def _short(kept: str) -> str:
    """The code alone: what a platform says beside it is not for people."""
    code = _CODE.match(kept)
    return code[0] if code else kept[:40]
