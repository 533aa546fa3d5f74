"""A process of the Measures as one value: what its drafts need, what they become, and what follows."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cards.card import Card
from cards.view import Sight, View
from handlers.kinds.filling import Filling, Values, anybody, kept_files
from handlers.kinds.owes import Owes, Standing
from handlers.rules.permits import Refusal
from storage.records import Act, Draft, Person, Request, Role, State, Upload, Urgency
from storage.steps import Step

__all__ = [
    "FILLINGS", "PROCESSES", "SUPPLEMENTS", "Appeals", "Filling", "Process", "Supplement", "Values", "enter",
    "kept_files", "revised", "supplement_at",
]  # fmt: skip

TITLE_ROOM = 120
"""Characters of a request's title: a change of every item of a medium has a longer one."""


async def _by_no_draft(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    raise NotImplementedError(f"{draft.kind} is begun by no draft")


def _without_preview(draft: Draft, view: View, fetching: int) -> Card:
    raise NotImplementedError(f"{draft.kind} is begun by no draft")


async def _no_media(form: Values) -> Sequence[str]:
    return ()


async def _as_it_is(request: Request, at: datetime) -> Request:
    return request


async def _no_obstacle(request: Request, at: datetime) -> str:
    return ""


async def _nothing(request: Request, at: datetime) -> None:
    return None


async def _nothing_new(request: Request, reason: str, at: datetime) -> Request:
    return request


async def _nobody(request: Request, at: datetime) -> Collection[str]:
    return ()


async def _usual(request: Request, reader: Person) -> Sight | None:
    return None


async def _concealed_from_none(request: Request, reader: Person) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Appeals:
    """What a concluded request may be appealed to: the `step` at which somebody else looks at it again, and
    `by` whom before `until`."""

    step: Step
    by: Collection[str]
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Filling):
    """One line of `processes.PROCESSES`; every function is told the instant where it needs one.

    `declares`: what the trail says was declared. `submitted` and `concluded`: what else follows.
    `obstacle`: why a request cannot pass at this moment, or empty; `rests`: whether nobody concerned can
    remove it, so that nobody is reminded while it stands. `acts`: what may be decided at each
    step, the usual first. `ends`: the state that the passing of the whole chain leads to. `writes`: 备案号
    of the media whose lines of the ledger follow from what a form says; `moves`: those whose state or unit
    its passing has changed; `reseats`: whether it puts others into the seats of open steps. `undone`: what
    else follows when it was taken back.
    `answers`: whether a request is the filing of what is owed for a medium's change, of which it is told
    the medium and the detail.
    `returns`: the step to which a return at a step goes, where that is not the applicant. `term`: by when
    the waiting step is due where a form says so. `owes`: what else is owed in its states.
    `received`: steps whose holder says 收到. `sent_back`: the request with what follows from the words of a
    return to an earlier step. `seen_by_unit`:
    whether anybody of the unit may see where it stands; `conceals`: whose name a reader is not told.
    `private`: who alone may read it, besides its applicant and the centre; its words go when it is withdrawn,
    and with its applicant when they leave. `refused`: what else follows when it was rejected. `starts`:
    whether people begin it by its form. `entered`: what else is known once another step waits; `opens`:
    from when on the waiting step can be decided, where that is later. `sight`: how much a reader may see,
    None for what anybody may of most requests. `appeals`: what a concluded one may be appealed to.
    `revisable`: whether its applicant could revise one that was turned back, where any can. `joins`: the open
    request that a draft is about as well, which it becomes part of. `told`: who is told where it stands as
    its applicant is. `elapses`: steps that are passed by once their term is over, and what stands there then.
    `unanswered`: steps that the centre may end (`Act.REJECT`) once their term is over without an answer.
    `oversees`: who is told with the centre that somebody is late. One that no draft begins (`starts`) has
    neither `plan` nor `preview`.
    """

    plan: Callable[[Draft, Person, Sequence[Upload], datetime], Awaitable[Request]] = _by_no_draft
    preview: Callable[[Draft, View, int], Card] = _without_preview
    ends: State
    acts: Mapping[str, tuple[Act, ...]]
    declares: Callable[[Request], tuple[str, str]]
    submitted: Callable[[Request, datetime], Awaitable[None]] = _nothing
    obstacle: Callable[[Request, datetime], Awaitable[str]] = _no_obstacle
    writes: Callable[[Values], Awaitable[Sequence[str]]] = _no_media
    answers: Callable[[Request, str, Values], bool] | None = None
    rests: bool = False
    concluded: Callable[[Request, datetime], Awaitable[Request]] = _as_it_is
    refused: Callable[[Request, datetime], Awaitable[None]] = _nothing
    moves: Callable[[Request], Sequence[str]] = lambda _: ()
    reseats: Callable[[Request], bool] = lambda _: False
    undone: Callable[[Request, datetime], Awaitable[None]] = _nothing
    returns: Mapping[str, str] = field(default_factory=dict)
    term: Callable[[Request], datetime | None] = lambda _: None
    owes: tuple[Owes[Standing], ...] = ()
    received: frozenset[str] = frozenset()
    sent_back: Callable[[Request, str, datetime], Awaitable[Request]] = _nothing_new
    seen_by_unit: bool = True
    private: Callable[[Request, datetime], Awaitable[Collection[str]]] | None = None
    starts: bool = True
    revisable: Callable[[Request], bool] = lambda _: True
    conceals: Callable[[Request, Person], Awaitable[frozenset[str]]] = _concealed_from_none
    entered: Callable[[Request, datetime], Awaitable[Request]] = _as_it_is
    opens: Callable[[Request], datetime | None] = lambda _: None
    sight: Callable[[Request, Person], Awaitable[Sight | None]] = _usual
    appeals: Callable[[Request], Appeals | None] = lambda _: None
    joins: Callable[[Draft, datetime], Awaitable[Request | None]] | None = None
    told: Callable[[Request], Collection[str]] = lambda _: ()
    elapses: Mapping[str, str] = field(default_factory=dict)
    unanswered: frozenset[str] = frozenset()
    oversees: tuple[Role, ...] = ()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(Filling):
    """Answers that are added to a request: 回复整改, 上传证明, 申辩.

    `of` is the kind of the request, `key` the name under which its form keeps them. At a `step` that asks
    for them they are its decision; without one they are of those whom `heard` names, beside the chain, and
    the trail calls that `word`. `within`: by when those are asked for theirs, and reminded; None where they
    may speak and are not asked. `after`: whether it is to what is on record already. `added`: what else
    follows. Whose answers are asked for is judged by the step, and not by who they are.
    """

    may_apply: Callable[[Person, datetime], Refusal | None] = anybody
    of: str
    key: str
    step: str = ""
    word: str = ""
    after: bool = False
    heard: Callable[[Request, datetime], Awaitable[Collection[str]]] = _nobody
    within: Callable[[Request], datetime | None] = lambda _: None
    added: Callable[[Request, datetime], Awaitable[None]] = _nothing


