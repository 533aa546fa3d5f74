"""Feishu's error codes in our words (open platform pages im-v1/message/create, ugjM14COyUjL4ITN).

A code that stands in no table is permanent: retrying what nobody understands would go on for ever.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from bot.platforms.base import Answer, Fault, Passing, Permanent

STALE = frozenset({99991663, 99991664, 99991665})
LIMITED = 99991400
LOCKED = 11310  # somebody presses the card at this moment; also said of too many elements
CARD_REFUSED = 230099
PASSING = {1663: None, 2200: None, 230020: 1.0, 230049: 1.0}
REASON = re.compile(r"ErrCode: (\d+)(?:; ErrPath: ([^;]*))?")


def _table(*groups: tuple[Fault, Iterable[int]]) -> Mapping[int, Fault]:
    return {code: fault for fault, codes in groups for code in codes}


FAULTS = _table(
    (Fault.RECEIVER, (230002, 230013, 230018, 230029, 230034, 230035, 230036, 230038, 230053, 230075)),
    (Fault.RECEIVER, (99992352, 99992353, 99992355, 99992356, 99992361)),
    (Fault.CARD, (230001, 230015, 230017, 230022, 230025, 230028, 230054, 230055, CARD_REFUSED, 99992402)),
    (Fault.GONE, (230009, 230011, 230019, 230026, 230031, 230071, 230110, 230111, 232009, 99992354)),
    (Fault.GONE, (234001, 234002, 234003, 234004, 234009, 234037, 234038, 234040, 234043)),
)


class StaleToken(Passing):
    """The token is refused: once dropped and fetched again, the call may be repeated."""


def read(answer: Answer) -> Mapping[str, Any]:
    """The decoded body of a success; raises `Passing` (also `StaleToken`) or `Permanent`.

    The code decides, since a failure may come with HTTP 200.
    """
    try:
        body = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        raise _unreadable(answer) from None
    code = body.get("code") if isinstance(body, dict) else None
    if answer.status >= 500 or not isinstance(code, int):
        raise _unreadable(answer)
    if code != 0:
        raise failure(code, str(body.get("msg", "")), answer)
    return body  # type: ignore[no-any-return]


def failure(code: int, said: str, answer: Answer) -> Passing | Permanent:
    """What an error code means; what the platform said beside it is read for a card's sub-code only."""
    if code in STALE:
        return StaleToken(f"{code}")
    if code == LIMITED:
        return _limited(answer)
    if code in PASSING:
        return Passing(f"{code}", PASSING[code])
    found = REASON.search(said) if code == CARD_REFUSED else None
    if found and int(found[1]) == LOCKED and "lock" in said:
        return Passing(f"{code}/{found[1]}", 1.0)
    why = f"card refused: {found[1]} at {found[2]}" if found else "refused"
    return Permanent(FAULTS.get(code, Fault.CONFIG), code, why)


def _unreadable(answer: Answer) -> Passing:
    return (
        _limited(answer) if answer.status == 429 else Passing(f"HTTP {answer.status}, no answer of the API")
    )


def _limited(answer: Answer) -> Passing:
    """The header says how many seconds to leave the platform alone."""
    try:
        after = float(answer.headers.get("x-ogw-ratelimit-reset", ""))
    except ValueError:
        after = 1.0
    return Passing(f"{LIMITED}", min(max(after, 1.0), 3600.0), whole=True)
