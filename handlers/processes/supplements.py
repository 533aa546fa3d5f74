"""What every supplement has in common: its answers become part of the request they belong to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.kinds.filling import given
from storage import requests
from storage.records import Draft, Person, Request, Upload

Plan = Callable[[Draft, Person, Sequence[Upload], datetime], Awaitable[Request]]


async def added_to(draft: Draft) -> Request:
    """The request to which a supplement's draft adds."""
    request = await requests.by_id(draft.revises or 0)
    assert request is not None, "a supplement is begun from a request"
    return request


def into(key: str) -> Plan:
    """The request as it would be with a draft's answers and files under `key` of its form."""

    async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
        request = await added_to(draft)
        return replace(request, form={**request.form, key: given(draft, uploads)})

    return plan
