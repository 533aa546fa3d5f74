"""The fingerprint of what will go out: a decision is about one digest (Article 8: 一事一审)."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

OUTGOING = (
    "media",
    "title",
    "body",
    "link",
    "summary",
    "author",
    "source_kind",
    "source_name",
    "info_kind",
    "involves",
    "planned_at",
    "copyright",
    "portrait",
    "watcher",
    "files",
    "urgency",
)


def digest(form: Mapping[str, Any]) -> str:
    """SHA-256 (64 hex digits) over the fields that go out or that were declared, in canonical JSON."""
    kept = {name: form[name] for name in OUTGOING if form.get(name)}
    return hashlib.sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)).hexdigest()
