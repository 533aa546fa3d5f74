"""A process of Article 6: what its drafts need, what they become, and what follows when it has passed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cards.card import Card
from cards.draft import Choices
from cards.form import Form
from cards.view import View
from handlers.fields import Mistake
from handlers.rules.permits import Refusal
from storage.records import Act, Draft, Kind, Person, Platform, Request, State, Upload

Values = Mapping[str, Any]


def _as_named(name: str, _: Platform) -> str:
    """A missing field is asked for by itself."""
    return name


async def _nothing_noted(draft: Draft, at: datetime) -> Values:
    return {}


async def _as_typed(draft: Draft) -> Values:
    return draft.form


async def _no_obstacle(request: Request, at: datetime) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Process:
    """One line of `processes.PROCESSES`; every function is told the instant where it needs one.

    `take`: newly typed values to what is stored, and the mistakes only the directory or the ledger
    shows. `missing`: names of what is still needed, in the order of asking. `asked_on`: the page or
    field on which a name is asked. `plan`: the request a draft would become (without id, number and
    digest). `check`: why it cannot be submitted at this moment, or empty. `declares`: what the trail
    says was declared. `submitted` and `concluded`: what else follows. `notes`: what the ledger and the
    calendar say of a draft, kept in it under names with `_`. `typed`: a draft's values as people type
    them, with what the directory knows where they typed nothing.
    `obstacle`: why a request cannot pass at this moment, or empty. `acts`: what may be decided at each
    step, the usual first. `ends`: the state that the passing of the whole chain leads to.
    """

    kind: Kind
    form: Form
    ends: State
    acts: Mapping[str, tuple[Act, ...]]
    guided: tuple[str, ...]
    feishu_pages: frozenset[str]
    may_apply: Callable[[Person, datetime], Refusal | None]
    take: Callable[[Person, dict[str, Any], datetime], Awaitable[tuple[dict[str, Any], list[Mistake]]]]
    missing: Callable[[Values, Sequence[Upload]], list[str]]
    choices: Callable[[Person], Awaitable[Choices]]
    plan: Callable[[Draft, Person, Sequence[Upload], datetime], Awaitable[Request]]
    preview: Callable[[Draft, View, int], Card]
    check: Callable[[Person, Draft, datetime], Awaitable[str]]
    declares: Callable[[Request], tuple[str, str]]
    submitted: Callable[[Request, datetime], Awaitable[None]]
    concluded: Callable[[Request, datetime], Awaitable[Request]]
    asked_on: Callable[[str, Platform], str] = _as_named
    notes: Callable[[Draft, datetime], Awaitable[Values]] = _nothing_noted
    typed: Callable[[Draft], Awaitable[Values]] = _as_typed
    obstacle: Callable[[Request, datetime], Awaitable[str]] = _no_obstacle

    @property
    def first(self) -> tuple[str, ...]:
        """What is asked before the guided pages: the required fields."""
        return tuple(field.name for field in self.form.fields if field.required)


def kept_files(uploads: Sequence[Upload]) -> list[dict[str, Any]]:
    """The files that have been received, as a request's form keeps them and its digest counts them."""
    return [
        {"sha256": file.sha256, "name": file.name, "size": file.size, "type": file.media_type}
        for upload in uploads
        if (file := upload.file)
    ]
