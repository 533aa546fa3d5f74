"""People and units as they are typed into forms: by name or number, one each, in service."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards.card import Input
from cards.form import Field
from handlers.people import namesakes
from handlers.people.concerned import PERSON_FIELDS, UNIT_FIELDS, ids_of
from handlers.rules.permits import in_service
from handlers.typed.answers import Mistake
from handlers.typed.fields import MOST_OFFERED
from handlers.typed.moments import Wrong
from storage import people
from storage.records import Identity, Person

NO_STAFF = "至少一名管理员须是教职工"
MOST_ADMINS = 5


async def find(field: Field, typed: Any, at: datetime) -> tuple[Any, list[Mistake]]:
    """The 工号 of whoever is meant (a list for MANY), and why the others cannot be taken.

    A single person must be staff; of several, that is `admins`' rule.
    """
    if field.input is not Input.MANY:
        found, wrong = await _several(field, [str(typed)] if typed else [], at, staff=True)
        return next(iter(found), ""), wrong
    return await _several(field, typed, at)


async def anybody(field: Field, typed: str, at: datetime) -> tuple[str, list[Mistake]]:
    """The 工号 of whoever is meant, students too."""
    found, wrong = await _several(field, [typed] if typed else [], at)
    return next(iter(found), ""), wrong


async def _several(
    field: Field, typed: Sequence[str], at: datetime, *, staff: bool = False
) -> tuple[list[str], list[Mistake]]:
    ids: list[str] = []
    wrong: list[Mistake] = []
    for name in typed:
        try:
            ids.append(await _one(name, at, staff=staff))
        except Wrong as why:
            offers = {f"{name}（{one}）": one for one in why.offers}
            wrong.append(Mistake(field.name, field.title, name, str(why), field.example, offers))
    return list(dict.fromkeys(ids)), wrong


async def admins(field: Field, typed: Sequence[str], at: datetime) -> tuple[list[str], list[Mistake]]:
    """Administrators by name: at most five, one of them staff (form F1)."""
    ids, wrong = await find(field, typed, at)
    if not ids or wrong:
        return ids, wrong
    why = f"最多 {MOST_ADMINS} 人，现在 {len(ids)} 人" if len(ids) > MOST_ADMINS else ""
    if not why and not await any_staff(ids):
        why = NO_STAFF
    return ids, [Mistake(field.name, field.title, "、".join(typed), why, field.example)] if why else []


async def any_staff(ids: Sequence[str]) -> bool:
    """Whether the directory knows one of them as staff."""
    return any(person.identity is Identity.STAFF for person in (await people.several(ids)).values())


async def _one(name: str, at: datetime, *, staff: bool) -> str:
    """Their 工号; raises `Wrong`, which offers the namesakes'."""
    found = [person for person in await namesakes.named(name, at) if in_service(person, at)]
    if not found:
        raise Wrong(f"没有在职的“{name}”，请写姓名或工号")
    if len(found) > 1:
        ids = [person.id for person in found[:MOST_OFFERED]]
        raise Wrong(await namesakes.several(name, found), ids)
    if staff and found[0].identity is not Identity.STAFF:
        raise Wrong("须是教职工")
    return found[0].id


async def unit(field: Field, typed: str, _: datetime) -> tuple[str, list[Mistake]]:
    """The code of the unit meant by its name or code; empty where there is none."""
    for known in await people.all_units():
        if typed.upper() == known.code.upper() or typed == known.name:
            return known.code, []
    why = "没有这个单位，请写全称或单位代码"
    return "", [Mistake(field.name, field.title, typed, why, field.example)]


async def typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """People and units of a stored form as somebody would type them: by name where it is enough."""
    shown = dict(values)
    for name in PERSON_FIELDS:
        if ids := ids_of(values.get(name)):
            names = [await _name(person) for person in ids]
            shown[name] = names if isinstance(values[name], list) else names[0]
    for name in UNIT_FIELDS:
        if (code := values.get(name)) and (found := await people.unit(code)):
            shown[name] = found.name
    return shown


async def _name(person: str) -> str:
    known: Person | None = await people.get(person)
    return known.name if known and len(await people.called(known.name)) == 1 else person
