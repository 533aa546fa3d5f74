"""拿回 one's own last decision, and 作废 what may be published."""

from dataclasses import replace

from handlers.cases import acting, progress, voiding
from handlers.cases.acting import Asked, Operation
from handlers.chain.operate import Refusal, TakeBack, Why
from handlers.events import Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.deadlines import TAKE_BACK_WITHIN
from storage import requests
from storage.records import OPEN, Act, Decision, State


async def _take_back(asked: Asked) -> Reply:
    """While nobody has decided after it, and until the receipt; both acts stay on the record."""
    last = await _own_last(asked)
    recent = last is not None and asked.event.at - last.at <= TAKE_BACK_WITHIN
    law = replace(await acting.law(asked), recent=recent)
    before = await requests.holders(asked.request.id)
    after = await acting.carried_out(asked, TakeBack(), Act.TAKE_BACK, law, note=last.act if last else "")
    if isinstance(after, Refusal):
        return await _not_taken_back(asked, after)
    text = f"{asked.person.name} 拿回了对 {after.number}《{after.title}》的决定，重新办理。"
    if asked.request.state is State.AWAITING_PUBLISH:
        text += "此前的“可发布”即时失效，请不要发布。"
    concerned = (*before, after.applicant)
    await notify.words(concerned, "已拿回", text, asked.event.at, request=after, but=asked.person.id)
    await progress.settle(after, asked.event.at, shown=acting.shown_card(asked), tell=True)
    return Reply(f"已拿回 {after.number}，请重新办理。原来的决定仍留在记录里。")


async def _own_last(asked: Asked) -> Decision | None:
    mine = [d for d in await requests.decisions(asked.request.id) if d.actor == asked.person.id]
    return mine[-1] if mine else None


async def _not_taken_back(asked: Asked, refusal: Refusal) -> Reply:
    number, own = asked.request.number, asked.person.id == asked.request.applicant
    if own and refusal.why in (Why.NOT_YOURS, Why.STATE):
        return Reply(f"“拿回”的是办理人自己的决定。要撤回申请请发：/撤回 {number}", ok=False)
    if refusal.why is Why.NOT_YOURS:
        return Reply(f"{number} 最后一步不是您办的，或者下一步已经有人办理，不能拿回。", ok=False)
    if refusal.why is Why.STATE:
        return Reply(f"{number} 现在没有可以拿回的决定，请看 /查询 {number}。", ok=False)
    return await acting.refused(asked, refusal)


async def _void(asked: Asked) -> Reply:
    """Once it may be published, by its applicant or the centre, with a reason."""
    centre = await whose.of_centre(asked.person, asked.event.at)
    law = replace(await acting.law(asked), centre=centre)
    after = await voiding.voided(asked.request, asked.words, asked.by(law), law, acting.shown_card(asked))
    if isinstance(after, Refusal):
        return await _not_voided(asked, after)
    whose_turn = "" if asked.person.id == after.applicant else "申请人"
    return Reply(f"{after.number} 已作废，不得再发布。{whose_turn}仍要发布请发：/再发 {after.number}")


async def _not_voided(asked: Asked, refusal: Refusal) -> Reply:
    number = asked.request.number
    if refusal.why is Why.NOT_YOURS:
        return Reply(f"只有申请人和全媒体中心能作废 {number}。", ok=False)
    if refusal.why is Why.REASON:
        return Reply(f"作废须写明原因：/作废 {number} 原因", ok=False, title="还差原因")
    if asked.request.state is State.PUBLISHED:
        return Reply(f"{number} 已登记发布，不能作废；需要更正请另发申请。", ok=False)
    if asked.request.state not in OPEN:
        return await acting.refused(asked, refusal)
    if PROCESSES[asked.request.kind].ends is not State.AWAITING_PUBLISH:
        why = "不是信息发布，不能作废；确须作废的由系统管理员或全媒体中心负责人 /干预"
        return Reply(f"{number} {why}。", ok=False)
    return Reply(f"{number} 还没有“可发布”，不能作废；申请人可以 /撤回 {number}。", ok=False)


TAKE_BACK = Operation(
    Act.TAKE_BACK, "拿回", "takeback", "/拿回 编号", "30 分钟内拿回刚才的决定", "approver", _take_back
)
VOID = Operation(
    Act.VOID, "作废", "void", "/作废 编号 原因", "可发布后不发了", "staff", _void, "为什么作废？"
)
UNDOING = (TAKE_BACK, VOID)
