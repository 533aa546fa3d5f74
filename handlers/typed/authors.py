"""Whom the line 作者 of a post means, as the directory knows them, and what its writer is asked."""

from datetime import datetime

from cards.form import PUBLISH
from handlers.people import namesakes, whose
from handlers.rules.author_line import key
from handlers.rules.authors import Authors, Known, Unclear, match
from handlers.rules.permits import in_service, managing
from handlers.typed.answers import Mistake
from storage import people
from storage.records import Person

EXAMPLE = "作者：李老师（工号）"
MOST_NAMED = 4
"""How many of those who may be meant are named to whoever is asked."""


async def read(text: str, applicant: Person, at: datetime) -> Authors:
    """Whom `text` means; where nothing was written it is the applicant."""
    if not text.strip():
        return Authors((applicant.id,))
    mentioned = await people.mentioned(key(text))
    own = await whose.managing_unit(applicant.unit)
    return match(text, [await _known(one, own, at) for one in mentioned], applicant.id)


async def _known(person: Person, own: str, at: datetime) -> Known:
    upwards = await people.units_upwards(person.unit)
    about = (*(unit.name for unit in upwards[:2]), person.title, person.identity.value)
    return Known(
        id=person.id,
        name=person.name,
        about=tuple(word for word in about if word),
        own=managing(upwards) == own,
        serving=in_service(person, at),
    )


async def mistakes(found: Authors) -> list[Mistake]:
    """What must be written otherwise, a line for each."""
    field = PUBLISH.field("author")
    return [
        Mistake(field.name, field.title, one.typed, await _reason(one), EXAMPLE, await _offers(one))
        for one in found.unclear
    ]


async def _offers(unclear: Unclear) -> dict[str, str]:
    """Those who may be meant, each as nobody else is written, and whoever is not of the school."""
    known = await people.several(unclear.may_be[:MOST_NAMED])
    named = [f"{person.name}（{person.id}）" for person in known.values()]
    return {one: one for one in (*named, *((f"{unclear.typed}（校外）",) if named else ()))}


async def _reason(unclear: Unclear) -> str:
    if not unclear.may_be:
        return "没有这个工号"
    known = await people.several(unclear.may_be)
    named = "、".join(
        [await namesakes.introduced(known[one]) for one in unclear.may_be[:MOST_NAMED] if one in known]
    )
    named += f" 等 {len(unclear.may_be)} 人" if unclear.may_be[MOST_NAMED:] else ""
    outside = f"校外的请写“{unclear.typed}（校外）”"
    if unclear.whole:
        return f"有 {len(unclear.may_be)} 位同名：{named}。请写工号；{outside}"
    return f"是不是 {named}？是请写工号；{outside}"
