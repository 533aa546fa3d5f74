"""The official papers of a request: which there are for a reader, and each as .docx (/公文)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cards import paper_letters, paper_record
from cards.paper import Paper
from cards.paper_docx import docx
from cards.processes.authorisation import ENDED
from cards.view import View
from handlers.composing.basis import edition_of
from handlers.kinds.process import PROCESSES
from handlers.letters import may_read, showing
from handlers.rules.hearing import measures
from handlers.rules.permits import is_center
from storage.records import Person, State, TrailEntry
from storage.vocabulary import HAND_OVER

DOCUMENT = "paper"
_NOBODY = Person("-", "", "")
"""A paper goes from hand to hand: it names nobody whose name is kept from any reader."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One kind of paper: `code` is what a button carries, `name` what people call it."""

    code: str
    name: Callable[[View], str]
    there: Callable[[View, Person], bool]
    draw: Callable[[View, Sequence[TrailEntry], str], Paper]


_PAPERS = (
    Drawn(
        "notice",
        lambda _: "整改通知书",
        lambda view, _: view.request.kind == "ZG",
        lambda view, _, basis: paper_letters.notice(view, basis),
    ),
    Drawn(
        "grant",
        lambda _: "校名使用授权书",
        lambda view, _: (
            view.request.kind == "SQ"
            and view.request.state is State.RECORDED
            and ENDED not in view.request.outcome
        ),
        lambda view, _, basis: paper_letters.grant(view, basis),
    ),
    Drawn(
        "slip",
        lambda _: "移交单",
        lambda view, who: (
            view.request.kind == "WG" and HAND_OVER in measures(view.request.form) and is_center(who)
        ),
        paper_letters.slip,
    ),
    Drawn("record", paper_record.title, lambda *_: True, paper_record.record),
)


def of(view: View, person: Person) -> list[tuple[str, str]]:
    """(code, name) of the papers that a request has for this reader."""
    return [(one.code, one.name(view)) for one in _PAPERS if one.there(view, person)]


async def document(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The paper `args["paper"]` of a request; None where its text is not for the reader, or gone."""
    found = await may_read.loaded(args, reader, at)
    if found is None or not found[1].request.form or not await may_read.may_have_text(*found):
        return None
    person, view = found
    drawn = next((one for one in _PAPERS if one.code == args["paper"] and one.there(view, person)), None)
    if drawn is None:
        return None
    hidden = view.concealed | await PROCESSES[view.request.kind].conceals(view.request, _NOBODY)
    view, entries = await showing.recorded(paper_record.timeless(replace(view, concealed=hidden)))
    edition = await edition_of(view.request.number, view.request.submitted_at)
    return docx(drawn.draw(view, entries, edition.version))
