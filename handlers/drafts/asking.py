"""What a draft asks next, and what a plain line answers: values in, a field's name out."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from cards.form import Form
from handlers.kinds.process import FILLINGS
from storage.records import Draft, Platform, Upload


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """The names of what a draft still lacks, in the order it is asked for."""
    return FILLINGS[draft.kind].lacks(draft, uploads)


def wrong(draft: Draft) -> list[str]:
    """The names of the fields whose answer cannot stand, in the order of the form."""
    return [field.name for field in FILLINGS[draft.kind].form.fields if field.name in draft.talk.mistakes]


def next_question(draft: Draft, uploads: Sequence[Upload]) -> str:
    """What is asked next; empty once the form card, the mistakes or the preview can be shown.

    A dialogue that asks asks again at once for what it could not understand.
    """
    process = FILLINGS[draft.kind]
    lacking, mistaken = process.lacks(draft, uploads), wrong(draft)
    again = [_asked_with(process.form, name, lacking) for name in mistaken]
    if again and not draft.asking and not draft.talk.guided:
        return ""
    first = [name for name in lacking if name in (*process.first, "body")]
    pages = [page for page in process.guided if draft.talk.guided and page not in draft.talk.asked]
    begin, rest = (
        [process.asked_on(name, draft.platform) for name in lacking if (name in first) is begins]
        for begins in (True, False)
    )
    question = next(iter((*again, *begin, *pages, *rest)), "")
    if draft.platform is Platform.FEISHU and question not in process.feishu_pages:
        return question if _files_wait(process.form, question, lacking, uploads) else ""
    return question


def _asked_with(form: Form, name: str, lacking: Collection[str]) -> str:
    """The field with whose question another is asked: a link may stand for the text that is lacking."""
    return next((one for one in lacking if one in _names(form) and form.field(one).instead == name), name)


def _files_wait(form: Form, question: str, lacking: Sequence[str], uploads: Sequence[Upload]) -> bool:
    """Whether files are here, and only what goes with them is not: that is asked beside a form too."""
    return bool(uploads) and list(lacking) == [question] and bool(form.field(question).none)


def expects(draft: Draft, uploads: Sequence[Upload]) -> str:
    """The field that a plain line answers: what is asked, else the only one that is wrong, or lacking."""
    form = FILLINGS[draft.kind].form
    if draft.asking:
        return draft.asking if draft.asking in _names(form) else ""
    lacking = missing(draft, uploads)
    open_ = list(dict.fromkeys(_asked_with(form, name, lacking) for name in wrong(draft))) or lacking
    return open_[0] if len(open_) == 1 else ""


def _names(form: Form) -> set[str]:
    return {field.name for field in form.fields}


def without(draft: Draft, name: str) -> Draft:
    """The draft whose author says that there is nothing to write in that field."""
    talk = replace(draft.talk, asked=tuple(dict.fromkeys((*draft.talk.asked, name))))
    return replace(draft, talk=talk)
