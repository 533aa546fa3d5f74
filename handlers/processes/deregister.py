"""/注销: a medium ends, by wish or by order; proof closes it (form F8, Article 15)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from cards.draft import media_options
from cards.form import Choices
from cards.form_deregister import DEREGISTER, ORDERED, STOPPING, WAYS
from cards.processes import deregister as cards
from handlers import workyear
from handlers.cases import opening, record
from handlers.kinds.filling import Values, given
from handlers.kinds.process import Process, Supplement
from handlers.ledger import change_ledger, own_media, standing
from handlers.people import whose
from handlers.processes.supplements import into
from handlers.rules.articles import ART_4, ART_15
from handlers.rules.chain import CENTRE, RESPONSIBLE, ledger_chain
from handlers.rules.deadlines import SHANGHAI, ends
from handlers.rules.permits import of_staff
from handlers.typed.answers import Answer, Read
from handlers.typed.reading import not_ahead
from storage import ledger, media, requests
from storage.records import Act, Draft, Medium, MediumState, Person, Request, State, Upload
from storage.steps import Step, StepRole, Verb

PROVE = "proof"
PROOF_DAYS = 7
"""Working days from the request or the order within which the proof is expected (our default)."""


def chain(unit: str, *, applicant_is_responsible: bool) -> tuple[Step, ...]:
    """First-responsible person, centre, and then the proof of whoever asked.

    > 学校有权责令其停止运行、进行整改，直至责令其注销账号。（第十五条）
    """
    first = ledger_chain(unit, ART_15, Verb.APPROVE, applicant_is_responsible=applicant_is_responsible)
    return (*first, Step(PROVE, StepRole.APPLICANT, Verb.PROVE, ART_15, unit=unit, own=True))


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    medium = await _medium(draft.form)
    host = medium.unit if medium else person.unit
    unit = await whose.managing_unit(host)
    own = await whose.responsible_for(host, at) == person.id
    steps, form = chain(host, applicant_is_responsible=own), given(draft, uploads)
    return PROCESS.request(at, person.id, unit, _title(medium, form), form, steps, await _facts(form, at))


def _title(medium: Medium | None, form: Values) -> str:
    return f"{medium.name if medium else ''}{form.get('way', '注销')}"


async def _facts(form: Values, at: datetime) -> dict[str, str]:
    """By when the proof is expected: seven working days, or the day that was planned where it is later."""
    today = at.astimezone(SHANGHAI).date()
    last = (await workyear.current()).add(today, PROOF_DAYS)
    planned = date.fromisoformat(form["planned_on"]) if form.get("planned_on") else last
    return {"proof_by": max(last, planned).isoformat()}


def term(request: Request) -> datetime | None:
    """The proof is due at the end of its day."""
    by = request.facts.get("proof_by") if request.step == PROVE else None
    return ends(date.fromisoformat(by)) if by else None


async def ordered(no: str, by: record.By, number: str) -> Request:
    """注销 by order of the centre: nothing is left to approve, whoever runs the medium brings the proof.

    `number` is that of the decision. One that was ordered before and is open goes on. Raises LookupError
    where there is no such medium.
    """
    for open_one in await requests.open_of_kind(PROCESS.kind):
        if open_one.form["media"] == [no] and open_one.form["reason"] == ORDERED:
            return open_one
    medium = next(iter(await media.several([no])), None)
    if medium is None:
        raise LookupError(no)
    why = f"{ORDERED}（{number}）"
    approved = chain(medium.unit, applicant_is_responsible=False)
    passed = [replace(step, passed_by_rule=why) for step in approved[:-1]]
    proof = replace(approved[-1], role=StepRole.OPERATORS)
    today = by.at.astimezone(SHANGHAI).date().isoformat()
    form = {"media": [no], "way": WAYS[1], "reason": ORDERED, "archived": "否", "planned_on": today}
    unit = await whose.managing_unit(medium.unit)
    planned = PROCESS.request(
        by.at, by.actor, unit, _title(medium, form), form, (*passed, proof), await _facts(form, by.at)
    )
    return await opening.opened(planned, by, article=ART_15, note=why)


async def _medium(form: Values) -> Medium | None:
    return next(iter(await media.several(form.get("media") or [])), None)


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """Only one at a time, only what has not ended, and an order is the centre's."""
    medium = await _medium(draft.form)
    if medium is None or len(draft.form["media"]) > 1:
        return "一次只能注销一个媒体，请逐个提交。"
    if draft.form["reason"] == ORDERED:
        return f"“{ORDERED}”由全媒体中心作出（{ART_15}）。本单位自行注销的请选其他原因。"
    if await _elsewhere(medium, person.unit):
        return f"“{medium.name}”不是本单位的媒体，请由其主办单位办理（{ART_4}）。"
    return await _over(medium, draft.form)


