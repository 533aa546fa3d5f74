"""/选题: topics and content of publications are examined by the propaganda department (Articles 5(4), 10)."""

from collections.abc import Sequence
from datetime import datetime

from cards.processes import topic as cards
from handlers.kinds.filling import given
from handlers.kinds.process import Process
from handlers.people import whose
from handlers.rules.articles import ART_10
from handlers.rules.chain import RESPONSIBLE, responsible_step
from handlers.rules.permits import may_apply
from storage.records import Act, Draft, Person, Request, State, Upload
from storage.steps import Step, StepRole, Verb

PROPAGANDA = "propaganda"


def topic_chain(unit: str, *, applicant_is_responsible: bool) -> tuple[Step, ...]:
    """First the unit's first-responsible person, then the propaganda department; never the centre.

    > 各单位须加强对出版物选题和内容把关，并提交党委宣传部审查。（第十条）
    """
    responsible = responsible_step(unit, ART_10, applicant_is_responsible=applicant_is_responsible)
    return (responsible, Step(PROPAGANDA, StepRole.PROPAGANDA, Verb.EXAMINE, ART_10))


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    unit = await whose.managing_unit(person.unit)
    own = await whose.responsible_for(unit, at) == person.id
    steps = topic_chain(unit, applicant_is_responsible=own)
    form = given(draft, uploads)
    return PROCESS.request(at, draft.person, unit, str(form.get("title", "")), form, steps)


def declares(request: Request) -> tuple[str, str]:
    return "声明：不涉密，著作权来源清楚", ART_10


PROCESS = Process(
    face=cards.FACE,
    alias="topic",
    help="出版物选题、内容审查（第十条）",
    ends=State.RECORDED,
    acts={
        RESPONSIBLE: (Act.APPROVE, Act.RETURN, Act.REJECT),
        PROPAGANDA: (Act.APPROVE, Act.RETURN, Act.REJECT),
    },
    may_apply=may_apply,
    plan=plan,
    preview=cards.preview,
    declares=declares,
)
