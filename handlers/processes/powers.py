"""/四权: each year a unit that runs a publication says whether it holds the four powers of Article 10."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from cards.form_powers import POWERS
from cards.processes import powers as cards
from cards.view import Sight
from handlers.kinds.process import Process, Supplement
from handlers.letters import notify
from handlers.processes.supplements import into
from handlers.rules.articles import ART_10
from handlers.rules.deadlines import ends
from handlers.rules.permits import Refusal, serves
from storage import people
from storage.records import Act, Person, Request, Role, State
from storage.rounds import Round
from storage.steps import Step, StepRole, Verb

CONFIRM = "confirm"


def chain(unit: str) -> tuple[Step, ...]:
    """The first-responsible person says how it is; nobody judges it.

    > 各单位对下属的出版机构负有直接管理责任和监督责任，要始终掌握出版机构重大事项的决策权、资产配置的控制权、
    > 出版方向的把关权、主要领导人员的任免权。（第十条）
    """
    return (Step(CONFIRM, StepRole.FIRST_RESPONSIBLE, Verb.CONFIRM, ART_10, unit=unit, own=True),)


def planned(of: Round, unit: str, media: Sequence[str], due_on: date, at: datetime) -> Request:
    """What a year asks of a unit that runs these publications (备案号)."""
    form = {"year": str(of.starts_on.year), "due_on": due_on.isoformat(), "media": list(media)}
    return PROCESS.request(at, "", unit, of.name, form, chain(unit), {"round": of.id})


def _not_begun(person: Person, at: datetime) -> Refusal | None:
    return Refusal("四权确认每年由系统发给主办出版物的单位，请发 /四权 看本单位的。", ART_10)


def term(request: Request) -> datetime | None:
    """The day that stands on what was asked, until its end."""
    return ends(date.fromisoformat(due)) if (due := request.form.get("due_on")) else None


async def sight(request: Request, reader: Person) -> Sight | None:
    """The propaganda department sees all of them; others what most requests show them."""
    return Sight.FILES if Role.PROPAGANDA_REVIEWER in reader.roles else None


async def concluded(request: Request, at: datetime) -> Request:
    """Where a power is not held, the department and the centre are told: a fact, and no finding."""
    if cards.lacking(request):
        unit = await people.unit(request.unit)
        reason = request.form[cards.KEY].get("reason", "")
        text = f"{unit.name if unit else request.unit}：{cards.result(request)}。说明：{reason}"
        found = [*await people.with_role(Role.PROPAGANDA_REVIEWER), *await notify.center(at)]
        await notify.words(
            [one.id for one in found if serves(one, at)],
            f"{request.number} 四权有未落实的", f"{text}\n是否跟进由您决定（第十条）。", at, request=request,
        )  # fmt: skip
    return replace(request, outcome={**request.outcome, "confirmed_at": at.isoformat()})


def declares(request: Request) -> tuple[str, str]:
    return str(request.form["year"]), ART_10


PROCESS = Process(
    face=cards.FACE,
    alias="powers",
    help="出版机构四权确认（第十条）",
    starts=False,
    ends=State.RECORDED,
    acts={CONFIRM: (Act.SUPPLY,)},
    may_apply=_not_begun,
    declares=declares,
    term=term,
    sight=sight,
    concluded=concluded,
    oversees=(Role.PROPAGANDA_REVIEWER,),
)

CONFIRMED = Supplement(
    face=cards.CONFIRMED_FACE,
    alias="hold_powers",
    help="确认出版机构四权（第十条）",
    audience="responsible",
    of=PROCESS.kind,
    key=cards.KEY,
    step=CONFIRM,
    plan=into(cards.KEY),
    preview=cards.preview,
    feishu_pages=frozenset((*POWERS, "reason")),
)
