"""Small conversions between rows and records that several modules share."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import orjson


def dump(value: Any) -> str:
    """JSON text as it is stored: keys sorted, the fields of a dataclass in their own order."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def load(text: str) -> Any:
    return orjson.loads(text)


def among(words: Iterable[StrEnum]) -> str:
    """Words of our own as SQL compares with several: `IN ('in_review', 'paused')`."""
    return f"IN ({', '.join(repr(word.value) for word in words)})"


def marks(values: int) -> str:
    """`?, ?, ?` for that many values."""
    return ", ".join("?" * values)
