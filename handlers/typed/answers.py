"""What somebody answered to a field of a form, and what was understood of it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import Any

from cards.form import Field
from storage.records import Person


@dataclass(frozen=True, slots=True)
class Mistake:
    """A field that cannot stand as it was typed: which, what was typed, why, and a good example.

    `offers` are what may have been meant: the words of a button, and what then stands for `typed`.
    """

    name: str
    title: str
    typed: str
    reason: str
    example: str
    offers: Mapping[str, str] = dataclass_field(default_factory=dict)


Raw = Mapping[str, str | tuple[str, ...]]
"""What was typed or chosen, by field name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A value that its field's kind has read; `by` and `at` say who answered, and when, `of` the request that
    the draft belongs to, if any."""

    field: Field
    value: Any
    by: Person
    at: datetime
    of: int | None = None

    def good(self, value: Any) -> "Read":
        return Read({self.field.name: value})

    def wrong(self, why: str, offers: Iterable[str] = ()) -> "Read":
        meant = {offer: offer for offer in offers}
        field = self.field
        return Read({}, (Mistake(field.name, field.title, self.value, why, field.example, meant),))


@dataclass(frozen=True, slots=True)
class Read:
    """What was understood, by field name (of several, those that were), what is wrong, and by field what was
    taken otherwise than it was typed."""

    values: Mapping[str, Any]
    wrong: Sequence[Mistake] = ()
    remarks: Mapping[str, str] = dataclass_field(default_factory=dict)


Reader = Callable[[Answer], Awaitable[Read]]
Readers = Mapping[str, Reader]
"""How a process reads the fields whose kind does not say all, by field name."""
