"""Reading untrusted JSON: what is not there, or is of another type, is refused and never a traceback."""

import json
from collections.abc import Mapping
from typing import Any

import orjson

from bot.platforms.base import Refused


def parse(body: bytes | str, what: str) -> Mapping[str, Any]:
    """The JSON object in `body`; raises `Refused`.

    Half an emoji or a bare control character in what somebody typed is no reason to lose it.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = _leniently(body, what)
    if not isinstance(value, dict):
        raise Refused(400, f"{what} is not an object")
    return value


def _leniently(body: bytes | str, what: str) -> Any:
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"{what} is not JSON") from error


def dig(node: object, *path: str) -> Any:
    """What stands at `path`, or None."""
    for name in path:
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


def text(node: object, *path: str) -> str:
    """The string at `path`, empty where there is none."""
    value = dig(node, *path)
    return value if isinstance(value, str) else ""


def need(node: object, *path: str) -> str:
    """The string at `path`; raises `Refused` where it is missing or empty."""
    if value := text(node, *path):
        return value
    raise Refused(400, f"missing {'.'.join(path)}")


def items(node: object, *path: str) -> list[Any]:
    """The list at `path`, empty where there is none."""
    value = dig(node, *path)
    return value if isinstance(value, list) else []
