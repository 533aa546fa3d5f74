"""/授权: to use the name of the school or of a unit for a time (form F14, Article 11)."""

from collections.abc import Sequence
from datetime import datetime

from cards.processes import authorisation as cards
from handlers.kinds.filling import Values, given
from handlers.kinds.process import Process
from handlers.people import whose
from handlers.processes.expiring import backwards, expires, last_day
from handlers.rules.articles import ART_11
from handlers.rules.chain import CENTRE, RESPONSIBLE, ledger_chain
from handlers.rules.permits import SHANGHAI, of_staff
from storage.records import Act, Draft, Person, Request, State, Upload
from storage.steps import Verb


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The first-responsible person, then the centre.

    > 任何单位和个人未经授权不得以哈尔滨工业大学及其他校内单位名义申报、
    > 运营各类互联网用户公众账号；（第十一条）
    """
    unit = await whose.managing_unit(person.unit)
    own = await whose.responsible_for(unit, at) == person.id
    steps = ledger_chain(unit, ART_11, Verb.APPROVE, applicant_is_responsible=own)
    form = given(draft, uploads)
    return PROCESS.request(at, person.id, unit, str(form.get("title", "")), form, steps)


async def check(person: Person, draft: Draft, at: datetime) -> str:
    return backwards(draft.form, "valid_from") or _over(draft.form, at)


async def obstacle(request: Request, at: datetime) -> str:
    """The time for which it was asked may be over meanwhile."""
    return _over(request.form, at)


def _over(form: Values, at: datetime) -> str:
    past = last_day(form) < at.astimezone(SHANGHAI).date()
    return "授权的截止日期已过，请改日期后重新提交。" if past else ""


def declares(_: Request) -> tuple[str, str]:
    return "声明：不与校外单位协办，只按所写用途使用，到期停用", ART_11


PROCESS = Process(
    face=cards.FACE,
    alias="authorise",
    help="申请使用校名、单位名（第十一条）",
    ends=State.RECORDED,
    acts={
        RESPONSIBLE: (Act.APPROVE, Act.RETURN, Act.REJECT),
        CENTRE: (Act.APPROVE, Act.RETURN, Act.REJECT),
    },
    may_apply=of_staff("名义授权由教职工申请，请交指导老师或所在单位办理。", ART_11),
    plan=plan,
    preview=cards.preview,
    declares=declares,
    check=check,
    obstacle=obstacle,
    owes=(expires(ART_11),),
)
