"""/个人账号: holders register their own accounts; a register, nobody approves (form F11, Articles 2(2), 5(2),
6(3)2)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from cards.form_personal import PERSONAL, WEEKLY
from cards.processes import personal as cards
from handlers.kinds.filling import given
from handlers.kinds.owes import Owes, Standing
from handlers.kinds.process import Process
from handlers.people import whose
from handlers.rules.articles import ART_6_3_2
from handlers.rules.ladder import next_monday, weekly
from handlers.rules.permits import may_register
from handlers.rules.rungs import Hears
from handlers.rules.text import skeleton
from storage import registers
from storage.duty_records import DutyKind
from storage.records import Draft, Person, Request, State, Upload


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """Nobody has to decide it: the sender is the holder."""
    form = given(draft, uploads)
    unit = await whose.managing_unit(person.unit)
    title = f"{form.get('platform', '')} {form.get('title', '')}".strip()
    return PROCESS.request(at, person.id, unit, title, form, ())


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """Each account stands there once."""
    for one in await registers.of_applicant(PERSONAL.kind, person.id):
        alike = [one.form.get("platform") == draft.form.get("platform")]
        alike += [skeleton(str(one.form.get("title"))) == skeleton(str(draft.form.get("title")))]
        if all(alike) and one.id != draft.revises:
            return f"这个账号您已登记过：{one.number}。要改请发：/更正 {one.number}"
    return ""


async def readers(request: Request, at: datetime) -> Collection[str]:
    """The first-responsible person of the unit where the holder is now.

    > 以师生员工个人名义建立的全媒体由其所在单位负责管理。（第五条（二））
    """
    unit = await whose.unit_of(request.applicant) or request.unit
    return {await whose.responsible_for(unit, at)} - {"", request.applicant}


def declares(_: Request) -> tuple[str, str]:
    return f"承诺：{cards.PLEDGE}", ART_6_3_2


def _wished(standing: Standing) -> bool:
    """Whether the holder has chosen to be reminded of comments."""
    request = standing.request
    return request.state is State.RECORDED and request.form.get("reminder") == WEEKLY


COMMENTS: Owes[Standing] = Owes(
    DutyKind.COMMENTS, _wished, lambda _: ART_6_3_2, Hears.APPLICANT, (),
    lambda duty, _, calendar: weekly(next_monday(duty.since), calendar),
)  # fmt: skip

PROCESS = Process(
    face=cards.FACE,
    alias="personal",
    help="登记、更正、注销自己的账号（第六条）",
    audience="all",
    ends=State.RECORDED,
    acts={},
    may_apply=may_register,
    plan=plan,
    preview=cards.preview,
    declares=declares,
    check=check,
    seen_by_unit=False,
    private=readers,
    owes=(COMMENTS,),
)
