"""What is added to a report of an impersonating account: 确认, 平台投诉, 结案 (form F9, Article 11)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from cards.form_impersonation import IMPERSONATION, SCHOOL
from cards.processes import impersonation as cards
from cards.processes.impersonation import CLOSING, END, FILED, SAYS
from handlers.kinds.process import Supplement
from handlers.people import whose
from handlers.processes import impersonated
from handlers.processes.impersonation import VERIFY
from handlers.processes.supplements import into
from handlers.typed.reading import not_ahead
from storage.records import Request

CONFIRM_WITHIN = timedelta(hours=24)
"""How long the unit has to say whether the account is its own (Article 11: 及时)."""


async def heard(request: Request, at: datetime) -> Collection[str]:
    """Who speaks for the unit that is impersonated: its first-responsible person, nobody who reported it."""
    if request.current is None:
        return ()
    return await impersonated.speakers(request, at)


async def closers(request: Request, at: datetime) -> Collection[str]:
    """Who closes it notes the complaint beside that."""
    step = request.current
    if step is None or step.name != CLOSING:
        return ()
    return await whose.owners(step, whose.applicant_of(request), at)


def within(request: Request) -> datetime | None:
    """The unit is asked while the centre looks at it, and not where the school itself is meant."""
    asked = request.step == VERIFY and request.form.get("target") != SCHOOL
    return request.submitted_at + CONFIRM_WITHIN if asked else None


CONFIRMED_BY_UNIT = Supplement(
    face=cards.CONFIRMED_FACE,
    alias="confirm",
    help="本单位对冒用上报的确认（第十一条）",
    audience="responsible",
    of=IMPERSONATION.kind,
    key=SAYS,
    word="confirm",
    heard=heard,
    within=within,
    plan=into(SAYS),
    preview=cards.preview_confirmed,
)
COMPLAINT_FILED = Supplement(
    face=cards.COMPLAINT_FACE,
    alias="complain",
    help="记下向平台投诉的编号",
    audience="centre",
    of=IMPERSONATION.kind,
    key=FILED,
    word="complain",
    heard=closers,
    readers={"filed_on": not_ahead("这一天还没有到，请在投诉后记下")},
    plan=into(FILED),
    preview=cards.preview_complaint,
)
CASE_CLOSED = Supplement(
    face=cards.CLOSED_FACE,
    alias="close",
    help="冒用核实属实后结案",
    audience="centre",
    of=IMPERSONATION.kind,
    key=END,
    step=CLOSING,
    readers={"done_on": not_ahead("这一天还没有到，请在办结后填写")},
    plan=into(END),
    preview=cards.preview_closed,
)
