"""/选题: topics and content of publications are examined by the propaganda department (Articles 5(4), 10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cards.card import Option
from cards.form import SECRECY_QUESTIONS, Choices
from cards.processes import topic as cards
from cards.topic_stages import END, PRESS, PUBLISHERS, REVIEWS
from cards.view import Sight
from handlers.kinds.filling import Values, given
from handlers.kinds.process import Process
from handlers.people import whose
from handlers.processes import hinting
from handlers.processes.topic_answers import READERS, press, reviewers
from handlers.rules.articles import ART_5_4, ART_10
from handlers.rules.chain import RESPONSIBLE, responsible_step
from handlers.rules.permits import SHANGHAI, of_staff
from handlers.typed import authors, people_named
from storage.records import Act, Draft, Identity, Person, Platform, Request, Role, State, Upload
from storage.steps import READERS as READ_BY
from storage.steps import Step, StepRole, Verb

PROPAGANDA = "propaganda"
READS = ("first_read", "second_read", "last_read")
_PRESS_READERS = {Role.FIRST_READER, Role.SECOND_READER, Role.LAST_READER}
_DECIDES = (Act.APPROVE, Act.RETURN, Act.REJECT)
_PAGE = ("stage", "pub_type", "publisher")


def topic_chain(unit: str, *, applicant_is_responsible: bool, press: str = "") -> tuple[Step, ...]:
    """First the three reviews of the `press` that publishes it, if any, then the unit's first-responsible
    person, then the propaganda department; never the centre.

    > 学校出版社负责出版物的规范管理，建立健全出版物审查机制，严格选题审查（第五条（四））
    > 各单位须加强对出版物选题和内容把关，并提交党委宣传部审查。（第十条）
    """
    named = zip(READS, READ_BY, strict=True) if press else ()
    read = [Step(name, role, Verb.EXAMINE, ART_5_4, unit=press) for name, role in named]
    responsible = responsible_step(unit, ART_10, applicant_is_responsible=applicant_is_responsible)
    return (*read, responsible, Step(PROPAGANDA, StepRole.PROPAGANDA, Verb.EXAMINE, ART_10))


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    form = _answered(given(draft, uploads))
    host = str(form.setdefault("host_unit", await whose.managing_unit(person.unit)))
    own = await whose.responsible_for(host, at) == person.id
    the_press = await press() if form.get("publisher") == PRESS else ""
    steps = topic_chain(host, applicant_is_responsible=own, press=the_press)
    wrote = await authors.read(str(form.get("authors", "")), person, at)
    facts: dict[str, Any] = {"authors": list(wrote.all), "reviewers": await reviewers(form, REVIEWS)}
    facts |= {"press": the_press} if the_press else {}
    facts |= await hinting.noted(form, ("title", "synopsis"), at)
    unit = await whose.managing_unit(host)
    return PROCESS.request(at, draft.person, unit, str(form.get("title", "")), form, steps, facts)


def _answered(form: dict[str, Any]) -> dict[str, Any]:
    """Without what the department said of an earlier version: it is asked anew."""
    return {name: value for name, value in form.items() if name != cards.KEY}


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """What no single answer shows: who reviewed more than once, or what they wrote; a day that is over."""
    form = dict(draft.form)
    if form.get("publisher") == PRESS and not await press():
        return "通讯录里没有出版社，请联系系统管理员导入后再报。"
    read = await reviewers(form, REVIEWS)
    wrote = await authors.read(str(form.get("authors", "")), person, at)
    if len(set(read)) < len(read):
        return "初审、复审、终审须是三个不同的人，请改正。"
    if twice := [one for one in read if one in wrote.people and form.get("authors")]:
        known = await people_named.typed({"person": twice[0]})
        return f"{known['person']}是作者，不能审自己的书稿，请换一位。"
    if form.get("stage") != END and _over(form, at):
        return "拟出版日期已过。未经审查不得出版（第十条），请改日期；已经出版的请联系党委宣传部。"
    return ""


def _over(form: Values, at: datetime) -> bool:
    return bool(form.get("planned_on")) and form["planned_on"] < at.astimezone(SHANGHAI).date().isoformat()


async def obstacle(request: Request, at: datetime) -> str:
    """A major topic waits at the department for what it says of the filing outside."""
    return cards.obstacle(request.form, request.number) if request.step == PROPAGANDA else ""


async def sight(request: Request, reader: Person) -> Sight | None:
    """The department sees all of them, the press what it publishes; others what most requests show them."""
    if Role.PROPAGANDA_REVIEWER in reader.roles:
        return Sight.FILES
    published = request.facts.get("press")
    if not published or reader.id == request.applicant or reader.identity is not Identity.STAFF:
        return None
    if await whose.managing_unit(reader.unit) != published:
        return None
    return Sight.FILES if reader.roles & _PRESS_READERS else Sight.TEXT


def declares(request: Request) -> tuple[str, str]:
    secrecy = f"保密 {len(SECRECY_QUESTIONS)} 项均不涉及"
    return f"声明：{secrecy}；著作权来源清楚；所填三审意见属实", ART_10


async def choices(_: Person, draft: Draft) -> Choices:
    return {"publisher": tuple(Option(one, one) for one in PUBLISHERS)}


async def typed(draft: Draft) -> Values:
    """The unit by its name."""
    return await people_named.typed(draft.form)


def asked_on(name: str, platform: Platform) -> str:
    return "kind" if name in _PAGE and platform is Platform.WECOM else name


PROCESS = Process(
    face=cards.FACE,
    alias="topic",
    help="出版物选题、内容审查（第十条）",
    ends=State.RECORDED,
    acts={**dict.fromkeys(READS, _DECIDES), RESPONSIBLE: _DECIDES, PROPAGANDA: _DECIDES},
    may_apply=of_staff("选题由教职工报审，请交责任编辑或本单位负责的老师。", ART_10),
    readers=READERS,
    choices=choices,
    asked_on=asked_on,
    typed=typed,
    plan=plan,
    preview=cards.preview,
    check=check,
    obstacle=obstacle,
    sight=sight,
    declares=declares,
)
