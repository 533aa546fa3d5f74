"""How one process is told: its form, and the words in which its cards differ from those of the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cards.card import Panel, Row
from cards.form import Form
from cards.view import View


def _unmarked(_: View) -> list[Row]:
    return []


def _nothing(_: View) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Face:
    """The words of one process.

    `wish` completes 申请……, `facts` are the rows an approver needs at a glance, `marks` the rows that
    stand on its every card, `excerpt` the beginning of the text with what it is, `changed` what is
    otherwise than when this reader decided, `details` the panels, `whole` everything as text. `reasons`
    are the usual ones for a return. `concluded` says what the passing of the chain means to whoever
    decided last, `recorded` and `withdrawn` where the request then stands to its applicant, `rejected`
    what follows a rejection and `again` what can be done after it; `stays` what stays true of a request
    that was returned.
    """

    form: Form
    wish: Callable[[View], str]
    facts: Callable[[View], list[Row]]
    excerpt: Callable[[View], str]
    changed: Callable[[View], Sequence[str]]
    details: Callable[[View], list[Panel]]
    whole: Callable[[View], str]
    reasons: tuple[str, ...]
    concluded: Callable[[View], str]
    rejected: str = ""
    again: str = ""
    stays: str = ""
    marks: Callable[[View], list[Row]] = _unmarked
    recorded: Callable[[View], str] = _nothing
    withdrawn: Callable[[View], str] = _nothing
