"""What WeCom's error codes mean for a letter (WeCom page 90313): passing, or for good and why."""

from collections.abc import Mapping
from typing import Any

from bot.platforms.base import Fault, Passing, Permanent

_BUSY = frozenset({-1, 6000})
_CROWDED = frozenset({45033, 45035, 45036})
_FREQUENCY = 45009
_FREQUENCY_WAIT = 60.0
_STALE = frozenset({40014, 42001})

BAD_RECEIVER = 81013
GONE_CODE = 60140
TASK_KNOWN = 42014
"""Also said of a task_id that no card may have: the renderer's are always good."""

_FAULTS = {
    Fault.CONFIG: frozenset(
        {40001, 40013, 40056, 40091, 41001, 41002, 41004, 43012, 48001, 48002, 48006, 48010, 50001, 50003}
        | {60020, 60031, 80001, 85005, 301002}
    ),
    Fault.RECEIVER: frozenset(
        {40003, 40031, 40068, 46004, 50002, 60003, 60011, 60021, 60111, 60123, BAD_RECEIVER, 92000}
    ),
    Fault.GONE: frozenset({40007, 40145, 42015, 42016, 42052, GONE_CODE, 82101, 82102}),
}
_FAULT = {code: fault for fault, codes in _FAULTS.items() for code in codes}


class StaleToken(Passing):
    """The access token is no longer good: fetch another and ask once more."""


def check(body: Mapping[str, Any]) -> None:
    """Raises `Passing` or `Permanent` for an answer that is an error; success may lack `errcode`.

    A code nobody knows is for good: asking again would be refused again. `errmsg` is for the log and
    may change its words at any time.
    """
    code = body.get("errcode", 0)
    if code == 0:
        return
    if not isinstance(code, int):
        raise Passing("errcode is no number")
    why = f"{code} {str(body.get('errmsg', ''))[:120]}"
    if code in _STALE:
        raise StaleToken(why)
    if code == _FREQUENCY:
        raise Passing(why, _FREQUENCY_WAIT, whole=True)
    if code in _BUSY | _CROWDED:
        raise Passing(why)
    raise Permanent(_FAULT.get(code, Fault.CARD), code, why)
