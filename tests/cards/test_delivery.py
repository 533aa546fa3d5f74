"""Where a message is, and why it did not arrive, in the words in which people read it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cards import delivery, troubles
from cards.delivery import Where
from handlers.letters.delivery import of
from storage.letters import Letter, LetterKind, LetterState
from storage.records import Platform

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WECOM, FEISHU = Platform
QUEUED, SENDING, SENT, DEAD, SKIPPED = LetterState
LETTER = Letter(
    "1", LetterKind.SEND, WECOM, "2101", "wang", "approval", {}, AT, state=QUEUED, sent_at=AT
)  # fmt: skip
ON_FEISHU = replace(LETTER, id="2", platform=FEISHU)
REFUSED = "receiver: 60111 userid not found, hint: [abc]"
TOLD = "已告知全媒体中心和系统管理员"
SCOPE = "账号不在应用的可见范围内，或已停用、离职"


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        ([LETTER], "企业微信正在发送"),
        ([replace(LETTER, error="HTTP 502")], "企业微信还没有送到（平台内部出错），会接着发"),
        ([replace(LETTER, state=SENDING, error="unanswered")], "企业微信还没有送到（没有回应），会接着发"),
        ([replace(LETTER, state=SENT)], "企业微信已送达 11月23日（周一）09:00"),
        ([replace(ON_FEISHU, state=SENT)], "飞书已送达 11月23日（周一）09:00，还没有看"),
        (
            [replace(LETTER, state=SENT, read_at=AT + timedelta(hours=1))],
            "企业微信已送达 11月23日（周一）09:00，11月23日（周一）10:00 已看",
        ),
        ([replace(LETTER, state=DEAD, error=REFUSED)], f"企业微信没有送到（{SCOPE}），{TOLD}"),
        (
            [replace(LETTER, state=DEAD, error=REFUSED), ON_FEISHU],
            f"企业微信没有送到（{SCOPE}），改由飞书送；飞书正在发送",
        ),
        (
            [replace(LETTER, state=DEAD, error=REFUSED), replace(ON_FEISHU, state=DEAD, error=REFUSED)],
            f"企业微信没有送到（{SCOPE}），{TOLD}；飞书没有送到（{SCOPE}），{TOLD}",
        ),
        ([replace(LETTER, state=DEAD, error=REFUSED), replace(LETTER, id="3")], "企业微信正在发送"),
    ],
)
def test_a_letter_is_in_one_state_that_people_can_read(letters: list[Letter], told: str) -> None:
    assert delivery.told(of(letters), "2101", AT) == told


def test_every_state_has_its_words() -> None:
    assert set(delivery.SAID) == set(Where)


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("", ""),
        ("ConnectionRefusedError", "连接不上"),
        ("ServerDisconnectedError", "连接不上"),
        ("TimeoutError", "没有回应"),
        ("HTTP 503, no answer of the API", "平台内部出错"),
        ("no token in the answer", "平台内部出错"),
        ("99991400", "发得太密，平台要求稍后再发"),
        ("45009 api freq out of limit", "发得太密，平台要求稍后再发"),
        ("enough for one member", "发得太密，平台要求稍后再发"),
        ("99991403 refused", "本月的调用次数已用完"),
        ("40001 invalid credential, hint: [abc]", "凭证被拒绝，密钥有误或已更换"),
        ("10003 refused", "凭证被拒绝，密钥有误或已更换"),
        ("60020 not allow to access from your ip", "本机的出口地址不在允许的名单里"),
        ("99991672 refused", "应用没有这项权限"),
        ("config: 50003 app disabled", "应用已停用或没有安装"),
        ("config: 12345 what", "应用配置有误"),
        ("0 KeyError", "程序没能生成这条消息"),
        ("card: 0 KeyError", "程序没能生成这条消息"),
        ("card: 230099 refused", "平台拒绝了消息内容"),
        ("late: 0 HTTP 502", "三天里多次重发，平台都没有收下"),
        ("off: 0 this platform is switched off", "登记的账号所在平台没有接入"),
        ("230099/11310", "平台没有收下（230099）"),
        ("unreadable", "这条消息的记录已损坏"),
    ],
)
def test_what_was_kept_of_an_answer_is_told_in_words(kept: str, words: str) -> None:
    assert troubles.why(kept) == words
