"""People as they are typed into forms: by name or 工号, one person each, in service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cards.card import Input
from cards.form import Field
from handlers.fields import Mistake
from handlers.rules.permits import in_service
from storage import people
from storage.records import Identity


async def find(field: Field, typed: Any, at: datetime) -> tuple[Any, list[Mistake]]:
    """The 工号 of whoever is meant (a list for MANY), and why the others cannot be taken.

    A single person must be staff; of several, that is the caller's rule.
    """
    if field.input is not Input.MANY:
        found, why = await _one(str(typed), at, staff=True) if typed else ("", "")
        return found, [Mistake(field.name, field.title, str(typed), why, field.example)] if why else []
    return await _several(field, typed, at)


async def _several(field: Field, typed: Sequence[str], at: datetime) -> tuple[list[str], list[Mistake]]:
    ids: list[str] = []
    wrong: list[Mistake] = []
    for name in typed:
        found, why = await _one(name, at, staff=False)
        ids += [found] if found else []
        wrong += [Mistake(field.name, field.title, name, why, field.example)] if why else []
    return list(dict.fromkeys(ids)), wrong


async def _one(name: str, at: datetime, *, staff: bool) -> tuple[str, str]:
    found = [person for person in await people.called(name.strip()) if in_service(person, at)]
    if not found:
        return "", f"没有在职的“{name}”，请写姓名或工号"
    if len(found) > 1:
        return "", f"有 {len(found)} 位“{name}”，请写工号：{'、'.join(person.id for person in found[:5])}"
    if staff and found[0].identity is not Identity.STAFF:
        return "", "须是教职工"
    return found[0].id, ""
