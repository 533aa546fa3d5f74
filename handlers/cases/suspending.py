"""/先行停止: the head of the centre stops media for the time of a case; provisional, and no finding."""

from dataclasses import replace

from handlers.cases import orders, record, standstill
from handlers.cases.acting import Asked, Operation
from handlers.events import Reply
from handlers.ledger import own_media
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.articles import ART_15
from handlers.rules.hearing import Hearing
from storage import media, requests
from storage.records import Act, Medium, Request

LIFT = "解除"
UNHALT = "unhalt"
INTERIM = "interim"
"""Of what came of a case: the media that are stopped for its time."""


async def _suspend(asked: Asked) -> Reply:
    """`/先行停止 编号 媒体 理由`, and `/先行停止 编号 解除 理由`."""
    if refusal := await _not_theirs(asked):
        return refusal
    first, _, rest = asked.words.partition(" ")
    if not rest.strip():
        return Reply(f"须写明理由：{SUSPEND.usage.replace('编号', asked.request.number, 1)}", ok=False)
    if first == LIFT:
        return await _lift(asked, rest.strip())
    found = await _medium(asked.request, first)
    return found if isinstance(found, Reply) else await _stop(asked, found, rest.strip())


async def _not_theirs(asked: Asked) -> Reply | None:
    request, person = asked.request, asked.person
    if person.id in whose.applicant_of(request).parties or not await whose.heads_centre(person):
        return Reply(f"先行停止只由全媒体中心负责人决定（{ART_15}）；与案件有关的人不能决定。", ok=False)
    if asked.words.split(" ")[0] == LIFT and not request.outcome.get(INTERIM):
        return Reply(f"{request.number} 没有先行停止的媒体，不用解除。", ok=False)
    if Hearing.of(request.outcome) is None or request.current is None:
        return Reply(f"{request.number} 没有正在办理的案件；先立案，才能先行停止。", ok=False)
    return None


async def _medium(request: Request, name: str) -> Medium | Reply:
    """The medium of the unit concerned that is meant."""
    found = [m for m in await own_media.called(name) if await whose.managing_unit(m.unit) == request.unit]
    if len(found) == 1:
        return found[0]
    return Reply(f"案件所涉单位没有叫“{name}”的媒体，请写名称或备案号。", ok=False)


async def _stop(asked: Asked, medium: Medium, reason: str) -> Reply:
    known = asked.request.outcome.get(INTERIM, [])
    if medium.no in known:
        return Reply(f"“{medium.name}”已先行停止。", ok=False)
    after = await _noted(asked, Act.HALT.value, f"“{medium.name}”：{reason}", [*known, medium.no])
    await orders.stop([medium.no], _by(asked), after.number)
    text = (
        f"“{medium.name}”自即时起先行停止运行。这是临时措施，不是处理结论；处理时一并决定，"
        f"未责令停止的随即恢复（{ART_15}）。理由：{reason}"
    )
    await _told(asked, after, "先行停止", text)
    stopped = f"“{medium.name}”自即时起先行停止运行，请不要发布；恢复时会通知您（{ART_15}）。"
    await standstill.tell_operators(after, [medium], "先行停止", stopped, asked.event.at)
    return Reply(f"已先行停止“{medium.name}”，记入 {after.number}，已告知有关的人。")


async def _lift(asked: Asked, reason: str) -> Reply:
    known = asked.request.outcome[INTERIM]
    names = "、".join(f"“{one.name}”" for one in await media.several(known))
    after = await _noted(asked, UNHALT, f"{names}：{reason}", [])
    await standstill.release(after, known, _by(asked))
    await _told(asked, after, "解除先行停止", f"{names}的先行停止已解除。理由：{reason}")
    return Reply(f"已解除{names}的先行停止，记入 {after.number}。")


async def _noted(asked: Asked, act: str, note: str, interim: list[str]) -> Request:
    """On the record of the case, and in what came of it."""
    noted = await record.kept_in_place(asked.request, act, _by(asked), ART_15, note[: record.LONGEST])
    after = replace(noted, outcome={**noted.outcome, INTERIM: interim})
    await requests.conclude(after)
    return after


def _by(asked: Asked) -> record.By:
    return record.By.event(asked.event, asked.person.id)


async def _told(asked: Asked, after: Request, title: str, text: str) -> None:
    heard = Hearing.of(after.outcome)
    persons = heard.concerned if heard else ()
    await notify.words(persons, f"{title} {after.number}", text, asked.event.at, request=after)


SUSPEND = Operation(
    Act.HALT, "先行停止", "suspend", "/先行停止 编号 媒体 理由", "中心负责人在处理前暂停媒体，可解除",
    "centre", _suspend, "停止哪个媒体，理由是什么？",
)  # fmt: skip
SUSPENDING = (SUSPEND,)
