"""What a request is about, by its process: the words that its cards share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cards import changing, filing, post
from cards.card import Panel, Row
from cards.view import View
from storage.records import Kind


@dataclass(frozen=True, slots=True)
class Matter:
    """How one process is told: `wish` completes 申请……, `facts` are the rows an approver needs at a
    glance, `marks` the rows that stand on its every card, `excerpt` the beginning of the text with
    what it is, `changed` what is otherwise than when this reader decided, `details` the panels, `whole`
    everything as text."""

    wish: Callable[[View], str]
    facts: Callable[[View], list[Row]]
    marks: Callable[[View], list[Row]]
    excerpt: Callable[[View], str]
    changed: Callable[[View], Sequence[str]]
    details: Callable[[View], list[Panel]]
    whole: Callable[[View], str]


def _unmarked(_: View) -> list[Row]:
    return []


MATTERS: Mapping[Kind, Matter] = {
    Kind.PUBLISH: Matter(
        post.wish, post.facts, _unmarked, post.excerpt, post.changed, post.details, post.whole
    ),
    Kind.FILING: Matter(
        filing.wish,
        filing.facts,
        filing.marks,
        filing.excerpt,
        filing.changed,
        filing.details,
        filing.whole,
    ),
    Kind.CHANGE: Matter(
        changing.wish,
        changing.facts,
        changing.marks,
        changing.excerpt,
        changing.differing,
        changing.details,
        changing.whole,
    ),
}


def of(view: View) -> Matter:
    return MATTERS[view.request.kind]
