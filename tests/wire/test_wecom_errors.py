"""What each answer of WeCom means for a letter: again later, or never and why."""

from typing import Any

import pytest

from bot.platforms.base import Answer, Fault, Passing, Permanent
from bot.platforms.wecom import Wecom
from bot.platforms.wecom_errors import StaleToken, check
from cards.card import Card
from tests.wire.wecom_samples import SETTINGS, sample
from tests.wire.wecom_world import Clock, Line, said

TOKEN = said(sample("out-gettoken")["response"]["body"])
KEY = "0123456789abcdef0123456789abcdef"
MEANING: dict[int, object] = {
    -1: Passing,
    40001: Fault.CONFIG,
    40003: Fault.RECEIVER,
    40014: StaleToken,
    40056: Fault.CONFIG,
    40058: Fault.CARD,
    41001: Fault.CONFIG,
    42001: StaleToken,
    42014: Fault.CARD,
    43012: Fault.CONFIG,
    45009: Passing,
    45033: Passing,
    48002: Fault.CONFIG,
    60020: Fault.CONFIG,
    60111: Fault.RECEIVER,
    60140: Fault.GONE,
    81013: Fault.RECEIVER,
    301002: Fault.CONFIG,
}


def meaning(body: dict[str, Any]) -> object:
    with pytest.raises((Passing, Permanent)) as failure:
        check(body)
    error = failure.value
    return error.fault if isinstance(error, Permanent) else type(error)


@pytest.mark.parametrize("body", sample("out-errors")["bodies"], ids=lambda body: str(body["errcode"]))
def test_every_error_sample_has_its_meaning(body: dict[str, Any]) -> None:
    assert meaning(body) == MEANING[body["errcode"]]


@pytest.mark.parametrize("code", [-1, 6000, 45009, 45033, 45035, 45036])
def test_a_busy_platform_passes(code: int) -> None:
    assert meaning({"errcode": code}) is Passing


@pytest.mark.parametrize("code", [42027, 45002, 82004, 999999])
def test_a_code_nobody_knows_is_for_good(code: int) -> None:
    assert meaning({"errcode": code}) == Fault.CARD


def test_too_many_calls_leave_the_whole_platform_alone_for_a_minute() -> None:
    with pytest.raises(Passing) as failure:
        check({"errcode": 45009})

    assert (failure.value.after, failure.value.whole) == (60.0, True)


@pytest.mark.parametrize("body", [{}, {"errcode": 0}, {"access_token": "t"}])
def test_an_answer_without_a_code_is_a_success(body: dict[str, Any]) -> None:
    check(body)


@pytest.mark.parametrize(
    "answer",
    [
        TimeoutError(),
        ConnectionResetError(),
        Answer(502, b"bad gateway"),
        Answer(200, b"<html>"),
        Answer(200, b"[]"),
        said({"errcode": "0"}),
        said({"errcode": 0}, status=500),
    ],
)
async def test_no_proper_answer_passes(answer: Answer | Exception) -> None:
    wecom = Wecom(SETTINGS, Line(TOKEN, answer), Clock())

    with pytest.raises(Passing):
        await wecom.send("liwei", Card("待办"), KEY)


async def test_what_is_said_of_a_failure_holds_no_secret() -> None:
    wecom = Wecom(SETTINGS, Line(OSError(f"GET /gettoken?corpsecret={SETTINGS.secret}")), Clock())

    with pytest.raises(Passing) as failure:
        await wecom.ready()

    assert failure.value.why == "OSError"


@pytest.mark.parametrize(
    "body",
    [
        sample("out-message_send-partial_invalid")["response"]["body"],
        sample("out-message_send-error_81013")["response"]["body"],
        {"errcode": 0, "invaliduser": "sunyu"},
        {"errcode": 0, "invaliduser": "", "unlicenseduser": "sunyu"},
    ],
)
async def test_a_receiver_who_cannot_be_written_to_is_told_apart(body: dict[str, Any]) -> None:
    wecom = Wecom(SETTINGS, Line(TOKEN, said(body)), Clock())

    with pytest.raises(Permanent) as failure:
        await wecom.send("sunyu", Card("提醒"), KEY)

    assert (failure.value.fault, failure.value.code) == (Fault.RECEIVER, 81013)
