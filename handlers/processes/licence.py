"""/版权: licences to use others' works, a register of the unit (Article 9).

> 各单位应遵守著作权相关法律法规，建立健全版权管理制度，确保全媒体信息发布的原创性。（第九条）
"""

from datetime import datetime

from cards.form_licence import LICENCE
from cards.processes import licence as cards
from handlers.kinds.process import Process
from handlers.processes.entry import entry
from handlers.processes.expiring import backwards, expires
from handlers.rules.articles import ART_9
from handlers.rules.permits import of_staff
from storage.records import Draft, Person, Request, State


async def check(person: Person, draft: Draft, at: datetime) -> str:
    return backwards(draft.form, "valid_from")


def declares(_: Request) -> tuple[str, str]:
    return "声明：已取得著作权人许可，材料属实", ART_9


PROCESS = Process(
    face=cards.FACE,
    alias="licence",
    help="登记、查看版权授权（第九条）",
    ends=State.RECORDED,
    acts={},
    may_apply=of_staff("版权授权由教职工登记，请交本单位媒体的运营负责人办理。", ART_9),
    plan=entry(LICENCE.kind),
    preview=cards.preview,
    declares=declares,
    check=check,
    owes=(expires(ART_9),),
)
