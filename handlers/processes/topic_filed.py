"""/报备: whether a major topic was filed outside, as the propaganda department notes it (Article 10)."""

from collections.abc import Collection
from datetime import datetime

from cards.form_topic import TOPIC
from cards.processes import topic as cards
from handlers.kinds.process import Supplement
from handlers.people import whose
from handlers.processes.supplements import into
from handlers.processes.topic import PROPAGANDA
from storage.records import Request


async def examiners(request: Request, at: datetime) -> Collection[str]:
    """Who decides for the department says whether a major topic was filed outside."""
    step = request.current
    if step is None or step.name != PROPAGANDA or not cards.major(request.form):
        return ()
    return await whose.owners(step, whose.applicant_of(request), at)


FILED_OUTSIDE = Supplement(
    face=cards.FILED_FACE,
    alias="outside",
    help="记下重大选题的校外报备情况（第十条）",
    audience="examiner",
    of=TOPIC.kind,
    key=cards.KEY,
    word="filed",
    heard=examiners,
    plan=into(cards.KEY),
    preview=cards.preview_filed,
)
