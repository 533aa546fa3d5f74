"""提问, 答复, 评论, 督办, 抄送: what leaves a word on the record and changes nothing of the case."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.cases import acting
from handlers.cases.acting import Asked, Operation
from handlers.cases.read_marks import CC
from handlers.chain.law import Law
from handlers.chain.matter import Saying, may_say
from handlers.chain.operate import Refusal, Say, Why
from handlers.events import Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import may_read, notify, views
from handlers.people import whose
from handlers.people.naming_one import several
from handlers.rules.names import names_in
from storage import requests
from storage.records import Act, Request

ASKED = "asked"
"""Of what came of a request: that a question was asked, which then stands on its cards."""


async def _said(asked: Asked, op: Say, law: Law) -> Request | Reply:
    after = await acting.carried_out(asked, op, op.what.value, law, note=op.text)
    if not isinstance(after, Refusal):
        return after
    if after.why is Why.REASON:
        return Reply(f"还差内容。请这样写：{_BY_WHAT[op.what].usage}", ok=False, title="还差内容")
    if after.why is Why.NOT_YOURS:
        return Reply(_NOT_YOURS[op.what], ok=False)
    return await acting.refused(asked, after)


async def _tell(asked: Asked, request: Request, persons: Iterable[str], title: str, text: str) -> None:
    """Those concerned but the one who said it."""
    await notify.words(persons, title, text, asked.event.at, request=request, but=asked.person.id)


def _about(asked: Asked, said: str) -> str:
    request = asked.request
    return f"{asked.person.name} {said} {request.number}《{request.title}》：{asked.words}"


async def _comment(asked: Asked) -> Reply:
    view = await views.load(asked.request, asked.person.id, asked.event.at)
    law = replace(await acting.law(asked), involved=may_read.involved(asked.person, view))
    after = await _said(asked, Say(Saying.COMMENT, asked.words), law)
    if isinstance(after, Reply):
        return after
    await _tell(asked, after, (after.applicant, *view.holders), "评论", _about(asked, "评论"))
    return Reply(f"评论已记在 {after.number} 上，申请人和办理人会看到。")


async def _ask(asked: Asked) -> Reply:
    if not asked.request.applicant:
        told = f"{asked.request.number} 由系统发起，没有申请人可问。有疑问请与全媒体中心联系。"
        return Reply(told, ok=False)
    after = await _said(asked, Say(Saying.ASK, asked.words), await acting.law(asked))
    if isinstance(after, Reply):
        return after
    await requests.conclude(replace(after, outcome={**after.outcome, ASKED: True}))
    text = f"{_about(asked, '问')}\n请回复：/答复 {after.number} 内容。审批不因此停下。"
    await _tell(asked, after, (after.applicant,), "提问", text)
    await acting.stands_at(asked, after)
    return Reply(f"已把问题转给申请人，答复会写在 {after.number} 的卡片上。")


async def _reply(asked: Asked) -> Reply:
    after = await _said(asked, Say(Saying.REPLY, asked.words), await acting.law(asked))
    if isinstance(after, Reply):
        return after
    await _tell(asked, after, await requests.holders(after.id), "答复", _about(asked, "答复"))
    await acting.stands_at(asked, after)
    return Reply(f"您的答复已记在 {after.number} 上，并告诉了办理人。")


async def _supervise(asked: Asked) -> Reply:
    """督办: the holder and the unit's first-responsible person are told (Article 5(1))."""
    law = replace(await acting.law(asked), centre=await whose.of_centre(asked.person, asked.event.at))
    after = await _said(asked, Say(Saying.SUPERVISE, asked.words), law)
    if isinstance(after, Reply):
        return after
    holders = await requests.holders(after.id)
    seen = PROCESSES[after.kind].seen_by_unit
    head = await whose.responsible_for(after.unit, asked.event.at) if seen else ""
    text = f"全媒体中心督办 {after.number}《{after.title}》，请尽快办理（第五条（一））。{asked.words}"
    await _tell(asked, after, filter(None, (*holders, head)), "督办", text)
    told = "办理人和该单位第一责任人" if seen else "办理人"
    return Reply(f"已督办 {after.number}，告诉了{told}，并记录在案。")


async def _copy(asked: Asked) -> Reply:
    """抄送: may read and may not decide; once a person and request."""
    law = replace(await acting.law(asked), centre=await whose.of_centre(asked.person, asked.event.at))
    if not PROCESSES[asked.request.kind].seen_by_unit:
        return Reply(f"{asked.request.number} 只给有关的人看，不能抄送。", ok=False)
    if not may_say(Saying.CC, asked.request.applicant, asked.person.id, law):
        return Reply(_NOT_YOURS[Saying.CC], ok=False)
    found = await several(names_in(asked.words), asked.event.at)
    if isinstance(found, Reply):
        return found
    known = dict(asked.request.outcome.get(CC) or {})
    new = tuple(one for one in found.ids if one not in known)
    if not new:
        told = "、".join(one.name for one in found.people)
        return Reply(f"{asked.request.number} 已抄送过 {told}，不再重发。", ok=False)
    law = replace(law, staff=new)
    after = await _said(asked, Say(Saying.CC, to=new), law)
    if isinstance(after, Reply):
        return after
    copied = replace(after, outcome={**after.outcome, CC: {**known, **dict.fromkeys(new, "")}})
    await requests.conclude(copied)
    receivers = [person for person in found.people if person.id in new]
    args = {"request": after.id, "number": after.number, "by": asked.person.id}
    await notify.tell(receivers, "cc", args, asked.event.at, request=after)
    return Reply(f"已把 {after.number} 抄送给 {'、'.join(one.name for one in receivers)}（可看，不办理）。")


_NOT_YOURS = {
    Saying.COMMENT: "只有申请人、办理人和全媒体中心能评论这件申请。",
    Saying.ASK: "只有正在办理的人能提问。要留言请用 /评论。",
    Saying.REPLY: "只有申请人能答复。",
    Saying.SUPERVISE: "督办由全媒体中心发起（第五条（一））。",
    Saying.CC: "只有申请人、正在办理的人和全媒体中心能抄送。",
}
COMMENT = Operation(
    Act.COMMENT, "评论", "comment", "/评论 编号 内容", "在记录里留一句话", "all", _comment, "想说什么？"
)
ASK = Operation(
    Act.ASK, "提问", "ask", "/提问 编号 内容", "问申请人，不停审批", "approver", _ask, "想问申请人什么？"
)
REPLY = Operation(
    Act.REPLY, "答复", "reply", "/答复 编号 内容", "答复办理人的提问", "staff", _reply, "请写您的答复"
)
SUPERVISE = Operation(
    Act.SUPERVISE, "督办", "supervise", "/督办 编号 [话]", "督促办理（第五条（一））", "centre", _supervise
)
COPY = Operation(
    Act.CC, "抄送", "cc", "/抄送 编号 姓名、姓名", "让人看到，不用办", "staff", _copy, "抄送给谁？"
)
SAYING = (COMMENT, ASK, REPLY, SUPERVISE, COPY)
_BY_WHAT = dict(zip(Saying, (COMMENT, ASK, REPLY, SUPERVISE, COPY), strict=True))
