"""/终止授权: leave to use a name ends before its time, by centre or unit, with a reason (Article 11)."""

from dataclasses import replace
from datetime import date

from cards.processes.authorisation import ENDED
from handlers.cases import acting, progress
from handlers.cases.acting import Asked, Operation
from handlers.events import Reply
from handlers.letters import notify
from handlers.people import whose
from handlers.processes.authorisation import PROCESS
from handlers.processes.expiring import last_day
from handlers.rules.articles import ART_11
from handlers.rules.permits import SHANGHAI, Refusal
from storage import requests
from storage.records import Act, Request, State


async def _revoke(asked: Asked) -> Reply:
    """From this day on the name is not authorised; the record stays, and says by whom and why."""
    request, at = asked.request, asked.event.at
    head = await whose.responsible_for(request.unit, at)
    if refusal := await _refused(asked, head):
        return refusal
    after = await asked.kept(Act.REVOKE, ART_11, asked.words)
    today = at.astimezone(SHANGHAI).date().isoformat()
    ended = {"on": today, "by": asked.person.id, "reason": asked.words}
    after = replace(after, outcome={**after.outcome, ENDED: ended})
    await requests.conclude(after)
    await progress.settle(after, at, shown=acting.shown_card(asked))
    name = request.form.get("title", "")
    text = f"{request.number}：“{name}”的授权即日终止，请停用这个名称（{ART_11}）。原因：{asked.words}"
    centre = [person.id for person in await notify.center(at)]
    persons = (request.applicant, head, *centre)
    await notify.words(persons, "授权终止", text, at, request=after, but=asked.person.id)
    return Reply(f"{request.number} 已终止，/官方吗 即时可查。已告诉申请人和所在单位。")


async def _refused(asked: Asked, head: str) -> Reply | None:
    request, person = asked.request, asked.person
    if request.kind != PROCESS.kind:
        return Reply(f"{request.number} 不是名义授权。", ok=False)
    theirs = person.id in (request.applicant, head) or await whose.of_centre(person, asked.event.at)
    if not theirs:
        told = "授权由全媒体中心、所在单位第一责任人或申请人终止"
        return Reply(str(Refusal(told, ART_11)), ok=False)
    if not in_force(request, asked.event.at.astimezone(SHANGHAI).date()):
        return Reply(f"{request.number} 没有生效的授权，不用终止。", ok=False)
    if not any(map(str.isalpha, asked.words)):
        return Reply(f"请写明理由：/终止授权 {request.number} 理由", ok=False, title="还差理由")
    return None


def in_force(request: Request, today: date) -> bool:
    """Whether there is an authorisation left to end: one whose last day is over has ended by itself."""
    lasts = request.state is State.RECORDED and ENDED not in request.outcome
    return lasts and today <= last_day(request.form)


REVOKE = Operation(
    Act.REVOKE, "终止授权", "revoke", "/终止授权 编号 理由", "名义授权提前终止（第十一条）", "staff", _revoke,
    "为什么终止？",
)  # fmt: skip
