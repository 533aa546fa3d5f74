"""People and units that a request names, in its answers and in what was understood of them."""

from collections.abc import Mapping
from typing import Any

from cards import comments
from cards.comments import WATCHER
from cards.form_media import PERSON_ITEMS
from storage import people
from storage.records import Request

PERSON_FIELDS = (*PERSON_ITEMS, "leader", "person", "people")
UNIT_FIELDS = ("host_unit", "unit")


def ids_of(value: Any) -> list[str]:
    return [value] if isinstance(value, str) and value else list(value or ())


def people_in(request: Request) -> list[str]:
    """工号 that a request names: in its answers, or as authors that were understood."""
    named = [one for part in _parts(request) for name in PERSON_FIELDS for one in ids_of(part.get(name))]
    heard = request.outcome.get("hearing", {}).get("concerned", ())
    looked = [one["by"] for one in comments.log(request)]
    watcher = [str(request.facts[WATCHER])] if request.facts.get(WATCHER) else []
    return [*named, *request.facts.get("authors", ()), *heard, *watcher, *looked]


async def units_in(request: Request) -> dict[str, str]:
    """Code -> name of the units that a request names."""
    parts = _parts(request)
    codes = {str(part[name]) for part in parts for name in UNIT_FIELDS if part.get(name)}
    found = [await people.unit(code) for code in sorted(codes)]
    return {one.code: one.name for one in found if one}


def _parts(request: Request) -> tuple[Mapping[str, Any], ...]:
    """Where a request names somebody: its answers, what was before, what is to be after."""
    return request.form, request.facts.get("before") or {}, request.form.get("after") or {}
