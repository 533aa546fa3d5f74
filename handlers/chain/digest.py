"""The fingerprint of what was asked: a decision is about one digest (Article 8: 一事一审)."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

EMPTY: tuple[Any, ...] = ("", None, [], {})


def digest(kind: str, form: Mapping[str, Any]) -> str:
    """SHA-256 (64 hex digits) over the kind and every answer, in canonical JSON.

    A field that was left empty is one that was not given. Files count with their own SHA-256.
    """
    given = {name: value for name, value in form.items() if value not in EMPTY}
    text = orjson.dumps({"kind": kind, "form": given}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()
