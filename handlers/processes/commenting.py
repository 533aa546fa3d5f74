"""评论值守 of a post: whether it is open to comments, who keeps them, and what is owed once it is out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import comments as cards
from cards.comments import WATCHER
from cards.form import PUBLISH
from handlers.kinds.owes import Owes, Standing
from handlers.rules.articles import ART_12
from handlers.rules.commenting import keeping_ladder
from handlers.rules.rungs import Hears
from handlers.typed import people_named
from handlers.typed.answers import Answer, Mistake, Read
from storage import ledger_facts
from storage.duty_records import DutyKind
from storage.records import State

COMMENTS, YES, NO = "comments", "是", "否"

Values = Mapping[str, Any]


async def _named(answer: Answer) -> Read:
    """The keeper stays as they were typed, once one person in service is meant."""
    _, wrong = await people_named.anybody(answer.field, answer.value, answer.at)
    return Read({}, wrong) if wrong else answer.good(answer.value)


async def _opened(answer: Answer) -> Read:
    """Where there are no comments nobody keeps them."""
    return Read({COMMENTS: answer.value, **({WATCHER: None} if answer.value == NO else {})})


READERS = {WATCHER: _named, COMMENTS: _opened}
"""In this order: 否 takes out a keeper that was given with it."""


async def unknown(form: Values, at: datetime) -> list[Mistake]:
    """Why the keeper cannot be taken, as the directory is now."""
    typed = str(form.get(WATCHER) or "")
    _, wrong = await people_named.anybody(PUBLISH.field(WATCHER), typed, at)
    return wrong


async def kept(
    form: Values, facts: Values, applicant: str, at: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The form with 开放评论 written out, and the facts with the keeper's 工号: a keeper that was named opens
    comments, and so does a medium that was filed as open to them; who names nobody keeps them."""
    typed = str(form.get(WATCHER) or "")
    given = YES if typed else form.get(COMMENTS)
    opened = given or (YES if await ledger_facts.interactive(list(form.get("media") or ())) else NO)
    if opened == NO:
        return {**form, COMMENTS: NO}, dict(facts)
    found, _ = await people_named.anybody(PUBLISH.field(WATCHER), typed, at)
    return {**form, COMMENTS: YES}, {**facts, WATCHER: found or applicant}


def _open(standing: Standing) -> bool:
    """Of a post that was submitted before keepers were known by their 工号, nobody is asked."""
    request = standing.request
    out = request.state is State.PUBLISHED and "published_at" in request.outcome
    return out and WATCHER in request.facts and not cards.over(request)


def _out(standing: Standing) -> datetime:
    return datetime.fromisoformat(standing.request.outcome["published_at"])


KEEPING: Owes[Standing] = Owes(
    DutyKind.KEEPING, _open, lambda _: ART_12, Hears.KEEPER, (),
    lambda duty, _, calendar: keeping_ladder(duty.since, calendar), since=_out,
)  # fmt: skip
