"""A process of Article 6: what its drafts need, what they become, and what follows when it has passed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cards.card import Card
from cards.form import Choices, Form
from cards.view import Face, View
from handlers.drafts.answers import Readers
from handlers.rules.permits import Refusal
from storage.records import Act, Draft, Person, Platform, Request, State, Upload, Urgency
from storage.steps import Step

Values = Mapping[str, Any]

TITLE_ROOM = 120
"""Characters of a request's title: a change of every item of a medium has a longer one."""


async def _named(form: Form, raw: Mapping[str, str], words: str) -> dict[str, str]:
    return {form.named_by: words, **raw} if words else dict(raw)


async def _no_choices(person: Person) -> Choices:
    return {}


async def _fit(person: Person, draft: Draft, at: datetime) -> str:
    return ""


def _as_named(name: str, _: Platform) -> str:
    """A missing field is asked for by itself."""
    return name


async def _nothing_noted(draft: Draft, at: datetime) -> Values:
    return {}


async def _as_typed(draft: Draft) -> Values:
    return draft.form


async def _no_media(form: Values) -> Sequence[str]:
    return ()


async def _as_it_is(request: Request, at: datetime) -> Request:
    return request


async def _no_obstacle(request: Request, at: datetime) -> str:
    return ""


async def _nothing(request: Request, at: datetime) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Process:
    """One line of `processes.PROCESSES`; every function is told the instant where it needs one.

    `readers`: how fields are read whose kind does not say all: what directory and ledger know.
    `missing`: names of what is still needed, in the order of asking. `asked_on`: the page or
    field on which a name is asked. `plan`: the request a draft would become (without id, number and
    digest). `check`: why it cannot be submitted at this moment, or empty. `declares`: what the trail
    says was declared. `submitted` and `concluded`: what else follows. `notes`: what the ledger and the
    calendar say of a draft. `typed`: a draft's values as people type them, with what the directory
    knows where they typed nothing.
    `obstacle`: why a request cannot pass at this moment, or empty; `rests`: whether nobody concerned can
    remove it, so that nobody is reminded while it stands. `acts`: what may be decided at each
    step, the usual first. `ends`: the state that the passing of the whole chain leads to. `writes`: 备案号
    of the media whose lines of the ledger follow from what a form says; `moves`: those whose state or unit
    its passing has changed; `reseats`: whether it puts others into the seats of open steps. `undone`: what
    else follows when it was taken back. `alias` and `help`: how its command is also called, and what /帮助
    says of it to its `audience`.
    `behind`: the fields typed in lines of their own, with what the words behind the command say.
    `answers`: whether a request is the filing of what is owed for a medium's change, of which it is told
    the medium and the detail.
    """

    face: Face
    alias: str
    help: str
    ends: State
    acts: Mapping[str, tuple[Act, ...]]
    may_apply: Callable[[Person, datetime], Refusal | None]
    missing: Callable[[Draft, Sequence[Upload]], list[str]]
    plan: Callable[[Draft, Person, Sequence[Upload], datetime], Awaitable[Request]]
    preview: Callable[[Draft, View, int], Card]
    declares: Callable[[Request], tuple[str, str]]
    audience: str = "staff"
    guided: tuple[str, ...] = ()
    feishu_pages: frozenset[str] = frozenset()
    readers: Readers = field(default_factory=dict)
    behind: Callable[[Form, Mapping[str, str], str], Awaitable[dict[str, str]]] = _named
    choices: Callable[[Person], Awaitable[Choices]] = _no_choices
    check: Callable[[Person, Draft, datetime], Awaitable[str]] = _fit
    asked_on: Callable[[str, Platform], str] = _as_named
    notes: Callable[[Draft, datetime], Awaitable[Values]] = _nothing_noted
    typed: Callable[[Draft], Awaitable[Values]] = _as_typed
    submitted: Callable[[Request, datetime], Awaitable[None]] = _nothing
    obstacle: Callable[[Request, datetime], Awaitable[str]] = _no_obstacle
    writes: Callable[[Values], Awaitable[Sequence[str]]] = _no_media
    answers: Callable[[Request, str, Values], bool] | None = None
    rests: bool = False
    concluded: Callable[[Request, datetime], Awaitable[Request]] = _as_it_is
    moves: Callable[[Request], Sequence[str]] = lambda _: ()
    reseats: Callable[[Request], bool] = lambda _: False
    undone: Callable[[Request, datetime], Awaitable[None]] = _nothing

    def request(
        self,
        at: datetime,
        applicant: str,
        unit: str,
        title: str,
        form: Mapping[str, Any],
        chain: tuple[Step, ...],
        facts: Values | None = None,
        urgency: Urgency = Urgency.NORMAL,
    ) -> Request:
        """A request of this process that has not been submitted: no id, number, digest or step yet."""
        return Request(
            id=0,
            number="",
            kind=self.kind,
            state=State.IN_REVIEW,
            applicant=applicant,
            unit=unit,
            title=title if len(title) <= TITLE_ROOM else f"{title[: TITLE_ROOM - 1]}…",
            form=form,
            facts=facts or {},
            digest="",
            chain=chain,
            step="",
            version=1,
            urgency=urgency,
            submitted_at=at,
            step_since=at,
        )

    @property
    def form(self) -> Form:
        return self.face.form

    @property
    def kind(self) -> str:
        """What begins the numbers of its requests."""
        return self.form.kind

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


_entered: dict[str, Process] = {}

PROCESSES: Mapping[str, Process] = _entered
"""The processes by the kind of their requests. Whoever decides, shows or reminds looks a process up here
and knows none by name; `all.py` enters them."""


def enter(*processes: Process) -> None:
    _entered.update({process.kind: process for process in processes})