_entered: dict[str, Process] = {}
_added: dict[str, Supplement] = {}
_filled: dict[str, Filling] = {}

PROCESSES: Mapping[str, Process] = _entered
"""The processes by the kind of their requests. Whoever decides, shows or reminds looks a process up here
and knows none by name; `all.py` enters them."""

SUPPLEMENTS: Mapping[str, Supplement] = _added
"""What is added to requests, by the kind of its drafts."""

FILLINGS: Mapping[str, Filling] = _filled
"""What drafts are of: processes and supplements, by the kind of the draft."""


def enter(*fillings: Filling) -> None:
    for filling in fillings:
        _filled[filling.kind] = filling
        if isinstance(filling, Process):
            _entered[filling.kind] = filling
        elif isinstance(filling, Supplement):
            _added[filling.kind] = filling


def revised(draft: Draft) -> int | None:
    """The request of which a draft is the next version, if any; a supplement only belongs to one."""
    return draft.revises if draft.kind in PROCESSES else None


def supplement_at(kind: str, step: str) -> Supplement | None:
    """What a step of such requests asks for, if anything."""
    found = [one for one in SUPPLEMENTS.values() if (one.of, one.step) == (kind, step) and step]
    return found[0] if found else None


def beside(request: Request) -> list[Supplement]:
    """What may be added beside the step that waits, or to what is on record."""
    added = [one for one in SUPPLEMENTS.values() if one.of == request.kind and not one.step]
    return [one for one in added if one.after or request.current]


def asked_beside(request: Request) -> Supplement | None:
    """What somebody is asked for beside the step that waits, and has not said."""
    return next((one for one in beside(request) if one.key not in request.form and one.within(request)), None)
