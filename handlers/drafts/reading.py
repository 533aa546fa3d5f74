"""An answer to a field: as the field's kind reads it, then as ledger and directory know what it names."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cards.form import Field, Form
from handlers.drafts.fields import Mistake, clean
from storage.records import Person

Raw = Mapping[str, str | tuple[str, ...]]
"""What was typed or chosen, by field name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that its field's kind has read; `by` and `at` say who answered, and when."""

    field: Field
    value: Any
    by: Person
    at: datetime

    def good(self, value: Any) -> "Read":
        return Read({self.field.name: value})

    def wrong(self, why: str, offers: Iterable[str] = ()) -> "Read":
        meant = {offer: offer for offer in offers}
        field = self.field
        return Read({}, (Mistake(field.name, field.title, self.value, why, field.example, meant),))


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood, by field name (of several, those that were), and what is wrong."""

    values: Mapping[str, Any]
    wrong: Sequence[Mistake] = ()


Reader = Callable[[Answer], Awaitable[Read]]
Readers = Mapping[str, Reader]
"""How a process reads the fields whose kind does not say all, by field name."""


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


async def read(form: Form, readers: Readers, raw: Raw, by: Person, at: datetime) -> Read:
    """All that was typed at once; a field of which nothing was understood is None."""
    values, wrong = clean(form, raw, at)
    for name, reader in readers.items():
        if values.get(name):
            found = await reader(Answer(form.field(name), values.pop(name), by, at))
            values |= found.values
            wrong += found.wrong
    nothing = {mistake.name: None for mistake in wrong if not values.get(mistake.name)}
    return Read(values | nothing, wrong)
