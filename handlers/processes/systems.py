"""/制度: what a unit has of the systems of Articles 7 to 9, a register valid until replaced (form F13).

> 各单位应高度重视全媒体建设与管理，建立健全管理制度和运行机制（第七条）
"""

from datetime import datetime

from cards.form_systems import SYSTEMS
from cards.processes import systems as cards
from cards.view import Sight
from handlers.kinds.process import Process
from handlers.ledger.systems import keeps
from handlers.people import whose
from handlers.processes.entry import entry
from handlers.rules.articles import ART_7
from handlers.rules.permits import Refusal, is_auditor, of_staff
from handlers.typed.answers import Answer, Read
from handlers.typed.reading import not_ahead
from storage import requests
from storage.records import Identity, Person, Request, State
from storage.vocabulary import SYSTEMS as KINDS

ROSTER = KINDS[1]
"""Names people: its files are for those who keep it, and not for the whole unit."""


async def only(person: Person, at: datetime) -> Refusal | None:
    if await keeps(person, await whose.managing_unit(person.unit), at):
        return None
    return Refusal("由本单位第一责任人、媒体运营负责人或内勤登记，请转告他们。看本单位的请发 /制度", ART_7)


async def _replaced(answer: Answer) -> Read:
    """The number of a system of the same unit that is on record."""
    number = str(answer.value).strip(" 。").upper()
    if not number:
        return answer.good("")
    old = await requests.get(number)
    own = await whose.managing_unit(answer.by.unit)
    if old is None or (old.kind, old.unit) != (SYSTEMS.kind, own) or old.id == answer.of:
        return answer.wrong("请填本单位登记过的制度编号，发 /制度 可以看到")
    return answer.good(number)


async def sight(request: Request, reader: Person) -> Sight | None:
    """Staff of the unit and the auditor read it; the roster's files are for those who keep it."""
    own = await whose.managing_unit(reader.unit) == request.unit and reader.identity is Identity.STAFF
    keeper = await keeps(reader, request.unit, request.submitted_at)
    if is_auditor(reader) or keeper:
        return Sight.FILES
    if own and reader.id != request.applicant:
        return Sight.TEXT if request.form.get("kind") == ROSTER else Sight.FILES
    return None


def declares(_: Request) -> tuple[str, str]:
    return "声明：本单位已印发或起用，材料属实", ART_7


PROCESS = Process(
    face=cards.FACE,
    alias="systems",
    help="登记、查看本单位的管理制度（第七条）",
    ends=State.RECORDED,
    acts={},
    may_apply=of_staff("本单位的制度由教职工登记。", ART_7),
    only=only,
    plan=entry(SYSTEMS.kind),
    preview=cards.preview,
    declares=declares,
    readers={"replaces": _replaced, "held_on": not_ahead("还没有到这一天，请在印发或起用后登记")},
    sight=sight,
)
