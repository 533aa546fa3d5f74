"""An answer to a field: as the field's kind reads it, then as ledger and directory know what it names."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

from cards.form import Field, Form
from handlers.rules.deadlines import SHANGHAI
from handlers.typed.answers import Answer, Mistake, Raw, Read, Reader, Readers
from handlers.typed.fields import clean
from storage.records import Person


def named(find: Callable[[Field, Any, datetime], Awaitable[tuple[Any, list[Mistake]]]]) -> Reader:
    """A reader of names that are looked up: of people, of units."""

    async def read(answer: Answer) -> Read:
        found, wrong = await find(answer.field, answer.value, answer.at)
        return Read({answer.field.name: found}, wrong)

    return read


def checked(why_not: Callable[[str], str]) -> Reader:
    """A reader of what stands as it was typed, unless there is a reason why it cannot."""

    async def read(answer: Answer) -> Read:
        why = why_not(answer.value)
        return answer.wrong(why) if why else answer.good(answer.value)

    return read


def not_ahead(why: str) -> Reader:
    """A reader of days on which something was done: one that is still to come is asked about."""

    async def read(answer: Answer) -> Read:
        ahead = date.fromisoformat(answer.value) > answer.at.astimezone(SHANGHAI).date()
        return answer.wrong(why) if ahead else answer.good(answer.value)

    return read


async def read(
    form: Form, readers: Readers, raw: Raw, by: Person, at: datetime, of: int | None = None
) -> Read:
    """All that was typed at once, in a draft that belongs to the request `of`; a field of which nothing was
    understood is None."""
    values, wrong = clean(form, raw, at)
    remarks: dict[str, str] = {}
    for name, reader in readers.items():
        if values.get(name):
            found = await reader(Answer(form.field(name), values.pop(name), by, at, of))
            values |= found.values
            wrong += found.wrong
            remarks |= found.remarks
    nothing = {mistake.name: None for mistake in wrong if not values.get(mistake.name)}
    return Read(values | nothing, wrong, remarks)
