"""解释: anybody asks, the centre answers and signs, and it stands wherever its clause bites (Article 16)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cards.form import Form
from cards.form_interpret import INTERPRET
from cards.processes import interpret as cards
from handlers.commands import number_in
from handlers.kinds.filling import anybody, given
from handlers.kinds.process import Process, Supplement
from handlers.people import whose
from handlers.processes.supplements import into
from handlers.rules import articles, editions
from handlers.rules.articles import ART_16
from handlers.typed.answers import Answer, Read
from storage import interpretations, requests
from storage.interpretations import Interpretation
from storage.records import Act, Draft, Person, Request, State, Upload
from storage.steps import Step, StepRole, Verb

ANSWERING = "answer"


def chain() -> tuple[Step, ...]:
    """The centre answers; who asked may too, for nothing of theirs is judged.

    > 本办法由全媒体中心负责解释。（第十六条）
    """
    return (Step(ANSWERING, StepRole.MEDIA_CENTER, Verb.INTERPRET, ART_16, own=True),)


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    unit = await whose.managing_unit(person.unit)
    return asked(given(draft, uploads), person.id, unit, at)


def asked(form: Mapping[str, object], by: str, unit: str, at: datetime) -> Request:
    """A question as a request; `draft` of its form names the draft that is its first answer."""
    title = " ".join(f"{form.get('clause', '')} {form.get('question', '')}".split())
    return PROCESS.request(at, by, unit, title, form, chain())


async def _clause(answer: Answer) -> Read:
    edition = editions.in_force(answer.at)
    found = articles.clause(str(answer.value), edition.text)
    return answer.good(found) if found else answer.wrong("办法里没有这一条款，请写条号，如 6 或 6(3)1")


async def _replaces(answer: Answer) -> Read:
    number, _ = number_in(str(answer.value))
    old = await interpretations.get(number)
    if old is None or old.replaced:
        return answer.wrong("没有这件现行的解释，请写 JS 编号")
    return answer.good(number)


async def behind(form: Form, raw: Mapping[str, str], words: str) -> dict[str, str]:
    """`/解释 6(3)1 问题`: the clause, then the question."""
    first, _, rest = words.strip().partition(" ")
    typed = {"clause": first, "question": rest.strip()} if words.strip() else {}
    return {name: value for name, value in typed.items() if value} | dict(raw)


async def concluded(request: Request, at: datetime) -> Request:
    """Signed: it is laid down with the name of whoever signed it, and takes the place of an older one."""
    said = request.form[cards.KEY]
    signer = (await requests.decisions(request.id))[-1].actor
    draft = int(request.form.get("draft") or 0)
    entry = Interpretation(request.number, request.form["clause"], said["brief"], signer, at, draft)
    await interpretations.add(entry)
    if said.get("replaces"):
        await interpretations.replace(said["replaces"], request.number)
    return replace(request, outcome={**request.outcome, "signed_by": signer})


async def undone(request: Request, at: datetime) -> None:
    await interpretations.drop(request.number)


PROCESS = Process(
    face=cards.FACE,
    alias="interpret",
    help="条款不清楚，请全媒体中心解释（第十六条）",
    audience="all",
    starts=False,
    ends=State.RECORDED,
    acts={ANSWERING: (Act.SUPPLY, Act.RETURN, Act.REJECT)},
    may_apply=anybody,
    plan=plan,
    preview=cards.preview,
    declares=lambda request: (request.form["clause"], ART_16),
    readers={"clause": _clause},
    behind=behind,
    concluded=concluded,
    undone=undone,
    seen_by_unit=False,
)

ANSWERED = Supplement(
    face=cards.ANSWER_FACE,
    alias="sign",
    help="答复并签发解释",
    audience="centre",
    of=INTERPRET.kind,
    key=cards.KEY,
    step=ANSWERING,
    plan=into(cards.KEY),
    preview=cards.preview_answer,
    readers={"replaces": _replaces},
)
