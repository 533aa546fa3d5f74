"""What is filled in: a form, what it still lacks, and what its preview shows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cards.card import Card
from cards.form import Choices, Form
from cards.view import Face, View
from handlers.rules.permits import Refusal
from handlers.typed.answers import Readers
from storage.records import Draft, Person, Platform, Request, Upload

Values = Mapping[str, Any]


async def _named(form: Form, raw: Mapping[str, str], words: str) -> dict[str, str]:
    return {form.named_by: words, **raw} if words else dict(raw)


async def _no_choices(person: Person, draft: Draft) -> Choices:
    return {}


async def _fit(person: Person, draft: Draft, at: datetime) -> str:
    return ""


def _as_named(name: str, _: Platform) -> str:
    """A missing field is asked for by itself."""
    return name


async def _anybody(person: Person, at: datetime) -> Refusal | None:
    return None


async def _nothing_noted(draft: Draft, at: datetime) -> Values:
    return {}


async def _as_typed(draft: Draft) -> Values:
    return draft.form


def anybody(person: Person, at: datetime) -> Refusal | None:
    """Whoever is in service may begin one, students too."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A draft's side of a process or of a supplement; every function is told the instant where it needs one.

    `may_apply` and `only`: why somebody may not begin one, the second as the directory has it. `readers`: how
    fields are read whose kind does not say all: what directory and ledger know.
    `missing`: names of what is still needed, in the order of asking, where that is not every required
    field. `asked_on`: the page or
    field on which a name is asked. `plan`: the request a draft would become (without id, number and
    digest). `check`: why it cannot be submitted at this moment, or empty. `notes`: what the ledger and the
    calendar say of a draft. `typed`: a draft's values as people type them, with what the directory
    knows where they typed nothing. `behind`: the fields typed in lines of their own, with what the words
    behind the command say. `alias` and `help`: how its command is also called, and what /帮助 says of it
    to its `audience`.
    """

    face: Face
    alias: str
    help: str
    may_apply: Callable[[Person, datetime], Refusal | None]
    plan: Callable[[Draft, Person, Sequence[Upload], datetime], Awaitable[Request]]
    preview: Callable[[Draft, View, int], Card]
    missing: Callable[[Draft, Sequence[Upload]], list[str]] | None = None
    only: Callable[[Person, datetime], Awaitable[Refusal | None]] = _anybody
    audience: str = "staff"
    guided: tuple[str, ...] = ()
    feishu_pages: frozenset[str] = frozenset()
    readers: Readers = field(default_factory=dict)
    behind: Callable[[Form, Mapping[str, str], str], Awaitable[dict[str, str]]] = _named
    choices: Callable[[Person, Draft], Awaitable[Choices]] = _no_choices
    check: Callable[[Person, Draft, datetime], Awaitable[str]] = _fit
    asked_on: Callable[[str, Platform], str] = _as_named
    notes: Callable[[Draft, datetime], Awaitable[Values]] = _nothing_noted
    typed: Callable[[Draft], Awaitable[Values]] = _as_typed

    @property
    def form(self) -> Form:
        return self.face.form

    @property
    def kind(self) -> str:
        """What begins the numbers of its requests; of a supplement, what its drafts are known by."""
        return self.form.kind

    async def refuses(self, person: Person, at: datetime) -> Refusal | None:
        """Why somebody may not begin one at that instant."""
        return self.may_apply(person, at) or await self.only(person, at)

    def lacks(self, draft: Draft, uploads: Sequence[Upload]) -> list[str]:
        """The names of what a draft still needs, in the order of asking."""
        return self.missing(draft, uploads) if self.missing else lacking(self.form, draft, uploads)

    @property
    def first(self) -> tuple[str, ...]:
        """What is asked before the guided pages: the required fields."""
        return tuple(field.name for field in self.form.fields if field.required)


def lacking(form: Form, draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """Needed fields that were not answered; files answer those that ask for some."""
    return [
        name
        for name, needed in form.asks(draft.form).items()
        if needed and not draft.form.get(name) and not (form.field(name).file and uploads)
    ]


def given(draft: Draft, uploads: Sequence[Upload]) -> dict[str, Any]:
    """The answers of a draft and its files, as a request's form keeps them."""
    answered = {name: value for name, value in draft.form.items() if value not in (None, "", [])}
    return {**answered, "files": kept_files(uploads)}


def kept_files(uploads: Sequence[Upload]) -> list[dict[str, Any]]:
    """The files that have been received, as a request's form keeps them and its digest counts them."""
    return [
        {"sha256": file.sha256, "name": file.name, "size": file.size, "type": file.media_type}
        for upload in uploads
        if (file := upload.file)
    ]
