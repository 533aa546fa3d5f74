"""/冒用: an account in somebody else's name goes straight to the centre (form F9, Article 11)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from cards.form_impersonation import IMPERSONATION, PERSON, SCHOOL, UNIT
from cards.processes import impersonation as cards
from cards.processes.impersonation import CLOSING, END, FILED
from cards.view import Sight
from handlers.kinds.filling import Values, given, lacking
from handlers.kinds.process import Process
from handlers.people import whose
from handlers.processes import impersonated
from handlers.rules.articles import ART_11
from handlers.rules.impersonation import is_school, same_account, unit_named
from handlers.rules.joined import reporters
from handlers.rules.permits import SHANGHAI, Refusal, in_service, is_center
from handlers.rules.platform_types import usual
from handlers.typed import people_named
from handlers.typed.answers import Answer, Read
from handlers.typed.reading import checked, named
from storage import people, requests
from storage.records import Act, Draft, Person, Request, State, UnitKind, Upload
from storage.steps import Step, StepRole, Verb

VERIFY = "verify"
ANSWER_WITHIN = timedelta(days=7)
"""How long a platform is waited for before the centre is reminded of a complaint."""

CHAIN = (
    Step(VERIFY, StepRole.MEDIA_CENTER, Verb.VERIFY, ART_11),
    Step(CLOSING, StepRole.MEDIA_CENTER, Verb.CLOSE, ART_11, own=True),
)
"""> 如发现存在冒用本单位或师生名义的情况，须及时如实上报全媒体中心。（第十一条）"""


def may_report(person: Person, at: datetime) -> Refusal | None:
    """Everybody in service, students too."""
    return None if in_service(person, at) else Refusal("您的离职信息已登记，不能再上报。")


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """What a report still lacks: whose name it is and of which unit where the name does not say it."""
    found = lacking(IMPERSONATION, draft, uploads)
    if not draft.form.get("impersonated"):
        return found
    target = draft.notes.get("target")
    unit = target in (UNIT, PERSON) and not draft.notes.get("unit")
    return [*found, *(["target"] if not target else []), *(["unit"] if unit else [])]


async def notes(draft: Draft, at: datetime) -> dict[str, Any]:
    """Whose name it is, as far as the name says it, and the report that this one would join."""
    form, name = draft.form, str(draft.form.get("impersonated") or "")
    found = unit_named(name, await people.all_units()) if name else None
    school = SCHOOL if name and is_school(name) else ""
    target = form.get("target") or school or (UNIT if found else "")
    unit = form.get("unit") or (found.code if found and target != SCHOOL else "")
    first = await joins(draft, at)
    return {"target": target, "unit": unit, "joins": first.number if first else ""}


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    form = {**given(draft, uploads), "target": draft.notes.get("target") or ""}
    form.setdefault("first_seen", at.astimezone(SHANGHAI).date().isoformat())
    if unit := draft.notes.get("unit"):
        form["unit"] = unit
    managing = await whose.managing_unit(unit) if unit else await _centre()
    title = f"{form.get('fake_name', '')}（{form.get('platform', '')}）"
    own = bool(unit) and person.id == await whose.responsible_for(managing, at)
    facts = {cards.UNIT_REPORTS: True} if own else {}
    return PROCESS.request(at, person.id, managing, title, form, CHAIN, facts)


async def _centre() -> str:
    """The school's own name is the centre's to look after (Article 5(1))."""
    found = [unit.code for unit in await people.units_of(UnitKind.MEDIA_CENTER)]
    return found[0] if found else ""


async def joins(draft: Draft, at: datetime) -> Request | None:
    """The first open report of the same account."""
    if not (draft.form.get("fake_name") and draft.form.get("platform")):
        return None
    found = await requests.open_of_kind(IMPERSONATION.kind)
    return next((one for one in found if same_account(one.form, draft.form)), None)


async def sight(request: Request, reader: Person) -> Sight | None:
    """Who else reported it, and who speaks for the unit, see where it stands and nothing of what was sent."""
    if is_center(reader) or reader.id == request.applicant:
        return None
    speaks = reader.id in await impersonated.speakers(request, request.step_since)
    return Sight.STANDING if speaks or reader.id in told(request) else None


def told(request: Request) -> Collection[str]:
    return reporters(request.applicant, request.form)[1:]


async def conceals(request: Request, reader: Person) -> frozenset[str]:
    """Who reported it is for the centre alone."""
    known = frozenset() if is_center(reader) else frozenset(reporters(request.applicant, request.form))
    return known - {reader.id}


def term(request: Request) -> datetime | None:
    """Once a complaint is noted, a platform is given its time."""
    filed = request.form.get(FILED) if request.step == CLOSING else None
    if not filed:
        return None
    last = date.fromisoformat(filed["filed_on"]) + ANSWER_WITHIN
    return datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


async def concluded(request: Request, at: datetime) -> Request:
    await impersonated.tell_unit(request, f"结案：{request.form[END]['result']}", at)
    return replace(request, outcome={**request.outcome, "result": request.form[END]["result"]})


async def refused(request: Request, at: datetime) -> None:
    await impersonated.tell_unit(request, "经核实不属实，到此结束", at)


async def _platform(answer: Answer) -> Read:
    return answer.good(usual(answer.value))


def _number(value: str) -> str:
    return "" if value.isdigit() else "请填数字"


def declares(request: Request) -> tuple[str, str]:
    return "声明：所报属实", ART_11


async def typed(draft: Draft) -> Values:
    """The unit by its name."""
    return await people_named.typed(draft.form)


PROCESS = Process(
    face=cards.FACE,
    alias="impersonate",
    help="上报冒用学校、单位或个人名义的账号（第十一条）",
    audience="all",
    ends=State.RECORDED,
    acts={VERIFY: (Act.APPROVE, Act.REJECT), CLOSING: (Act.SUPPLY,)},
    guided=("pattern",),
    feishu_pages=frozenset({"evidence"}),
    may_apply=may_report,
    missing=missing,
    plan=plan,
    preview=cards.preview,
    declares=declares,
    readers={
        "platform": _platform,
        "unit": named(people_named.unit),
        "victims": checked(_number),
        "evidence": checked(lambda _: "文字不能代替截图，请直接发图片"),
    },
    notes=notes,
    typed=typed,
    joins=joins,
    told=told,
    sight=sight,
    conceals=conceals,
    seen_by_unit=False,
    term=term,
    entered=impersonated.upheld,
    concluded=concluded,
    refused=refused,
)