async def _elsewhere(medium: Medium, unit: str) -> bool:
    """Whether another unit answers for the medium, whatever became of either."""
    return await whose.managing_unit(medium.unit) != await whose.managing_unit(unit)


async def _over(medium: Medium, form: Values) -> str:
    """It has ended already; or it would rest, where it was ordered to stand still: that is not the unit's to
    change."""
    if medium.state is MediumState.DEREGISTERED:
        return f"“{medium.name}”已注销，不用再办。"
    if medium.state is MediumState.SUSPENDED and form["way"] == STOPPING:
        by = await standing.ordered(medium)
        return f"“{medium.name}”已被{by}责令停止运行，不能改为停更（{ART_15}）。"
    return ""


async def obstacle(request: Request, at: datetime) -> str:
    """The medium may have ended otherwise meanwhile, or be another unit's, whose wish this was not."""
    medium = await _medium(request.form)
    if medium is None:
        return ""
    if request.form["reason"] != ORDERED and await _elsewhere(medium, request.unit):
        return f"“{medium.name}”已改由其他单位主办，请申请人撤回，由现主办单位办理（{ART_4}）。"
    return await _over(medium, request.form)


async def writes(form: Values) -> Sequence[str]:
    return list(form.get("media") or ())


async def concluded(request: Request, at: datetime) -> Request:
    """With the proof the ledger says so, from the day on which it was done."""
    medium = await _medium(request.form)
    assert medium is not None, "a medium on the books is never deleted"
    stopping = request.form["way"] == STOPPING
    state = MediumState.PAUSED if stopping else MediumState.DEREGISTERED
    day = date.fromisoformat(request.form["proof"]["done_on"])
    entry = change_ledger.recorded(
        medium.no, "state", medium.state.value, state.value, day, at, "deregister", request.id
    )
    await change_ledger.lay_in(medium, [entry])
    await ledger.change(medium.no, {"state": state.value})
    return replace(request, outcome={**request.outcome, "state": state.value})


async def _media(answer: Answer) -> Read:
    numbers, wrong = await own_media.find_own(answer.by, answer.value)
    return Read({answer.field.name: numbers}, wrong)


async def choices(person: Person, _: Draft) -> Choices:
    """The media of the applicant's unit."""
    unit = await whose.managing_unit(person.unit)
    return {"media": media_options(await own_media.own_media(unit))}


def declares(request: Request) -> tuple[str, str]:
    return "声明：不涉密，历史内容按规定保存", ART_15


PROCESS = Process(
    face=cards.FACE,
    alias="deregister",
    help="注销、停更媒体（第十五条）",
    ends=State.RECORDED,
    acts={
        RESPONSIBLE: (Act.APPROVE, Act.RETURN, Act.REJECT),
        CENTRE: (Act.APPROVE, Act.RETURN, Act.REJECT),
        PROVE: (Act.SUPPLY,),
    },
    may_apply=of_staff("注销由教职工发起，请交本单位媒体的运营负责人办理。", ART_15),
    plan=plan,
    preview=cards.preview,
    declares=declares,
    readers={"media": _media},
    choices=choices,
    check=check,
    obstacle=obstacle,
    writes=writes,
    concluded=concluded,
    term=term,
    revisable=lambda request: request.form["reason"] != ORDERED,
    moves=lambda request: request.form["media"],
)

PROOF_GIVEN = Supplement(
    face=cards.PROOF_FACE,
    alias="proof",
    help="凭截图办结注销",
    readers={"done_on": not_ahead("这一天还没有到，请在平台上办完后再传")},
    of=DEREGISTER.kind,
    key=cards.KEY,
    step=PROVE,
    plan=into(cards.KEY),
    preview=cards.preview_proof,
)
